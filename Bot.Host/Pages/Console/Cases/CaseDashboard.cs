using System.Globalization;
using Bot.Data.Cases;
using Bot.Data.Staff;
using Bot.Handlers;
using Bot.Host.Pages.Console.Home;

namespace Bot.Host.Pages.Console.Cases;

/// <summary>Cases on the 工作台: what waits, and what is late.</summary>
internal sealed class CaseDashboard(ICaseDesk desk, ICaseFigures figures, TimeProvider clock) : IDashboardSource
{
    private const int Rows = 6;

    // What came in a month is tens of thousands in a big city; once a minute is often enough. By whose they are.
    private readonly Kept<(string? Department, int Days), DashboardChart> _charts = new(TimeSpan.FromMinutes(1), clock);

    public bool IsFor(StaffMember person) => person.Is(StaffRole.Administrator, StaffRole.Agent, StaffRole.Officer);

    public async Task<DashboardPart> ReadAsync(StaffMember person, int days, CancellationToken ct)
    {
        var counts = await desk.CountAsync(person, ct);
        var now = clock.GetUtcNow();
        var urgent = await desk.ListAsync(new(CaseView.Open, CaseOrder.Due, Limit: Rows), person, ct);
        return new()
        {
            Charts = [await _charts.GetAsync((CaseRules.IsCentre(person) ? null : person.Department, days), () => ChartAsync(person, days))],
            Figures =
            [
                .. Figure("待受理工单", CaseView.Inbox, Tone.Info), .. Figure("在办工单", CaseView.Open, Tone.Plain), .. Figure("将超期与已超期工单", CaseView.Urgent, Tone.Bad),
                .. Figure("待回访工单", CaseView.CallBack, Tone.Warn), .. Figure("工单答复、延期待审核", CaseView.Waiting, Tone.Warn),
                .. Figure("建议和工单待公开", CaseView.ToPublish, Tone.Warn),
            ],
            Lists =
            [
                new("最急的工单", CasesPage.Path,
                    [.. urgent.Cases.Select(c => Row(c, now))],
                    "没有在办的工单。"),
            ],
        };

        async Task<DashboardChart> ChartAsync(StaffMember of, int length)
        {
            var today = Beijing.DateOf(clock.GetUtcNow());
            var counted = await figures.ReadAsync(today.AddDays(1 - length), today, of, CancellationToken.None);
            var filed = counted.By[CaseGrouping.Day].ToDictionary(f => f.Key);
            DateOnly[] dates = [.. Enumerable.Range(1 - length, length).Select(today.AddDays)];
            var found = dates.Select(d => filed.GetValueOrDefault(d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))).ToArray();
            return new(counted.Whole ? "每日收到的工单" : "每日收到的工单（升级后正在补算，暂不完整）", "line", [.. dates.Select(d => d.ToString("M-d", CultureInfo.InvariantCulture))],
                [new("收到", [.. found.Select(f => (long)(f?.Filed ?? 0))]), new("其中已答复", [.. found.Select(f => (long)(f?.Answered ?? 0))])]);
        }

        DashboardFigure[] Figure(string label, CaseView view, Tone tone) =>
            counts.TryGetValue(view, out var count) ? [new(label, count, $"{CasesPage.Path}?view={view}", count > 0 ? tone : Tone.Plain)] : [];
    }

    private static DashboardRow Row(CaseFile file, DateTimeOffset now)
    {
        var urgency = CaseDesk.Urgency(file, now);
        return new(CaseDesk.Excerpt(file.Story, 40), $"{CasesPage.Path}/{file.Number}", urgency?.Words ?? $"{CaseDesk.By(file, now)}前",
            urgency switch { null => Tone.Plain, (_, "bad") => Tone.Bad, _ => Tone.Warn });
    }
}
