using System.Globalization;
using Bot.Data.Appointments;
using Bot.Data.Privacy;
using Bot.WeChat;

namespace Bot.Handlers.Appointments;

/// <summary>为家人预约: the citizen confirmed that their relative agreed. Kept with what it was confirmed for.</summary>
public sealed class FamilyConsents(IPrivacyConsents consents)
{
    private const string Purpose = "family-booking";

    // Of the words in booking.confirm-family: raised when they mean something else.
    private const int Version = 1;

    public Task GiveAsync(Booking booking, CancellationToken ct) => booking.Family ? GiveAsync(booking.Citizen, booking.Number, ct) : Task.CompletedTask;

    /// <summary>For one who waits: the place comes later, the consent was given now.</summary>
    public Task GiveWaitingAsync(NewBooking wish, CancellationToken ct) => wish.Visitor.Family ? GiveAsync(wish.Citizen, $"wait:{wish.Run:N}", ct) : Task.CompletedTask;

    private Task GiveAsync(OpenId citizen, string what, CancellationToken ct) =>
        consents.GiveAsync(citizen, Purpose, string.Create(CultureInfo.InvariantCulture, $"{what}/{Version}"), ct);
}
