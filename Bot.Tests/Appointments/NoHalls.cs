using Bot.Data.Appointments;
using Bot.Data.Calendar;
using Bot.Data.Messages;
using Bot.Data.Privacy;
using Bot.Data.Staff;
using Bot.WeChat;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Appointments;

/// <summary>An office where nothing can be booked, for conversations about other things.</summary>
internal sealed class NoHalls : IPlaces, IBookings, IWaitlist, IVisitors, IVisits, IBookingCare, IBookingLimits, IFieldCiphers, IPrivacyConsents
{
    public static void AddTo(IServiceCollection services)
    {
        var none = new NoHalls();
        services.AddSingleton(new AppointmentPlans()).AddSingleton<CalendarLibrary>().AddSingleton<IFieldCiphers>(none);
        services.AddSingleton<IPlaces>(none).AddSingleton<IBookings>(none).AddSingleton<IWaitlist>(none).AddSingleton<IVisitors>(none)
            .AddSingleton<IVisits>(none).AddSingleton<IBookingCare>(none).AddSingleton<IBookingLimits>(none).AddSingleton<IPrivacyConsents>(none);
    }

    public Task<IReadOnlyList<FreeSlot>> FreeAsync(int group, DateOnly from, DateOnly to, Guid holder, CancellationToken ct) => Task.FromResult<IReadOnlyList<FreeSlot>>([]);

    public Task<HoldResult> HoldAsync(Guid holder, OpenId citizen, Place place, bool priority, CancellationToken ct) => Task.FromResult(HoldResult.Gone);

    public Task<Booking?> FindAsync(string number, CancellationToken ct) => Task.FromResult<Booking?>(null);

    Task<IReadOnlyList<Booking>> IBookings.OpenAsync(OpenId citizen, CancellationToken ct) => Task.FromResult<IReadOnlyList<Booking>>([]);

    public Task<Booking?> MissedAsync(OpenId citizen, CancellationToken ct) => Task.FromResult<Booking?>(null);

    Task<IReadOnlyList<WaitEntry>> IWaitlist.OpenAsync(OpenId citizen, CancellationToken ct) => Task.FromResult<IReadOnlyList<WaitEntry>>([]);

    public Task<IReadOnlyList<KnownVisitor>> KnownAsync(OpenId citizen, CancellationToken ct) => Task.FromResult<IReadOnlyList<KnownVisitor>>([]);

    public Task<int> ForgetAsync(OpenId citizen, CancellationToken ct) => Task.FromResult(0);

    public Task<(double Latitude, double Longitude)?> PlaceAsync(OpenId citizen, TimeSpan within, CancellationToken ct) => Task.FromResult<(double, double)?>(null);

    public Task<Ban?> BanOfAsync(OpenId citizen, CancellationToken ct) => Task.FromResult<Ban?>(null);

    public Task<(Ban Ban, Booking Booking)?> BanAsync(long ban, CancellationToken ct) => throw new NotSupportedException();

    public Task<BookingResult?> LookAsync(NewBooking wish, bool waits, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<DateOnly>> OtherDaysAsync(string number, CancellationToken ct) => throw new NotSupportedException();

    public Task<Booking?> ElsewhereAsync(OpenId citizen, long id, CancellationToken ct) => throw new NotSupportedException();

    public Task<QueuePlace?> ComeLateAsync(OpenId citizen, string number, CancellationToken ct) => throw new NotSupportedException();

    public Task<Visit?> FindAsync(long visit, CancellationToken ct) => throw new NotSupportedException();

    public Task<bool> AppealAsync(OpenId citizen, long ban, string words, CancellationToken ct) => Task.FromResult(false);

    public Task ReleaseAsync(OpenId citizen, CancellationToken ct) => Task.CompletedTask;

    public Task<QueuePlace?> MineAsync(OpenId citizen, string? branch, CancellationToken ct) => Task.FromResult<QueuePlace?>(null);

    public Task<IReadOnlyList<Visit>> UnratedAsync(OpenId citizen, CancellationToken ct) => Task.FromResult<IReadOnlyList<Visit>>([]);

    public Task<BookingResult> BookAsync(NewBooking booking, CancellationToken ct) => throw new NotSupportedException();

    public Task<BookingResult> MoveAsync(Guid run, OpenId citizen, string number, Place place, CancellationToken ct) => throw new NotSupportedException();

    public Task<BookingResult> CancelAsync(OpenId citizen, string number, CancellationToken ct) => throw new NotSupportedException();

    public Task<bool> AssureAsync(OpenId citizen, string number, CancellationToken ct) => throw new NotSupportedException();

    public Task<Visitor> VisitorAsync(Booking booking, CancellationToken ct) => throw new NotSupportedException();

    public Task<Waiting> WaitAsync(NewBooking wish, CancellationToken ct) => throw new NotSupportedException();

    public Task<DateTimeOffset?> OfferAsync(Place place, Func<WaitOffer, NewCitizenMessage> words, Func<WaitOver, NewCitizenMessage> over, CancellationToken ct) => throw new NotSupportedException();

    public Task<BookingResult> TakeAsync(OpenId citizen, long id, string? instead, CancellationToken ct) => throw new NotSupportedException();

    public Task<bool> DeclineAsync(OpenId citizen, long id, CancellationToken ct) => throw new NotSupportedException();

    public Task RememberAsync(OpenId citizen, Visitor visitor, CancellationToken ct) => throw new NotSupportedException();

    public Task NotePlaceAsync(OpenId citizen, double latitude, double longitude, CancellationToken ct) => throw new NotSupportedException();

    public Task<CheckInResult> CheckInAsync(string number, StaffMember? desk, CancellationToken ct) => throw new NotSupportedException();

    public Task<QueuePlace> WalkInAsync(OpenId? citizen, int group, string service, bool priority, StaffMember? desk, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<Visit>> TodayAsync(string branch, CancellationToken ct) => throw new NotSupportedException();

    public Task<RateResult> RateAsync(OpenId citizen, long visit, int level, CancellationToken ct) => throw new NotSupportedException();

    public Task ListenAsync(Action ring, CancellationToken ct) => throw new NotSupportedException();

    public Task<int> RemindAsync(ReminderStage stage, Func<Booking, (NewCitizenMessage Message, IReadOnlyList<string> Choices)> words, CancellationToken ct) => throw new NotSupportedException();

    public Task<int> MarkMissedAsync(CancellationToken ct) => throw new NotSupportedException();

    public Task<bool> MissAsync(string number, StaffMember actor, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<Ban>> BansAsync(CancellationToken ct) => throw new NotSupportedException();

    public Task<bool> AnswerAsync(long ban, bool lift, string answer, StaffMember actor, Func<OpenId, DateTimeOffset?, NewCitizenMessage> words, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<BadRating>> BadRatingsAsync(CancellationToken ct) => throw new NotSupportedException();

    public Task<bool> FollowUpAsync(long visit, string outcome, StaffMember actor, Func<OpenId, NewCitizenMessage>? words, CancellationToken ct) => throw new NotSupportedException();

    public Task<bool> HasAsync(OpenId citizen, string purpose, string version, CancellationToken ct) => throw new NotSupportedException();

    public Task GiveAsync(OpenId citizen, string purpose, string version, CancellationToken ct) => throw new NotSupportedException();

    public ValueTask<FieldCipher> GetAsync(CancellationToken ct) => throw new NotSupportedException();

    public Task<FieldCipher?> LookAsync(CancellationToken ct) => Task.FromResult<FieldCipher?>(null);

    public Task ReloadAsync(CancellationToken ct) => throw new NotSupportedException();
}
