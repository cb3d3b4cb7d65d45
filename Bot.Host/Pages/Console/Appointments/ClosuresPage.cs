using System.ComponentModel.DataAnnotations;
using Bot.Data.Appointments;
using Bot.Data.Staff;
using Bot.Handlers;
using Bot.Handlers.Appointments;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>停办安排: closes halls, counters or hours, shows first whom it hits and where they can go, and lists who still has no other place.</summary>
[StaffOnly(StaffRole.Administrator, StaffRole.Agent, StaffRole.Counter)]
public sealed class ClosuresPage(IAppointmentSetup setup, AppointmentPlans plans, OtherPlaces others, BookingWords words, TimeProvider clock) : ConsolePage
{
    public const string Path = "/console/closures";
    private const int MostShown = 30;

    public override string Title => "停办安排";

    public override string Lead => "停办后受影响的市民会自动收到其他时段，回复一个数字就能改约";

    public override IReadOnlyList<Crumb> Trail => [new("预约", AppointmentsPage.Path)];

    [BindProperty]
    public ClosureForm Input { get; set; } = new();

    public AppointmentPlan Plan => plans.Current;

    /// <summary>Agents look who is to be called; to close is not theirs.</summary>
    public bool MayClose => Me.Is(StaffRole.Administrator, StaffRole.Counter);

    public IReadOnlyList<Branch> Halls { get; private set; } = [];

    public IReadOnlyList<Closure> Closures { get; private set; } = [];

    public IReadOnlyList<Booking> Unsolved { get; private set; } = [];

    public bool MoreUnsolved => Unsolved.Count >= IAppointmentSetup.MostUnsolved;

    /// <summary>Whom the closure would hit, with the first place each would be offered; null before a preview.</summary>
    public IReadOnlyList<(Booking Booking, string Offer)>? Hit { get; private set; }

    /// <summary>How many more than are shown.</summary>
    public int More { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        Input.FromDay = Input.ToDay = Beijing.DateOf(clock.GetUtcNow()).AddDays(1);
    }

    [Repeatable]
    public async Task<IActionResult> OnPostPreviewAsync(CancellationToken ct)
    {
        if (!MayClose)
            return Forbid();
        await LoadAsync(ct);
        if (Read() is not { } closure)
            return Page();
        var hit = await setup.PreviewAsync(closure, ct);
        List<(Booking, string)> offers = [];
        foreach (var (i, booking) in hit.Take(MostShown).Index())
            offers.Add((booking, (await others.ForAsync(booking, i, closure, ct)) is [var first, ..] ? $"{words.When(first)} {Plan.BranchOf(first.Group).Name}" : "没有找到，需要人工联系"));
        (Hit, More) = (offers, Math.Max(0, hit.Count - MostShown));
        return Page();
    }

    public async Task<IActionResult> OnPostCloseAsync(CancellationToken ct)
    {
        if (!MayClose)
            return Forbid();
        await LoadAsync(ct);
        if (Read() is not { } closure)
            return Page();
        var hit = await setup.CloseAsync(closure, Me, ct);
        return GoTo(Path, hit.Count == 0 ? "已停办，没有市民受影响" : $"已停办，正在为 {hit.Count} 位市民推荐其他时段");
    }

    public async Task<IActionResult> OnPostLiftAsync(long closure, CancellationToken ct)
    {
        if (!MayClose)
            return Forbid();
        await LoadAsync(ct);
        if (Closures.All(c => c.Id != closure))
            return NotFound();
        return await setup.LiftAsync(closure, Me, ct) ? GoTo(Path, "已恢复开放") : GoTo(Path, "已经恢复过了");
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        Halls = Me.Halls(Plan);
        var mine = Halls.Select(h => h.Code).ToHashSet();
        Closures = [.. (await setup.ClosuresAsync(ct)).Where(c => mine.Contains(c.Branch))];
        Unsolved = await setup.UnsolvedAsync(Me.Seen(Plan), ct);
    }

    private Closure? Read()
    {
        var group = Input.Group == 0 ? null : Plan.Group(Input.Group);
        if (Halls.All(h => h.Code != Input.Branch))
            ModelState.AddModelError("Input.Branch", "请选择大厅");
        if (Input.Group != 0 && group?.Branch != Input.Branch)
            ModelState.AddModelError("Input.Group", "这个窗口组不在所选大厅");
        if (Input.ToDay < Input.FromDay || Input.ToDay.DayNumber - Input.FromDay.DayNumber > 366)
            ModelState.AddModelError("Input.ToDay", "结束日期不能早于开始日期，最长一年");
        if (Input.FromDay < Beijing.DateOf(clock.GetUtcNow()))
            ModelState.AddModelError("Input.FromDay", "不能早于今天");
        if ((Input.FromTime is null) != (Input.ToTime is null) || Input.FromTime >= Input.ToTime)
            ModelState.AddModelError("Input.ToTime", "两个时间都填，并且先早后晚；都不填就是全天");
        if (Input.Counters is not null && group is null)
            ModelState.AddModelError("Input.Counters", "减少窗口时请选择窗口组");
        return !ModelState.IsValid ? null : new(0, Input.Branch, group?.Id, Input.FromDay, Input.ToDay, Input.FromTime, Input.ToTime, Input.Counters, Input.Reason.Trim());
    }
}

public sealed class ClosureForm
{
    [Required, StringLength(32)]
    public string Branch { get; set; } = "";

    /// <summary>0: the whole hall.</summary>
    public int Group { get; set; }

    [Required, Meant]
    public DateOnly FromDay { get; set; }

    [Required, Meant]
    public DateOnly ToDay { get; set; }

    public TimeOnly? FromTime { get; set; }

    public TimeOnly? ToTime { get; set; }

    [Range(1, 99)]
    public int? Counters { get; set; }

    [Required, StringLength(100)]
    public string Reason { get; set; } = "";
}
