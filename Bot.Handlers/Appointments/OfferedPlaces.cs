using Bot.Data.Appointments;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Appointments;

/// <summary>Other slots for a booking whose own was closed, for one who was told by a notice, which has no room for them.</summary>
public sealed class OfferedPlaces(IBookings bookings, OtherPlaces others, BookingWords words) : IHandler
{
    private static readonly Text s_offers = Text.Of("displaced.offers");
    private static readonly Text s_offer = Text.Of("displaced.offer");
    private static readonly Text s_noOffers = Text.Of("displaced.no-offers");
    private static readonly Text s_others = Text.Of("displaced.others");
    private static readonly Text s_already = Text.Of("displaced.already");
    private static readonly Text s_change = Text.Of("mine.move");
    private static readonly Text s_notFound = Text.Of("mine.not-found");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        if (await MyBooking.FindAsync(bookings, request.Citizen, request.Argument, ct) is not { } booking)
            return Answer.Say(s_notFound.Say());
        if (MyBooking.Over(booking, words) is { } over)
            return Answer.Say(over);
        Choice move = new(booking.Status is BookingStatus.Displaced ? s_others.Say() : s_change.Say(), $"book.move {booking.Number}");
        if (booking.Status is not BookingStatus.Displaced)
            return NumberedList.Page(s_already.Say(words.Line(booking)), [move], 0);
        var places = await others.ForAsync(booking, 0, null, ct);
        return NumberedList.Page(
            $"{words.Line(booking)}\n{(places.Count == 0 ? s_noOffers : s_offers).Say()}",
            [.. places.Select(p => new Choice(s_offer.Say(words.When(p), words.Hall(p).Name), TakePlace.CommandOf(booking, p))), move], 0);
    }
}
