using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Bot.Data.Consultations;
using Bot.Data.Staff;
using Bot.Handlers.Participation.Consultations;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>归类与采纳情况: similar comments as points, what was made of each, and the report that the public reads.</summary>
[StaffOnly(StaffRole.Editor, StaffRole.NoticeApprover, StaffRole.Administrator)]
public sealed class ConsultationReportPage(IConsultationDesk desk, IConsultations consultations, ICommentDesk comments, CommentBox box, ConsultationCheck check, TimeProvider clock) : ConsolePage
{
    private const int Size = 50;

    public override string Title => "归类与采纳情况";

    public override string Lead => "相近的意见归成一个要点，逐个写明是否采纳和理由，公布后告诉每一位提意见的市民";

    public override IReadOnlyList<Crumb> Trail => [new("民意征集", ConsultationsPage.Path), new(Draft.Paper.Title, ConsultationPage.PathOf(Draft.Consultation.Id))];

    public ConsultationDraft Draft { get; private set; } = null!;

    public Consultation Consultation => Draft.Consultation;

    public ConsultationPaper Paper => Draft.Published!.Paper;

    public CommentCounts Counts { get; private set; } = null!;

    public IReadOnlyList<CommentPoint> Points { get; private set; } = [];

    /// <summary>Those of this page of the list, by part.</summary>
    public IReadOnlyList<CommentPoint> Shown { get; private set; } = [];

    [BindProperty(SupportsGet = true, Name = "p"), Range(1, 1000)]
    public int Number { get; set; } = 1;

    public Slice List { get; private set; } = null!;

    public ConsultationState State => Consultation.StateAt(clock.GetUtcNow(), Paper);

    public bool IsPublic => Consultation.ReportPublicAt is not null;

    public int Unanswered => Points.Count(p => p.Verdict is null);

    public bool MayPublish => State is ConsultationState.Closed && Counts.Waiting == 0 && Counts.Ungrouped == 0 && Unanswered == 0 && Consultation.Report.Length > 0;

    [BindProperty]
    public PointForm Input { get; set; } = new();

    public static string PathOf(long id) => string.Create(CultureInfo.InvariantCulture, $"{ConsultationsPage.Path}/{id}/report");

    public string NameOf(string part) => Paper.NameOf(part) ?? "（已删去的章节）";

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct)
    {
        ModelState.Clear();
        return await LoadAsync(id, ct) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostGroupAsync(long id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        List<CommentRow> all = [];
        await foreach (var row in comments.AllAsync(id, ct))
        {
            if (!row.LeftOut)
                all.Add(row with { Words = box.Open(row.Words) });           // a point is called by words that everybody may read
        }

        var grouped = await comments.GroupAsync(id, CommentGrouping.Propose(all), Me, ct);
        return GoTo(PathOf(id), grouped > 0 ? $"{grouped} 条意见已归类，请核对要点" : "没有需要归类的意见");
    }

    public async Task<IActionResult> OnPostAnswerAsync(long id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        if (!ModelState.IsValid || Input.Verdict is not { } verdict)
            return Refuse("请填写要点、采纳情况和理由。");
        if (check.Listed(Input.Title, Input.Answer) is { Length: > 0 } listed)
            return Refuse($"文中有敏感词：{listed}，公开前请修改。");
        return await comments.AnswerAsync(id, Input.Id, Input.Title.Trim(), verdict, Input.Answer.ReplaceLineEndings("\n").Trim(), Me, ct)
            ? GoTo(Back(id, Input.Id), "已保存") : Refuse("没有保存：要点已经合并，或采纳情况已经公布。");
    }

    public async Task<IActionResult> OnPostMergeAsync(long id, long point, long into, CancellationToken ct)
    {
        ModelState.Clear();
        if (!await LoadAsync(id, ct))
            return NotFound();
        return await comments.MergeAsync(id, point, into, Me, ct) ? GoTo(Back(id, into), "已合并") : Refuse("没有合并：有答复的要点请先收回答复；要点已经不在、属于别的章节或采纳情况已经公布时，也不能合并。");
    }

    public async Task<IActionResult> OnPostTakeBackAsync(long id, long point, CancellationToken ct)
    {
        ModelState.Clear();
        if (!await LoadAsync(id, ct))
            return NotFound();
        return await comments.TakeBackAsync(id, point, Me, ct) ? GoTo(Back(id, point), "已收回答复") : Refuse("没有收回：要点没有答复，或采纳情况已经公布。");
    }

    public async Task<IActionResult> OnPostSaveAsync(long id, int revision, string? report, CancellationToken ct)
    {
        ModelState.Clear();
        if (!await LoadAsync(id, ct))
            return NotFound();
        var words = (report ?? "").ReplaceLineEndings("\n").Trim();
        if (words.Length is 0 or > Consultation.LongestReport)
            return Refuse($"请写明总体情况，最多 {Consultation.LongestReport} 字。");
        if (check.Listed(words) is { Length: > 0 } listed)
            return Refuse($"文中有敏感词：{listed}，公开前请修改。");
        return await SavedAsync(id, desk.SaveReportAsync(id, revision, words, Me, ct), "已保存");
    }

    public async Task<IActionResult> OnPostPublishAsync(long id, int revision, CancellationToken ct)
    {
        ModelState.Clear();
        if (!await LoadAsync(id, ct))
            return NotFound();
        if (State is not ConsultationState.Closed)
            return Refuse("征集截止后才能公布采纳情况。");
        return MayPublish ? await SavedAsync(id, desk.PublishReportAsync(id, revision, Me, ct), "已公布，正在告诉提意见的市民") : Refuse("还有意见没有审核或归类，或者有要点没有写明采纳情况。");
    }

    public async Task<IActionResult> OnPostWithdrawAsync(long id, CancellationToken ct)
    {
        ModelState.Clear();
        return await LoadAsync(id, ct) ? await SavedAsync(id, desk.WithdrawReportAsync(id, Me, ct), "已撤下，可以修改；再公布时不会重复告诉市民") : NotFound();
    }

    private async Task<IActionResult> SavedAsync(long id, Task<ConsultationSaved> act, string done) => await act switch
    {
        ConsultationSaved.Saved => GoTo(PathOf(id), done),
        ConsultationSaved.Unfinished => Refuse("还有意见没有审核或归类，或者有要点没有写明采纳情况。"),
        _ => Refuse("刚被他人修改，或者状态已经变了，请刷新后重试。"),
    };

    private async Task<bool> LoadAsync(long id, CancellationToken ct)
    {
        if (await desk.FindAsync(id, ct) is not { Published: not null } draft)
            return false;
        (Draft, Counts, Points) = (draft, await consultations.CountAsync(id, ct), await consultations.PointsAsync(id, ct));
        var parts = Paper.Parts.Index().ToDictionary(p => p.Item.Key, p => p.Index);
        Shown = [.. Points.OrderBy(p => parts.GetValueOrDefault(p.Part, -1)).ThenByDescending(p => p.Comments).Skip((Number - 1) * Size).Take(Size)];
        List = Slice.Of(Request, Number, Size, Points.Count);
        return true;
    }

    private string Back(long id, long point) => Number > 1 ? $"{PathOf(id)}?p={Number}#point-{point}" : $"{PathOf(id)}#point-{point}";
}

public sealed class PointForm
{
    public long Id { get; set; }

    [Required, StringLength(CommentPoint.LongestTitle)]
    public string Title { get; set; } = "";

    public PointVerdict? Verdict { get; set; }

    [Required, StringLength(CommentPoint.LongestAnswer)]
    public string Answer { get; set; } = "";
}
