using System.Globalization;
using Bot.Data.Appointments;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Appointments;

/// <summary>候补: looks at an entry, takes the place that was offered, or gives up waiting.</summary>
public sealed class WaitAnswer(IWaitlist waitlist, FamilyConsents consents, BookingWords words) : IHandler
{
    private static readonly Text s_waiting = Text.Of("mine.row-waiting");
    private static readonly Text s_offered = Text.Of("mine.row-offered");
    private static readonly Text s_reply = Text.Of("mine.reply");
    private static readonly Text s_take = Text.Of("wait.take");
    private static readonly Text s_giveUp = Text.Of("wait.give-up");
    private static readonly Text s_done = Text.Of("booking.done");
    private static readonly Text s_moved = Text.Of("move.done");
    private static readonly Text s_same = Text.Of("wait.same");
    private static readonly Text s_move = Text.Of("wait.move");
    private static readonly Text s_lapsed = Text.Of("wait.lapsed");
    private static readonly Text s_declined = Text.Of("wait.declined");
    private static readonly Text s_again = Text.Of("booking.again");

    public async Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        var (verb, number) = request.Argument.Split(' ') is [var v, var n] ? (v, n) : ("view", request.Argument);
        if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return Lapsed();
        return verb switch
        {
            "take" => await TakeAsync(request, id, null, ct),
            "move" when await waitlist.ElsewhereAsync(request.Citizen, id, ct) is { } booked => await TakeAsync(request, id, booked, ct),
            "decline" => Answer.Say((await waitlist.DeclineAsync(request.Citizen, id, ct) ? s_declined : s_lapsed).Say()),
            _ => await ViewAsync(request, id, ct),
        };
    }

    private async Task<Answer> ViewAsync(Request request, long id, CancellationToken ct)
    {
        if ((await waitlist.OpenAsync(request.Citizen, ct)).FirstOrDefault(w => w.Id == id) is not { } entry)
            return Lapsed();
        var line = (entry.OfferedUntil is null ? s_waiting : s_offered).Say(words.When(entry.Place), words.ServiceName(entry.Service));
        return NumberedList.Page($"{line}\n{s_reply.Say()}",
            [.. entry.OfferedUntil is null ? [] : (Choice[])[new(s_take.Say(), $"book.wait take {id}")], new(s_giveUp.Say(), $"book.wait decline {id}")], 0);
    }

    private async Task<Answer> TakeAsync(Request request, long id, Booking? instead, CancellationToken ct)
    {
        Choice giveUp = new(s_giveUp.Say(), $"book.wait decline {id}");
        switch (await waitlist.TakeAsync(request.Citizen, id, instead?.Number, ct))
        {
            case BookingResult.Booked booked when BookingOffice.Over(booked.Booking, words) is { } over:
                return over;
            case BookingResult.Booked booked:
                await consents.GiveAsync(booked.Booking, ct);
                return Answer.Say($"{(instead is null ? s_done : s_moved).Say()}\n{await words.TicketAsync(booked.Booking, ct)}");
            case BookingResult.NotFound:
                return Lapsed();
            // Who waits for a better time has one already, perhaps of the same day.
            case BookingResult.SameService or BookingResult.DayLimit or BookingResult.WeekLimit
                when instead is null && await waitlist.ElsewhereAsync(request.Citizen, id, ct) is { } other:
                return NumberedList.Page(s_same.Say(words.Line(other)), [new(s_move.Say(), $"book.wait move {id}"), giveUp], 0);
            case BookingResult.Banned banned:
                await waitlist.DeclineAsync(request.Citizen, id, ct);
                return NumberedList.Page(BookingOffice.Why(banned), [BookingOffice.Appeal(banned)], 0);
            // Said of the booking that they have; the offer stands until its time.
            case BookingResult.TooLate { ToChange: true } late when instead is not null:
                return NumberedList.Page(words.TooLate(instead.Place, late.Minutes), [giveUp], 0);
            case BookingResult.TooLate or BookingResult.SlotFull or BookingResult.NotOffered:
                await waitlist.DeclineAsync(request.Citizen, id, ct);
                return Lapsed();
            case var refused:
                return NumberedList.Page(BookingOffice.Why(refused), [BookingOffice.Mine, giveUp], 0);
        }
    }

    private static Answer Lapsed() => NumberedList.Page(s_lapsed.Say(), [new(s_again.Say(), "book")], 0);
}
