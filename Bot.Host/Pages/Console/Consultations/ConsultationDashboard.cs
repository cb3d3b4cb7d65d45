using System.Globalization;
using Bot.Data.Consultations;
using Bot.Data.Staff;
using Bot.Host.Pages.Console.Home;

namespace Bot.Host.Pages.Console;

/// <summary>What of the consultations waits for staff.</summary>
internal sealed class ConsultationDashboard(IConsultationDesk desk, TimeProvider clock) : IDashboardSource
{
    private const int Rows = 5;

    public bool IsFor(StaffMember person) => person.Is(StaffRole.Editor, StaffRole.NoticeApprover, StaffRole.Administrator);

    public async Task<DashboardPart> ReadAsync(StaffMember person, int days, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var waiting = await desk.WaitingAsync(ct);
        ConsultationRow[] commented = [.. waiting.Where(c => c.Waiting > 0)];
        var (comments, drafts, reports) = (commented.Sum(c => c.Waiting), waiting.Count(c => c.Consultation.SubmittedBy is not null), waiting.Count(c => IsOver(c, now)));
        return new()
        {
            Figures =
            [
                new("征集意见待审核", comments, commented is [var only] ? CommentsPage.WaitingOf(only.Consultation.Id) : ConsultationsPage.Path, comments > 0 ? Tone.Warn : Tone.Plain),
                new("征集待发布", drafts, ConsultationsPage.Path, drafts > 0 ? Tone.Warn : Tone.Plain),
                new("采纳情况待公布", reports, ConsultationsPage.Path, reports > 0 ? Tone.Warn : Tone.Plain),
            ],
            Lists = waiting.Count == 0 ? [] :
            [
                new("等待处理的民意征集", ConsultationsPage.Path, [.. waiting.Take(Rows).Select(c => Row(c, now))], "没有等待处理的征集"),
            ],
        };
    }

    private static bool IsOver(ConsultationRow row, DateTimeOffset now) => row.Consultation.StateAt(now, row.Published) is ConsultationState.Closed;

    // What is most pressing of each, and where it is done.
    private static DashboardRow Row(ConsultationRow row, DateTimeOffset now) =>
        row.Consultation.SubmittedBy is not null ? new(row.Title, ConsultationPage.PathOf(row.Consultation.Id), "待审核发布", Tone.Warn)
        : row.Waiting > 0 ? new(row.Title, CommentsPage.WaitingOf(row.Consultation.Id), string.Create(CultureInfo.InvariantCulture, $"{row.Waiting:N0} 条意见待审核"), Tone.Warn)
        : new(row.Title, ConsultationReportPage.PathOf(row.Consultation.Id), IsOver(row, now) ? "待公布采纳情况" : "", Tone.Warn);
}
