using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Runtime.CompilerServices;
using Bot.Data.Audit;
using Bot.Data.Consultations;
using Bot.Data.Staff;
using Bot.Handlers;
using Bot.Handlers.Participation.Consultations;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>What citizens said of a draft: looked through before anybody else reads it.</summary>
[StaffOnly(StaffRole.Editor, StaffRole.NoticeApprover, StaffRole.Administrator)]
public sealed class CommentsPage(IConsultationDesk desk, IConsultations consultations, ICommentDesk comments, IAuditLog audit, CommentBox box) : ConsolePage
{
    private const int Size = 30;
    private const int LongestReason = 200;
    private const string Other = "其他";

    public static IReadOnlyList<string> Reasons { get; } =
        [.. LeftOutReasons.All, "含有辱骂或不文明用语", "含有个人信息", "内容涉嫌违法，不宜公开", Other];

    public override string Title => "意见";

    public override string Lead => "公开前逐条审核；姓名、号码、地址和敏感词在公开时自动隐去";

    public override IReadOnlyList<Crumb> Trail => [new("民意征集", ConsultationsPage.Path), new(Draft.Paper.Title, ConsultationPage.PathOf(Draft.Consultation.Id))];

    [BindProperty(SupportsGet = true)]
    public CommentState? State { get; set; }

    /// <summary>A part's key; - for the whole.</summary>
    [BindProperty(SupportsGet = true), StringLength(12)]
    public string? Part { get; set; }

    [BindProperty(SupportsGet = true)]
    public long? Point { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Flagged { get; set; }

    [BindProperty(SupportsGet = true), StringLength(60)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true, Name = "p"), Range(1, 10_000)]
    public int Number { get; set; } = 1;

    public ConsultationDraft Draft { get; private set; } = null!;

    /// <summary>As it was published last.</summary>
    public ConsultationPaper Paper => Draft.Published!.Paper;

    public CommentCounts Counts { get; private set; } = null!;

    public IReadOnlyList<CommentRow> Rows { get; private set; } = [];

    public IReadOnlyList<CommentPoint> Points { get; private set; } = [];

    public Slice List { get; private set; } = null!;

    /// <summary>The report is public: what the public has been told stands.</summary>
    public bool Fixed => Draft.Consultation.ReportPublicAt is not null;

    /// <summary>Where a form posts, with the filters and the page that are shown.</summary>
    public string Act(string handler) => Request.Path + new QueryBuilder(Chosen) { { "handler", handler } }.ToString();

    public static string WaitingOf(long id) => $"{PathOf(id)}?state={CommentState.Waiting}";

    public static string PathOf(long id) => string.Create(CultureInfo.InvariantCulture, $"{ConsultationsPage.Path}/{id}/comments");

    /// <summary>As everybody would read it.</summary>
    public string Public(string words) => box.Open(words);

    public string NameOf(string part) => Paper.NameOf(part) ?? "（已删去的章节）";

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostShowAsync(long id, long[] ids, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        var chosen = await ChosenRowsAsync(id, ids, ct);
        if (chosen.Count == 0)
            return Refuse("请先勾选意见。");
        if (chosen.FirstOrDefault(r => Public(r.Words).Length > NewComment.Longest) is not null)
            return Refuse("隐去个人信息后的文字太长，不能公开。");
        return Acted(await comments.ShowAsync(id, chosen.ToDictionary(r => r.Id, r => Public(r.Words)), Me, ct), chosen.Count, "公开");
    }

    public async Task<IActionResult> OnPostHideAsync(long id, long[] ids, string? reason, string? why, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        var chosen = await ChosenRowsAsync(id, ids, ct);
        if (chosen.Count == 0)
            return Refuse("请先勾选意见。");
        var words = reason == Other ? (why ?? "").Trim() : reason ?? "";
        if (words.Length is < 2 or > LongestReason || (reason != Other && !Reasons.Contains(reason ?? "")))
            return Refuse($"请选择不公开的原因；选“其他”时请写明，最多 {LongestReason} 字。");
        return Acted(await comments.HideAsync(id, [.. chosen.Select(r => r.Id)], words, Me, ct), chosen.Count, "不公开");
    }

    public async Task<IActionResult> OnPostMoveAsync(long id, long comment, long? into, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        return await comments.MoveAsync(id, comment, into, Me, ct) ? GoTo(Here, into is null ? "已移出要点" : "已移到另一个要点") : Refuse("没有移动：采纳情况已经公布，要点属于别的章节，或者有答复的要点会失去最后一条意见（请先收回答复）。");
    }

    public async Task<IActionResult> OnGetExportAsync(long id, string? format, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        await audit.WriteAsync(new(Me.Name, "consultation.export", "consultation", id.ToString(CultureInfo.InvariantCulture)), ct);
        var excel = format == "xlsx";
        Response.ContentType = excel ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"consultation-{id}.{(excel ? "xlsx" : "csv")}\"");
        await TableFile.WriteAsync(["编号", "版本", "章节", "意见", "来源", "时间", "状态", "不公开的原因", "要点"], TableAsync(id, ct), Response.Body, excel, ct);
        return new EmptyResult();
    }

    private async IAsyncEnumerable<object?[]> TableAsync(long id, [EnumeratorCancellation] CancellationToken ct)
    {
        var titles = Points.ToDictionary(p => p.Id, p => p.Title);
        await foreach (var row in comments.AllAsync(id, ct))
        {
            yield return [row.Id, row.Version, NameOf(row.Part), row.Words, ConsultationLabels.Of(row.Way), row.At.ToOffset(Beijing.Offset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                ConsultationLabels.Of(row.State), row.Reason, row.Point is { } point ? titles.GetValueOrDefault(point) : null];
        }
    }

    // Also those that have left the page meanwhile, as new comments came in or a colleague judged some.
    private async Task<IReadOnlyList<CommentRow>> ChosenRowsAsync(long id, long[] ids, CancellationToken ct) =>
        await comments.FindAsync(id, [.. ids.Distinct().Take(Size)], ct);

    private IActionResult Acted(int count, int chosen, string what) =>
        count == chosen ? GoTo(Here, $"{count} 条意见已设为{what}")
        : count > 0 ? GoTo(Here, $"所选 {chosen} 条意见中，{count} 条已设为{what}，其余没有变化")
        : Refuse(Fixed ? "采纳情况已经公布，意见不能再改。要修改，请先撤下采纳情况。" : "没有变化：已经是这样，或者有答复的要点会失去最后一条意见，请先在“归类与采纳情况”里收回答复。");

    private string Here => Request.Path + Chosen.ToString();

    // Filters and page, as they are in the address.
    private QueryBuilder Chosen => new(Request.Query.Where(q => q.Key != "handler"));

    private async Task<bool> LoadAsync(long id, CancellationToken ct)
    {
        if (await desk.FindAsync(id, ct) is not { Published: not null } draft)
            return false;
        (Draft, Counts, Points) = (draft, await consultations.CountAsync(id, ct), await consultations.PointsAsync(id, ct));
        var total = 0;
        if (ModelState.IsValid)
            (Rows, total) = await comments.ListAsync(id, new(State, Part == "-" ? "" : string.IsNullOrEmpty(Part) ? null : Part, Point, Flagged, (Q ?? "").Trim()), Number, Size, ct);
        List = Slice.Of(Request, Number, Size, total);
        return true;
    }
}
