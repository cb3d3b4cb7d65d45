using Bot.Handlers.Jobs;
using Bot.Handlers.Messages;
using Bot.Handlers.Notices.Groups;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Handlers.Appointments;

internal static class AppointmentHandlers
{
    /// <summary>What the handlers and flows of appointments lean on, and their jobs.</summary>
    public static IServiceCollection AddAppointmentHandlers(this IServiceCollection services) => services
        .AddSingleton<BookingLinks>().AddSingleton<BookingWords>().AddSingleton<FamilyConsents>().AddSingleton<BookingOffice>().AddSingleton<PlaceChoices>().AddSingleton<ServiceNames>()
        .AddSingleton<INoticeGroup, BookedCitizens>().AddSingleton<INoticeGroup, BranchVisitors>()
        .AddSingleton<OtherPlaces>().AddSingleton<QueueWords>().AddSingleton<UnratedVisits>().AddSingleton<BookingMessages>().AddSingleton<VisitMessages>().AddSingleton<BanMessages>()
        .AddSingleton<IJobHandler, PromptShower>().AddSingleton<IJobHandler, BookingCareJob>().AddSingleton<IJobHandler, WaitlistJob>()
        .AddSingleton<IJobHandler, HealBookingJob>().AddSingleton<IJobHandler, RefitJob>().AddSingleton<IJobHandler, BanJob>().AddSingleton<IJobHandler, QueueClosedJob>();
}
