using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Bot.Data.Appointments;
using Bot.Data.Calendar;
using Bot.Data.Staff;
using Bot.Handlers.Appointments;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>签到叫号: one counter's work, by keyboard.</summary>
[StaffOnly(StaffRole.Administrator, StaffRole.Counter)]
public sealed class DeskPage(
    IVisits visits, ICounters counters, IBookings bookings, VisitMessages messages, AppointmentPlans plans, CalendarLibrary calendar, TimeProvider clock) : ConsolePage
{
    public const string Path = "/console/desk";

    public override string Title => Hall is null ? "签到叫号" : At is null ? $"{Hall.Name} 签到叫号" : $"{Hall.Name} {Counter}号窗口";

    public override IReadOnlyList<Crumb> Trail => [new("预约", AppointmentsPage.Path)];

    [BindProperty(SupportsGet = true), StringLength(32)]
    public string? Branch { get; set; }

    [BindProperty(SupportsGet = true)]
    public int Group { get; set; }

    [BindProperty(SupportsGet = true), StringLength(6)]
    public string? Counter { get; set; }

    public AppointmentPlan Plan => plans.Current;

    public IReadOnlyList<Branch> Halls { get; private set; } = [];

    public Branch? Hall { get; private set; }

    public CounterGroup? At { get; private set; }

    public IReadOnlyList<Visit> Queue { get; private set; } = [];

    /// <summary>Who is at this counter, or was called to it.</summary>
    public Visit? Here { get; private set; }

    /// <summary>These counters are closed; null while they are open.</summary>
    public Pause? Pause => plans.Current.PauseAt(Group, calendar.Current, clock.GetUtcNow());

    /// <summary>Who waits here with a slip of paper, and no message reaches.</summary>
    public IEnumerable<string> OnPaper => Queue.Where(v => v.Group == Group && v is { Citizen: null, Status: VisitStatus.Waiting }).Select(v => v.Ticket);

    public string Address => string.Create(CultureInfo.InvariantCulture, $"{Path}?branch={Hall?.Code}&group={Group}&counter={Counter}");

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostCallAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct) || At is null)
            return NotFound();
        if (Here is not null)
            return Refuse($"{Here.Ticket} 还没有办结，请先完成或过号。");
        return await counters.CallNextAsync(Group, Counter!, Me, messages.Call, ct) is { } called ? GoTo(Address, $"已叫 {called.Ticket}") : GoTo(Address, "现在没有人等候");
    }

    public async Task<IActionResult> OnPostStepAsync(long visit, VisitStep step, CancellationToken ct)
    {
        if (!await LoadAsync(ct) || At is null || !Enum.IsDefined(step) || Queue.FirstOrDefault(v => v.Id == visit) is not { } asked
            || step is VisitStep.Resume && !WasHere(asked))
            return NotFound();
        if (await counters.StepAsync(visit, step, Me, v => messages.Step(v, step), ct) is not { } changed)
            return Refuse(step is VisitStep.Resume ? $"不能撤销办结：已超过 {ICounters.TakenBackWithin.TotalMinutes} 分钟，市民已评价，或窗口已叫了下一位。" : "这个号码的状态已经变了，请刷新后再看。");
        var toast = step is VisitStep.Resume ? $"已撤销办结，继续办理 {changed.Ticket}" : $"{changed.Ticket} {AppointmentPages.Shown(changed.Status)}";
        return step is VisitStep.Finish
            ? GoTo(Address, toast, new Undo($"{Address}&handler=Step", new() { ["visit"] = visit.ToString(CultureInfo.InvariantCulture), ["step"] = nameof(VisitStep.Resume) }))
            : GoTo(Address, toast);
    }

    private bool WasHere(Visit visit) => visit.Group == Group && visit.Counter == Counter;

    /// <summary>Whether the button is shown: what was finished here a moment ago may have been a slip.</summary>
    public bool MayResume(Visit visit) =>
        Here is null && visit.Status is VisitStatus.Served && WasHere(visit) && visit.EndedAt > clock.GetUtcNow() - ICounters.TakenBackWithin;

    public async Task<IActionResult> OnPostCheckInAsync([Required, StringLength(40)] string number, CancellationToken ct)
    {
        if (!await LoadAsync(ct) || At is null)
            return NotFound();
        var read = Bot.Data.Numbers.PublicNumber.TryParse(number ?? "")?.Text ?? "";
        if (await bookings.FindAsync(read, ct) is { } booking && Plan.BranchOf(booking.Place.Group) is var hall && hall.Code != Hall!.Code)
            return Refuse($"这个预约在{hall.Name}，不在本大厅，请市民到那里签到，或者在这里现场取号。");
        return await visits.CheckInAsync(read, Me, ct) switch
        {
            CheckInResult.In { Place.Visit: { Status: VisitStatus.Missed } visit } => GoTo(Address, $"{visit.Ticket} 已过号，请在列表里点“重新排队”"),
            CheckInResult.In { Place: var place } => GoTo(Address, $"已签到，号码 {place.Visit.Ticket}，前面 {place.Ahead} 人"),
            _ => Refuse("没有找到今天的这个预约，或者它已经取消、停办，请核对预约号。"),
        };
    }

    public async Task<IActionResult> OnPostWalkInAsync([Required, StringLength(32)] string service, bool priority, CancellationToken ct)
    {
        if (!await LoadAsync(ct) || Hall is null)
            return NotFound();
        if (Plan.GroupFor(service ?? "", Hall.Code) is not { } group)
            return Refuse("请选择事项。");
        var place = await visits.WalkInAsync(null, group.Id, service!, priority, Me, ct);
        return GoTo(Address, $"现场取号：{place.Visit.Ticket}，前面 {place.Ahead} 人");
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        Halls = Me.Halls(Plan);
        Hall = Me.Hall(Plan, Branch);
        if (Hall is null)
            return string.IsNullOrEmpty(Branch);
        if (Group != 0)
        {
            At = Plan.Group(Group) is { } group && group.Branch == Hall.Code && group.Counters.Contains(Counter ?? "") ? group : null;
            if (At is null)
                return false;
        }

        Queue = await visits.TodayAsync(Hall.Code, ct);
        Here = At is null ? null : Queue.FirstOrDefault(v => v.Group == Group && v.Counter == Counter && v.Status is (VisitStatus.Called or VisitStatus.Serving));
        return true;
    }
}
