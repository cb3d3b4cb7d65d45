using Bot.Data.Appointments;
using Bot.Data.Calendar;
using Bot.Handlers.Flows;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Appointments;

/// <summary>现场取号: a number without a booking. The command brings the hall's code, perhaps the service's, and the booking for which it is too late.</summary>
public sealed class WalkIn(IVisits visits, AppointmentPlans plans, ServiceNames names, QueueWords queue, CalendarLibrary calendar, TimeProvider clock) : Flow<WalkIn.Draft>
{
    private const int MinutesBefore = 30;

    private static readonly Text s_title = Text.Of("queue.walk-in");
    private static readonly Text s_branchGone = Text.Of("queue.branch-gone");
    private static readonly Text s_none = Text.Of("queue.none-today");
    private static readonly Text s_noServices = Text.Of("queue.no-services");
    private static readonly Text s_closed = Text.Of("queue.closed");

    public override string Name => "walk-in";

    public override string Title => s_title.Say();

    public override int Version => 1;

    protected override IReadOnlyList<Step<Draft>> Steps =>
    [
        Note("hall", (d, hall) => d with { Hall = hall }),
        Note("late", (d, number) => d with { Late = number }),
        Pick("service", d => s_none.Say(plans.Current.Branch(d.Hall)?.Name), Services, (d, code) => d with { Service = code }) with { Reads = names.Read },
    ];

    protected override Task<Answer?> TurnAwayAsync(Request request, CancellationToken ct)
    {
        var (code, service, _) = Read(request);
        if (plans.Current.Branch(code) is not { Active: true } hall)
            return Task.FromResult<Answer?>(Answer.Say(s_branchGone.Say()));
        CounterGroup[] groups = [.. plans.Current.ServicesAt(code).Where(s => service.Length == 0 || s.Code == service).Select(s => plans.Current.GroupFor(s.Code, code)!)];
        return Task.FromResult(
            groups.Length == 0 ? Answer.Say(s_noServices.Say(hall.Name)) : groups.Any(IsOpen) ? null : Answer.Say(s_closed.Say(hall.Name)));
    }

    protected override Task<IEnumerable<FlowAnswer>> FirstAnswersAsync(Request request, CancellationToken ct)
    {
        var (code, service, late) = Read(request);
        return Task.FromResult(((FlowAnswer[])[new("hall", code), new("service", service), new("late", late)]).Where(a => a.Value.Length > 0));
    }

    protected override async Task<Ending> FinishAsync(OpenId citizen, Guid run, Draft draft, CancellationToken ct) =>
        new Ending.Done(plans.Current.GroupFor(draft.Service, draft.Hall) is { } group && IsOpen(group)
            ? queue.Ticket(await NumberAsync(citizen, group.Id, draft, ct), again: false)
            : Answer.Say(s_closed.Say(plans.Current.Branch(draft.Hall)?.Name)));

    private async Task<QueuePlace> NumberAsync(OpenId citizen, int group, Draft draft, CancellationToken ct) =>
        (draft.Late.Length == 0 ? null : await visits.ComeLateAsync(citizen, draft.Late, ct))
        ?? await visits.WalkInAsync(citizen, group, draft.Service, priority: false, null, ct);

    private Task<IReadOnlyList<Option<string>>> Services(Draft d, CancellationToken ct) => Task.FromResult<IReadOnlyList<Option<string>>>(
        [.. plans.Current.ServicesAt(d.Hall).Select(s => new Option<string>(s.Code, s.Name))]);

    private static (string Hall, string Service, string Late) Read(Request request) => request.Argument.Split(' ') switch
    {
        [var hall, var service, var late] => (hall, service, late),
        [var hall, var service] => (hall, service, ""),
        _ => (request.Argument, "", ""),
    };

    private bool IsOpen(CounterGroup group)
    {
        var now = clock.GetUtcNow().ToOffset(Beijing.Offset);
        var time = TimeOnly.FromTimeSpan(now.TimeOfDay);
        var slots = plans.Current.SlotsOn(group, DateOnly.FromDateTime(now.DateTime), calendar.Current).Where(s => s.Capacity > 0).ToArray();
        // Through the break at noon, too: who takes a number then is received after it.
        return slots.Length > 0 && time.ToTimeSpan() >= slots[0].Start.ToTimeSpan() - TimeSpan.FromMinutes(MinutesBefore) && time < slots[^1].Finish;
    }

    public sealed record Draft
    {
        public string Hall { get; init; } = "";
        public string Service { get; init; } = "";
        public string Late { get; init; } = "";
    }
}
