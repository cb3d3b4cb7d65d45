using System.Globalization;
using Bot.Data.Appointments;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Appointments;

/// <summary>Another slot for a booking whose own was closed, taken with one reply. The list is good for once: afterwards its numbers move nothing.</summary>
public sealed class TakePlace(IBookings bookings, BookingWords words) : IHandler
{
    private static readonly Text s_done = Text.Of("move.done");
    private static readonly Text s_gone = Text.Of("displaced.gone");
    private static readonly Text s_already = Text.Of("displaced.already");
    private static readonly Text s_notFound = Text.Of("mine.not-found");
    private static readonly Text s_move = Text.Of("displaced.others");
    private static readonly Text s_change = Text.Of("mine.move");

    /// <summary>The command behind an offer: for the booking as it is now, and no later.</summary>
    internal static string CommandOf(Booking booking, Place place) => string.Create(CultureInfo.InvariantCulture, $"book.take {booking.Number} {booking.Moves} {place}");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        // Without the count of moves: from a list of the release before.
        var (number, moves, to) = request.Argument.Split(' ') switch
        {
            [var n, var m, var p] => (n, m, p),
            [var n, var p] => (n, null, p),
            _ => ("", (string?)null, ""),
        };
        if (!Place.TryParse(to, null, out var place) || await MyBooking.FindAsync(bookings, request.Citizen, number, ct) is not { } booking)
            return Answer.Say(s_notFound.Say());
        if (MyBooking.Over(booking, words) is { } over)
            return Answer.Say(over);
        if (booking.Status is BookingStatus.Booked || moves is not null && moves != booking.Moves.ToString(CultureInfo.InvariantCulture))
            return await TakenAsync(booking, place, ct);
        return await bookings.MoveAsync(Guid.NewGuid(), request.Citizen, number, place, ct) switch
        {
            BookingResult.Booked moved => await DoneAsync(moved.Booking, ct),
            BookingResult.NotFound => Answer.Say(s_notFound.Say()),
            BookingResult.SameService same => NumberedList.Page(BookingOffice.Why(same), [BookingOffice.Mine], 0),
            var refused => NumberedList.Page(
                refused is BookingResult.SlotFull ? s_gone.Say() : BookingOffice.Why(refused), [new(s_move.Say(), $"book.move {number}")], 0),
        };
    }

    // The same number again says the same; another one of an old list asks how it was meant.
    private async Task<Answer> TakenAsync(Booking booking, Place place, CancellationToken ct) =>
        booking.Status is BookingStatus.Booked && booking.Place == place
            ? await DoneAsync(booking, ct)
            : NumberedList.Page(s_already.Say(words.Line(booking)), [new(s_change.Say(), $"book.move {booking.Number}")], 0);

    private async Task<Answer> DoneAsync(Booking booking, CancellationToken ct) => Answer.Say($"{s_done.Say()}\n{await words.TicketAsync(booking, ct)}");
}
