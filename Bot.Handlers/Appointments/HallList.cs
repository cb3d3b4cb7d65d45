using System.Text;
using Bot.Data.Appointments;
using Bot.Data.Calendar;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Appointments;

/// <summary>Where the halls are, when they are open, and how to call them; each can be booked from here.</summary>
public sealed class HallList(AppointmentPlans plans, CalendarLibrary calendar, Desk.NotWords notWords, TimeProvider clock) : IHandler
{
    public const string Route = "halls";

    // What a phone shows at once.
    private const int Rows = 3;

    private static readonly Text s_lead = Text.Of("halls.lead");
    private static readonly Text s_open = Text.Of("halls.open-today");
    private static readonly Text s_closed = Text.Of("halls.closed-today");
    private static readonly Text s_address = Text.Of("halls.address");
    private static readonly Text s_transport = Text.Of("halls.transport");
    private static readonly Text s_hours = Text.Of("halls.hours");
    private static readonly Text s_phone = Text.Of("halls.phone");
    private static readonly Text s_book = Text.Of("halls.book");

    public Task<Answer> HandleAsync(Request request, CancellationToken ct)
    {
        var plan = plans.Current;
        var halls = plan.Branches.Where(b => b.Active).ToArray();
        if (halls.Length == 0)
            return notWords.HandleAsync(request, ct);
        var page = Math.Clamp(request.Page, 0, (halls.Length - 1) / Rows);
        var words = new StringBuilder(s_lead.Say());
        foreach (var hall in halls.Skip(page * Rows).Take(Rows))
            Describe(words, plan, hall);
        words.Append("\n\n").Append(s_book.Say());
        return Task.FromResult(NumberedList.Page(words.ToString(), [.. halls.Select(b => new Choice(b.Name, $"book {b.Code}"))], page, Rows) with { Command = Route });
    }

    private void Describe(StringBuilder words, AppointmentPlan plan, Branch hall)
    {
        words.Append("\n【").Append(hall.Name).Append('】').Append((IsOpenToday(plan, hall) ? s_open : s_closed).Say());
        foreach (var (text, value) in ((Text, string)[])[(s_hours, OpeningWords.Of(plan, hall.Code)), (s_address, hall.Address), (s_transport, hall.Transport), (s_phone, hall.Phone)])
        {
            if (value.Length > 0)
                words.Append('\n').Append(text.Say(value));
        }
    }

    private bool IsOpenToday(AppointmentPlan plan, Branch hall) =>
        plan.Groups.Any(g => g.Branch == hall.Code && plan.SlotsOn(g, Beijing.DateOf(clock.GetUtcNow()), calendar.Current).Any(s => s.Capacity > 0));
}
