using Bot.Data.Appointments;
using Bot.Data.Numbers;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Appointments;

/// <summary>Finds the booking that a citizen means; another's is none.</summary>
internal static class MyBooking
{
    private static readonly Text s_none = Text.Of("mine.none");
    private static readonly Text s_again = Text.Of("booking.again");
    private static readonly Text s_arrived = Text.Of("mine.arrived");
    private static readonly Text s_served = Text.Of("mine.served");
    private static readonly Text s_missed = Text.Of("mine.missed");
    private static readonly Text s_cancelled = Text.Of("mine.cancelled");

    /// <param name="number">As typed or chosen.</param>
    public static async Task<Booking?> FindAsync(IBookings bookings, OpenId citizen, string number, CancellationToken ct) =>
        PublicNumber.TryParse(number) is { } read && await bookings.FindAsync(read.Text, ct) is { } booking && booking.Citizen == citizen ? booking : null;

    /// <summary>Why a booking of theirs cannot be changed or assured any more; null when it can.</summary>
    public static string? Over(Booking booking, BookingWords words) => booking.Status switch
    {
        BookingStatus.Booked or BookingStatus.Displaced => null,
        BookingStatus.Arrived => s_arrived.Say(),
        BookingStatus.Served => s_served.Say(words.Line(booking)),
        BookingStatus.Missed => s_missed.Say(words.Line(booking)),
        BookingStatus.Cancelled => s_cancelled.Say(words.Line(booking)),
    };

    /// <summary>The command for the only booking there is, or a list of them.</summary>
    public static async Task<Answer> WhichAsync(IBookings bookings, BookingWords words, Request request, string command, Text lead, CancellationToken ct)
    {
        // A number that was typed goes on to the command, which says what it thinks of it.
        if (request.Argument.Length > 0)
            return Answer.Pass($"{command} {PublicNumber.TryParse(request.Argument)?.Text ?? request.Argument}");
        var open = (await bookings.OpenAsync(request.Citizen, ct)).Where(b => b.Status is not BookingStatus.Arrived).ToArray();
        return open switch
        {
            [] => NumberedList.Page(s_none.Say(), [new(s_again.Say(), "book")], 0),
            [var only] => Answer.Pass($"{command} {only.Number}"),
            _ => NumberedList.Page(lead.Say(), [.. open.Select(b => new Choice(words.Line(b), $"{command} {b.Number}"))], request.Page),
        };
    }
}
