using System.Text.Json;
using System.Text.Json.Serialization;
using Bot.Data.Consultations;
using Bot.Data.Privacy;
using Bot.Data.Staff;
using Bot.Handlers.Language;

namespace Bot.Host.Content;

/// <summary>In demo mode: one consultation that is open, with comments to look at, and one that is over, with its report.</summary>
internal sealed class DemoConsultations(IConsultationDesk desk, IConsultations consultations, ICommentDesk comments, ISensitiveWords listed, TimeProvider clock) : IDemoPart
{
    private static readonly string s_file = Path.Combine(AppContext.BaseDirectory, "Demo", "consultations.json");
    private static readonly StaffMember s_writer = new(0, "system:demo", "演示", [], null);
    private static readonly StaffMember s_second = new(0, "system:demo-second", "演示", [], null);

    public async Task LoadAsync(CancellationToken ct)
    {
        if ((await desk.ListAsync("", 1, 1, ct)).Total > 0)
            return;
        foreach (var entry in JsonSerializer.Deserialize<List<Entry>>(await File.ReadAllTextAsync(s_file, ct), JsonSerializerOptions.Web)!)
        {
            if (await PublishAsync(entry, ct) is not { } id)
                return;                         // another host is at it
            await CommentAsync(id, entry, ct);
            if (entry.Report is { } report)
                await ReportAsync(id, report, ct);
        }
    }

    private async Task<long?> PublishAsync(Entry entry, CancellationToken ct)
    {
        var opens = clock.GetUtcNow().AddDays(-entry.OpenedDaysAgo);
        ConsultationPaper paper = new(entry.Title, entry.Department, entry.Background, opens, opens.AddDays(entry.Days), "", entry.Parts);
        return await desk.SaveAsync(0, 0, paper, s_writer, ct) is ConsultationSaved.Saved saved
            && await desk.SubmitAsync(saved.Id, 1, s_writer, ct) is ConsultationSaved.Saved
            && await desk.PublishAsync(saved.Id, 2, s_second, ct, opens) is ConsultationSaved.Saved ? saved.Id : null;
    }

    private async Task CommentAsync(long id, Entry entry, CancellationToken ct)
    {
        SensitiveWords sensitive = new();
        sensitive.Replace((await listed.AllAsync(ct)).Select(w => w.Word));
        var at = clock.GetUtcNow().AddDays(-entry.OpenedDaysAgo).AddMinutes(1);
        foreach (var said in entry.Comments)
        {
            await consultations.CommentAsync(
                new(id, 1, said.Part, said.Words, CommentWay.Page, null, Guid.NewGuid(), at, [.. sensitive.Find(said.Words).Select(s => s.Word)]), ct);
        }

        Dictionary<long, string> shown = [];
        await foreach (var row in comments.AllAsync(id, ct))
        {
            if (entry.Comments.First(c => c.Words == row.Words).Shown)
                shown[row.Id] = row.Words;
        }

        await comments.ShowAsync(id, shown, s_second, ct);
    }

    private async Task ReportAsync(long id, Report report, CancellationToken ct)
    {
        List<CommentRow> all = [];
        await foreach (var row in comments.AllAsync(id, ct))
            all.Add(row);
        await comments.GroupAsync(id, [.. report.Points.Select(point => new CommentGroup(
            point.Part, null, point.Title, [.. all.Where(c => c.Part == point.Part && point.Words.Any(w => c.Words.Contains(w, StringComparison.Ordinal))).Select(c => c.Id)]))], s_writer, ct);
        foreach (var point in await consultations.PointsAsync(id, ct))
        {
            var answer = report.Points.First(p => p.Title == point.Title);
            await comments.AnswerAsync(id, point.Id, point.Title, answer.Verdict, answer.Answer, s_writer, ct);
        }

        if (await desk.FindAsync(id, ct) is { } draft && await desk.SaveReportAsync(id, draft.Consultation.Revision, report.Words, s_writer, ct) is ConsultationSaved.Saved)
            await desk.PublishReportAsync(id, draft.Consultation.Revision + 1, s_second, ct);
    }

    private sealed record Entry(
        string Title, string Department, string Background, int OpenedDaysAgo, int Days, IReadOnlyList<ConsultationPart> Parts, IReadOnlyList<Said> Comments, Report? Report);

    private sealed record Said(string Part, string Words, bool Shown);

    private sealed record Report(string Words, IReadOnlyList<Point> Points);

    /// <param name="Words">A comment with one of these in it belongs to the point.</param>
    private sealed record Point(string Part, string Title, [property: JsonConverter(typeof(JsonStringEnumConverter<PointVerdict>))] PointVerdict Verdict, string Answer, IReadOnlyList<string> Words);
}
