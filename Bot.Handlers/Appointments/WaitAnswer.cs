using System.Globalization;
using Bot.Data.Appointments;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Appointments;

/// <summary>候补: looks at an entry, takes the place that was offered, or gives up waiting.</summary>
public sealed class WaitAnswer(IWaitlist waitlist, BookingWords words) : IHandler
{
    private static readonly Text s_waiting = Text.Of("mine.row-waiting");
    private static readonly Text s_offered = Text.Of("mine.row-offered");
    private static readonly Text s_reply = Text.Of("mine.reply");
    private static readonly Text s_take = Text.Of("wait.take");
    private static readonly Text s_giveUp = Text.Of("wait.give-up");
    private static readonly Text s_done = Text.Of("booking.done");
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
            "take" => await TakeAsync(request, id, ct),
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

    private async Task<Answer> TakeAsync(Request request, long id, CancellationToken ct) =>
        await waitlist.TakeAsync(request.Citizen, id, ct) is BookingResult.Booked booked
            ? Answer.Say($"{s_done.Say()}\n{await words.TicketAsync(booked.Booking, ct)}") : Lapsed();

    private static Answer Lapsed() => NumberedList.Page(s_lapsed.Say(), [new(s_again.Say(), "book")], 0);
}
