using Bot.Data.Messages;
using Bot.Data.Staff;

namespace Bot.Data.Appointments;

/// <summary>What staff change for a citizen, on the phone or at the desk, whatever the time: with a reason, in the audit log, and told to the citizen.</summary>
public interface IDeskBookings
{
    /// <param name="words">Of the booking as it was and as it is.</param>
    Task<BookingResult> MoveAsync(string number, Place place, string reason, StaffMember actor, Func<Booking, Booking, NewCitizenMessage> words, CancellationToken ct);

    /// <returns>False when there is nothing to cancel any more.</returns>
    Task<bool> CancelAsync(string number, string reason, StaffMember actor, Func<Booking, NewCitizenMessage> words, CancellationToken ct);

    /// <summary>撤销爽约: it counts as cancelled, and a ban that it made ends. False when it is no no-show.</summary>
    Task<bool> ForgiveAsync(string number, string reason, StaffMember actor, Func<Booking, NewCitizenMessage> words, CancellationToken ct);
}
