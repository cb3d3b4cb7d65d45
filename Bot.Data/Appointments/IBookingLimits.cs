namespace Bot.Data.Appointments;

/// <summary>
/// What the rules would say to a wish, before the citizen has filled in everything; who books is looked at again. For how many people an account asks
/// is counted: nobody learns by trying numbers who has a booking.
/// </summary>
public interface IBookingLimits
{
    /// <param name="waits">It is for the waiting list, where who has a booking may wait for a better one.</param>
    /// <returns>Null when nothing stands against it; whether there is a place is not looked at.</returns>
    Task<BookingResult?> LookAsync(NewBooking wish, bool waits, CancellationToken ct);

    /// <summary>Days of the other bookings of the person whose booking this is, each as often as there are.</summary>
    Task<IReadOnlyList<DateOnly>> OtherDaysAsync(string number, CancellationToken ct);
}
