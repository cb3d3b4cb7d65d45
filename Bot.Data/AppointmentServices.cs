using Bot.Data.Appointments;
using Bot.Data.Messages;
using Bot.Data.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Data;

public static class AppointmentServices
{
    /// <summary>The stores of appointments; after AddBotDatabase.</summary>
    public static IServiceCollection AddAppointments(this IServiceCollection services) => services
        .AddSingleton<AppointmentPlans>()
        .AddSingleton<PostgresPlaces>().AddSingleton<IPlaces>(provider => provider.GetRequiredService<PostgresPlaces>())
        .AddSingleton<BookingNumbers>().AddSingleton<BookingMoves>().AddSingleton<IBookings, PostgresBookings>()
        .AddSingleton<IAppointmentSetup, PostgresAppointmentSetup>()
        .AddSingleton<IBookingDesk, PostgresBookingDesk>()
        .AddSingleton<IBookingCare, PostgresBookingCare>().AddSingleton<IBookingLimits, PostgresBookingLimits>().AddSingleton<IDeskBookings, PostgresDeskBookings>()
        .AddSingleton<IVisits, PostgresVisits>().AddSingleton<ICounters, PostgresCounters>()
        .AddSingleton<IWaitlist, PostgresWaitlist>()
        .AddSingleton<IVisitors, PostgresVisitors>()
        .AddSingleton<IPrompts, PostgresPrompts>();
}
