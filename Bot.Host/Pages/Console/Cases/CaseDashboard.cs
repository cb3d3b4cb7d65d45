using Bot.Data.Cases;
using Bot.Data.Staff;
using Bot.Handlers.Complaints;
using Bot.Host.Pages.Console.Home;

namespace Bot.Host.Pages.Console.Cases;

/// <summary>Cases on the 工作台: what waits, and what is late.</summary>
internal sealed class CaseDashboard(ICaseDesk desk) : IDashboardSource
{
    private const int Rows = 6;

    public bool IsFor(StaffMember person) => person.Is(StaffRole.Administrator, StaffRole.Agent, StaffRole.Officer);

    public async Task<DashboardPart> ReadAsync(StaffMember person, int days, CancellationToken ct)
    {
        var counts = await desk.CountAsync(person, ct);
        var urgent = await desk.ListAsync(new(CaseView.Open, CaseOrder.Due, Limit: Rows), person, ct);
        return new()
        {
            Figures =
            [
                .. Figure("待受理工单", CaseView.Inbox, Tone.Info), .. Figure("在办工单", CaseView.Open, Tone.Plain), .. Figure("将超期与已超期工单", CaseView.Urgent, Tone.Bad),
                .. Figure("待回访工单", CaseView.CallBack, Tone.Warn), .. Figure("工单答复、延期待审核", CaseView.Waiting, Tone.Warn),
                .. Figure("建议和工单待公开", CaseView.ToPublish, Tone.Warn),
            ],
            Lists =
            [
                new("最急的工单", CasesPage.Path,
                    [.. urgent.Cases.Select(c => new DashboardRow(
                        CaseDesk.Excerpt(c.Story, 40), $"{CasesPage.Path}/{c.Number}", $"{CaseDates.By(c.AnswerBy)}前", c.Escalation == 2 ? Tone.Bad : Tone.Plain))],
                    "没有在办的工单。"),
            ],
        };

        DashboardFigure[] Figure(string label, CaseView view, Tone tone) =>
            counts.TryGetValue(view, out var count) ? [new(label, count, $"{CasesPage.Path}?view={view}", count > 0 ? tone : Tone.Plain)] : [];
    }
}
