using Bot.Data.Messages;
using Bot.WeChat;

namespace Bot.Data.Appointments;

/// <summary>候补: freed places are offered in order, each for some minutes.</summary>
public interface IWaitlist
{
    /// <summary>The kind of job that offers a slot's freed places; its key and data are the <see cref="Place"/>.</summary>
    const string JobKind = "booking.waitlist";

    Task<Waiting> WaitAsync(NewBooking wish, CancellationToken ct);

    /// <summary>
    /// Ends offers that nobody took, and offers what is free to the next ones, each told once. Once nothing can come any more, all are told so. In the
    /// quiet hours nothing is offered: the place is kept for them until the morning, if that is early enough.
    /// </summary>
    /// <param name="over">For those who got no place.</param>
    /// <returns>When to look again; null when nobody is being waited for.</returns>
    Task<DateTimeOffset?> OfferAsync(Place place, Func<WaitOffer, NewCitizenMessage> words, Func<WaitOver, NewCitizenMessage> over, CancellationToken ct);

    /// <summary>Takes the place that was offered.</summary>
    /// <param name="instead">Number of a booking of the same person for the same service that is moved there; null for a new one.</param>
    Task<BookingResult> TakeAsync(OpenId citizen, long id, string? instead, CancellationToken ct);

    /// <summary>The booking that the person who waits has for the same service from this account; null for none.</summary>
    Task<Booking?> ElsewhereAsync(OpenId citizen, long id, CancellationToken ct);

    /// <summary>Gives up waiting, or a place that was offered. False when there was nothing to give up.</summary>
    Task<bool> DeclineAsync(OpenId citizen, long id, CancellationToken ct);

    Task<IReadOnlyList<WaitEntry>> OpenAsync(OpenId citizen, CancellationToken ct);
}

/// <param name="Until">The offer ends then.</param>
public sealed record WaitOffer(long Id, OpenId Citizen, string Service, Place Place, DateTimeOffset Until);

public sealed record WaitOver(long Id, OpenId Citizen, string Service, Place Place, WaitEnd Why);

public enum WaitEnd
{
    /// <summary>Its time has come.</summary>
    Late,

    /// <summary>The slot was closed, or the service is not given there any more.</summary>
    Closed,

    /// <summary>A place was offered, and nobody took it in time.</summary>
    Lapsed,
}

/// <param name="OfferedUntil">Null while it waits.</param>
public sealed record WaitEntry(long Id, string Service, Place Place, DateTimeOffset? OfferedUntil);
