using Bot.Data.Appointments;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Appointments;

/// <summary>我的预约: what is still to come, and what is waited for.</summary>
public sealed class MyBookings(IBookings bookings, IWaitlist waitlist, IBookingCare care, BookingWords words) : IHandler
{
    private static readonly Text s_none = Text.Of("mine.none");
    private static readonly Text s_list = Text.Of("mine.list");
    private static readonly Text s_row = Text.Of("mine.row");
    private static readonly Text s_displaced = Text.Of("mine.row-displaced");
    private static readonly Text s_waiting = Text.Of("mine.row-waiting");
    private static readonly Text s_offered = Text.Of("mine.row-offered");
    private static readonly Text s_banned = Text.Of("mine.row-banned");
    private static readonly Text s_again = Text.Of("booking.again");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        var (open, waits) = (await bookings.OpenAsync(request.Citizen, ct), await waitlist.OpenAsync(request.Citizen, ct));
        var bans = await care.BanOfAsync(request.Citizen, ct) is { Lifted: false } ban ? [ban] : Array.Empty<Ban>();
        return open.Count + waits.Count + bans.Length == 0
            ? NumberedList.Page(s_none.Say(), [new(s_again.Say(), "book")], 0)
            : NumberedList.Page(s_list.Say(),
                [
                    .. open.Select(b => new Choice(Row(b), $"book.view {b.Number}")),
                    .. waits.Select(w => new Choice((w.OfferedUntil is null ? s_waiting : s_offered).Say(words.When(w.Place), words.ServiceName(w.Service)), $"book.wait {w.Id}")),
                    .. bans.Select(b => new Choice(s_banned.Say(BookingOffice.Day(b.Until)), "book.appeal")),
                ], request.Page);
    }

    private string Row(Booking booking) =>
        (booking.Status is BookingStatus.Displaced ? s_displaced : s_row).Say(words.When(booking.Place), words.ServiceName(booking.Service));
}

/// <summary>One booking, and what can be done with it.</summary>
public sealed class BookingView(IBookings bookings, BookingWords words) : IHandler
{
    private static readonly Text s_notFound = Text.Of("mine.not-found");
    private static readonly Text s_reply = Text.Of("mine.reply");
    private static readonly Text s_move = Text.Of("mine.move");
    private static readonly Text s_cancel = Text.Of("mine.cancel");
    private static readonly Text s_displaced = Text.Of("mine.displaced");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        if (await MyBooking.FindAsync(bookings, request.Citizen, request.Argument, ct) is not { } booking)
            return Answer.Say(s_notFound.Say());
        var ticket = await words.TicketAsync(booking, ct);
        if (MyBooking.Over(booking, words) is { } over)
            return Answer.Say($"{ticket}\n\n{over}");
        var lead = booking.Status is BookingStatus.Displaced ? $"{s_displaced.Say()}\n{ticket}" : ticket;
        return NumberedList.Page($"{lead}\n\n{s_reply.Say()}",
            [new(s_move.Say(), $"book.move {booking.Number}"), new(s_cancel.Say(), $"book.cancel {booking.Number}")], 0);
    }
}

/// <summary>改期: which one, if there are several.</summary>
public sealed class ChangeBooking(IBookings bookings, BookingWords words) : IHandler
{
    private static readonly Text s_which = Text.Of("mine.move-which");

    public Task<Answer> HandleAsync(Request request, CancellationToken ct) => MyBooking.WhichAsync(bookings, words, request, "book.move", s_which, ct);
}

/// <summary>取消预约: which one, are you sure, done.</summary>
public sealed class CancelBooking(IBookings bookings, AppointmentPlans plans, BookingWords words) : IHandler
{
    private const string Sure = " yes";

    private static readonly Text s_which = Text.Of("mine.cancel-which");
    private static readonly Text s_ask = Text.Of("mine.cancel-ask");
    private static readonly Text s_yes = Text.Of("mine.cancel-yes");
    private static readonly Text s_keep = Text.Of("mine.keep");
    private static readonly Text s_cancelled = Text.Of("mine.cancelled");
    private static readonly Text s_notFound = Text.Of("mine.not-found");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        if (request.Argument.Length == 0)
            return await MyBooking.WhichAsync(bookings, words, request, "book.cancel", s_which, ct);
        var sure = request.Argument.EndsWith(Sure, StringComparison.Ordinal);
        var number = sure ? request.Argument[..^Sure.Length] : request.Argument;
        if (await MyBooking.FindAsync(bookings, request.Citizen, number, ct) is not { } booking)
            return Answer.Say(s_notFound.Say());
        if (MyBooking.Over(booking, words) is { } over)
            return Answer.Say(over);
        if (!sure)
        {
            // Said before the question: nobody is asked for what is then refused.
            if (!plans.Current.Rules.MayChange(booking, words.Now))
                return Answer.Say(words.TooLate(booking.Place, plans.Current.Rules.ChangeMinutes));
            return NumberedList.Page(s_ask.Say(words.Line(booking)),
                [new(s_yes.Say(), $"book.cancel {booking.Number}{Sure}"), new(s_keep.Say(), $"book.view {booking.Number}")], 0);
        }

        return Answer.Say(await bookings.CancelAsync(request.Citizen, booking.Number, ct) switch
        {
            BookingResult.Booked => s_cancelled.Say(words.Line(booking)),
            BookingResult.TooLate late => words.TooLate(booking.Place, late.Minutes),
            _ => s_notFound.Say(),
        });
    }
}

/// <summary>确认到场, as reminders ask.</summary>
public sealed class AssureBooking(IBookings bookings, BookingWords words) : IHandler
{
    private static readonly Text s_assured = Text.Of("remind.assured");
    private static readonly Text s_notFound = Text.Of("mine.not-found");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        if (await MyBooking.FindAsync(bookings, request.Citizen, request.Argument, ct) is not { } booking)
            return Answer.Say(s_notFound.Say());
        return Answer.Say(MyBooking.Over(booking, words) ?? (await bookings.AssureAsync(request.Citizen, booking.Number, ct) ? s_assured : s_notFound).Say());
    }
}
