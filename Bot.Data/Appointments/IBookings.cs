using Bot.WeChat;

namespace Bot.Data.Appointments;

/// <summary>Who has which place. The database decides every limit in the transaction that makes the change.</summary>
public interface IBookings
{
    Task<BookingResult> BookAsync(NewBooking booking, CancellationToken ct);

    /// <summary>Gets the new place and frees the old one, or changes nothing. Repeating it moves once.</summary>
    /// <param name="run">The form's run: its own hold counts as free.</param>
    Task<BookingResult> MoveAsync(Guid run, OpenId citizen, string number, Place place, CancellationToken ct);

    Task<BookingResult> CancelAsync(OpenId citizen, string number, CancellationToken ct);

    /// <summary>The citizen said that they will come. False when there is nothing to say it of.</summary>
    Task<bool> AssureAsync(OpenId citizen, string number, CancellationToken ct);

    /// <summary>By its public number alone: for signed links and for staff.</summary>
    Task<Booking?> FindAsync(string number, CancellationToken ct);

    /// <summary>Those still to come, displaced ones too, the next one first.</summary>
    Task<IReadOnlyList<Booking>> OpenAsync(OpenId citizen, CancellationToken ct);

    /// <summary>The last one of today that counts as a no-show; null for none.</summary>
    Task<Booking?> MissedAsync(OpenId citizen, CancellationToken ct);

    Task<Visitor> VisitorAsync(Booking booking, CancellationToken ct);
}

/// <summary>What is left of the slots, and who is just filling in a form for one.</summary>
public interface IPlaces
{
    /// <summary>A group's slots that can still be booked, full ones too, from <paramref name="from"/> to <paramref name="to"/>.</summary>
    /// <param name="holder">Its own hold counts as free.</param>
    Task<IReadOnlyList<FreeSlot>> FreeAsync(int group, DateOnly from, DateOnly to, Guid holder, CancellationToken ct);

    /// <summary>Keeps a place for a few minutes, and frees the one that the citizen held before. Repeating it renews it.</summary>
    /// <param name="priority">One of those that are reserved will do.</param>
    Task<HoldResult> HoldAsync(Guid holder, OpenId citizen, Place place, bool priority, CancellationToken ct);

    /// <summary>Frees what the citizen holds: the form was left.</summary>
    Task ReleaseAsync(OpenId citizen, CancellationToken ct);
}

/// <summary>常用办事人: those whom a citizen agreed to have remembered.</summary>
public interface IVisitors
{
    Task<IReadOnlyList<KnownVisitor>> KnownAsync(OpenId citizen, CancellationToken ct);

    Task RememberAsync(OpenId citizen, Visitor visitor, CancellationToken ct);

    /// <returns>How many were forgotten.</returns>
    Task<int> ForgetAsync(OpenId citizen, CancellationToken ct);

    /// <summary>Where the citizen is now, kept to about 100 m and for a day.</summary>
    Task NotePlaceAsync(OpenId citizen, double latitude, double longitude, CancellationToken ct);

    /// <param name="within">How long ago it may have been told.</param>
    Task<(double Latitude, double Longitude)?> PlaceAsync(OpenId citizen, TimeSpan within, CancellationToken ct);
}
