using Bot.Data.Cases;
using Bot.Data.Staff;

namespace Bot.Host.Content;

/// <summary>In demo mode: a suggestion that was adopted, and that its citizen lets others read.</summary>
internal sealed class DemoSuggestion(ICaseCategories categories, ICases cases, ICaseDesk desk) : IDemoPart
{
    private const string Category = "idea-city";
    private const string Department = "chengguan";

    // Filed once, whichever host comes first.
    private static readonly Guid s_run = new("5a6b0000-0000-4000-8000-000000000001");
    private static readonly StaffMember s_centre = new(0, "shouli", "李敏", [StaffRole.Agent], "center");
    private static readonly StaffMember s_officer = new(0, "chengguan", "赵强", [StaffRole.Officer], Department);
    private static readonly StaffMember s_second = new(0, "admin", "王海", [StaffRole.Administrator], "center");

    private static readonly (StaffMember By, CaseAct Act)[] s_acts =
    [
        (s_centre, new CaseAct.Accept()),
        (s_centre, new CaseAct.Dispatch(Department, null)),
        (s_officer, new CaseAct.Take()),
        (s_officer, new CaseAct.Reply("感谢您的建议。我们会同园林部门到现场看了，决定采纳，具体安排另行告诉您。")),
        (s_officer, new CaseAct.Adopt("已采纳。滨海公园等6个公园自本月起早晨5点开门，比原来提前一小时；步道照明同步提前打开，并增加了早间保洁。")),
        (s_centre, new CaseAct.Redact(
            "公园早晨早一小时开门", "夏天早上五点多天就亮了，来锻炼的老人都在公园门口等开门。建议滨海公园早晨提前一小时开门，路灯也早一点打开。",
            "感谢您的建议。我们会同园林部门到现场看了，决定采纳。")),
        (s_second, new CaseAct.Publish()),
    ];

    public async Task LoadAsync(CancellationToken ct)
    {
        if (!(await categories.AllAsync(ct)).Any(c => c is { Code: Category, Department: Department }))
            return;
        var file = await cases.FileAsync(new(
            s_run, null, CaseKind.Suggestion, Category, "夏天早上五点多天就亮了，我们这些来锻炼的老人都在公园门口等开门。建议滨海公园早晨提前一小时开门，路灯也早一点打开。", [],
            null, null, "滨海公园", Anonymous: true, "", Publish: true), ct);
        if (file.State is not CaseState.Filed)
            return;
        foreach (var (by, act) in s_acts)
        {
            if (await desk.ActAsync(file.Number, file.Version, by, act, ct) is not CaseOutcome.Changed changed)
                return;                         // another host is at it
            file = changed.After with { Version = file.Version + 1 };
        }
    }
}
