using System.ComponentModel.DataAnnotations;
using Bot.Data.Articles;
using Bot.Data.Staff;
using Bot.Handlers;
using Bot.Handlers.Desk;
using Bot.Handlers.Language;
using Bot.Handlers.Publishing;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>One article: how it will look, who did what, and the next step.</summary>
[StaffOnly(StaffRole.Editor, StaffRole.NoticeApprover, StaffRole.Administrator)]
public sealed class ArticlePage(
    IArticleDesk desk, IArticleFolder folder, IArticleColumns columns, IArticleFiles files, SensitiveWords sensitive, AccountProfile account,
    TimeProvider clock) : ConsolePage
{
    private const int ShortestReason = 2;
    private const int LongestReason = 200;

    public override string Title => Article.Content.Title;

    public override IReadOnlyList<Crumb> Trail => [new("信息发布", ArticlesPage.Path)];

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    /// <summary>The version that the person saw.</summary>
    [BindProperty]
    public int Version { get; set; }

    [BindProperty, StringLength(LongestReason)]
    public string? Words { get; set; }

    [BindProperty, Told]
    public DateTime? PublishAt { get; set; }

    public ArticleOnDesk Article { get; private set; } = null!;

    public string Column { get; private set; } = "";

    public IReadOnlyList<ArticleStep> Steps { get; private set; } = [];

    public IReadOnlyList<ArticleFile> Attachments { get; private set; } = [];

    public string Account => account.Name;

    public DateTimeOffset Now => clock.GetUtcNow().ToOffset(Beijing.Offset);

    public bool MayEdit => Me.Is(StaffRole.Editor) && Article.State is ArticleState.Draft or ArticleState.Published or ArticleState.Withdrawn;

    public bool MayApprove => Article.State is ArticleState.Review && Me.Name != Article.Editor;

    public bool MaySign => Article.State is ArticleState.Signing && Me.Name != Article.Editor && Me.Name != Article.Reviewer;

    public bool MayRecall => Article.State is ArticleState.Review or ArticleState.Signing or ArticleState.Scheduled && (Me.Name == Article.Editor || Me.Is(StaffRole.Administrator));

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : NotFound();

    [Only(StaffRole.Editor)]
    public Task<IActionResult> OnPostSubmitAsync(CancellationToken ct) => StepAsync(ArticleAct.Submit, "已送审", ct);

    public Task<IActionResult> OnPostRecallAsync(CancellationToken ct) => StepAsync(ArticleAct.Recall, "已撤回，可以修改了", ct);

    public Task<IActionResult> OnPostApproveAsync(CancellationToken ct) => StepAsync(ArticleAct.Approve, "审核通过，等待签发", ct);

    public async Task<IActionResult> OnPostSignAsync(CancellationToken ct)
    {
        var at = Beijing.Meant(PublishAt);
        if (ModelState.IsValid && (PublishAt is null || at <= Now.AddYears(1)))
            return await StepAsync(ArticleAct.Sign, at is null || at <= Now ? "已签发，马上公开" : "已签发，到时间自动公开", ct, at);
        ModelState.Remove(nameof(PublishAt));
        return await LoadAsync(ct) ? Refuse("没有签发：公开时间请填写一年之内的时间，不填就马上公开。", nameof(PublishAt)) : NotFound();
    }

    public Task<IActionResult> OnPostReturnAsync(CancellationToken ct) => StepAsync(ArticleAct.Return, "已退回编辑", ct);

    public async Task<IActionResult> OnPostWithdrawAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct))
            return NotFound();
        if (Reason is null)
            return Refuse("请写明撤下的原因（2 到 200 字），公开页面会显示。");
        return await desk.WithdrawAsync(Id, Me, Reason, ct) is StepTaken.Done
            ? GoTo($"{ArticlesPage.Path}/{Id}", "已撤下，公开页面显示原因；公众号里的文章会一并删除")
            : Refuse("文章已经不在公开状态，请刷新后再看。");
    }

    private string? Reason => Words?.Trim() is { Length: >= ShortestReason and <= LongestReason } reason ? reason : null;

    private async Task<IActionResult> StepAsync(ArticleAct act, string done, CancellationToken ct, DateTimeOffset? at = null)
    {
        if (!await LoadAsync(ct))
            return NotFound();
        if (act is ArticleAct.Recall && !MayRecall || act is ArticleAct.Return && !MayApprove && !MaySign)
            return Refuse("这一步由编辑本人、审核或签发的同事来做。");
        if (act is ArticleAct.Return && Reason is null)
            return Refuse("请写明退回的原因（2 到 200 字），编辑会看到。");
        if (act is ArticleAct.Submit && Article.Content.Words.Length == 0)
            return Refuse("正文是空的，写好再送审。");
        if (act is ArticleAct.Submit && sensitive.Find($"{Article.Content.Title}\n{Article.Content.Digest}\n{Article.Content.Words}") is { Count: > 0 } found)
            return Refuse($"文中有敏感词：{string.Join('、', found.Select(spot => spot.Word).Distinct())}。请修改后再送审。");
        return await desk.StepAsync(Id, Version, act, Me, Reason ?? "", at, ct) switch
        {
            StepTaken.Done => GoTo($"{ArticlesPage.Path}/{Id}", done),
            StepTaken.SamePerson => Refuse("编辑、审核、签发必须是三个不同的人，这一步请其他同事来做。"),
            StepTaken.ChangedMeanwhile => Refuse("文章刚被他人处理或修改过，请刷新后再看。"),
            StepTaken.Unknown => NotFound(),
        };
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (await folder.FindAsync(Id, ct) is not { } article)
            return false;
        Article = article;
        Column = (await columns.AllAsync(ct)).FirstOrDefault(c => c.Code == article.Content.Column)?.Name ?? "";
        Steps = await folder.StepsAsync(Id, ct);
        Attachments = await files.DescribeAsync(article.Content.Attachments, ct);
        return true;
    }

    /// <summary>As the platform shows it; its own pictures come only when it is sent there.</summary>
    public string WeChatBody => WeChatArticle.Content(Article.Content, NewsAddress.OfFile);
}
