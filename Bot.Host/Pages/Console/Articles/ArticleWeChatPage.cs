using System.Globalization;
using System.Security.Cryptography;
using Bot.Data.Articles;
using Bot.Data.Staff;
using Bot.Handlers.Publishing;
using Bot.WeChat.Api;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>An article's way to WeChat: preview, publication, mass message, and what became of each.</summary>
[StaffOnly(StaffRole.Editor, StaffRole.NoticeApprover, StaffRole.Administrator)]
public sealed class ArticleWeChatPage(
    IArticleFolder folder, IArticlePushes pushes, PushCheck check, MassQuota quota, ITags tags, TimeProvider clock) : ConsolePage
{
    private const int Codes = 1_000_000;
    private const int Draws = 5;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    public override string Title => "送到微信";

    public override IReadOnlyList<Crumb> Trail => [new("信息发布", ArticlesPage.Path), new(Article.Content.Title, $"{ArticlesPage.Path}/{Id}")];

    [BindProperty(SupportsGet = true)]
    public long Id { get; set; }

    [BindProperty]
    public int Version { get; set; }

    /// <summary>Empty: all followers. What is no number is refused before it comes here.</summary>
    [BindProperty]
    public int? Tag { get; set; }

    public ArticleOnDesk Article { get; private set; } = null!;

    public IReadOnlyList<ArticlePush> Pushes { get; private set; } = [];

    public IReadOnlyList<string> Faults { get; private set; } = [];

    public IReadOnlyList<string> Hints { get; private set; } = [];

    public IReadOnlyList<Tag> Tags { get; private set; } = [];

    public MassUse Use { get; private set; } = null!;

    /// <summary>Somebody at least would receive it.</summary>
    public bool MayMass => IsPublic && Faults.Count == 0 && (Use.FaultOf(null) is null || Tags.Any(t => Use.FaultOf(t.Id) is null));

    /// <summary>Only what the public may read goes out.</summary>
    public bool IsPublic => Article is { State: ArticleState.Published };

    public bool IsMoving => Pushes.Any(p => p.State is not (PushState.Done or PushState.Failed or PushState.Doubtful) && !IsOver(p));

    /// <summary>Nobody sent its code in time.</summary>
    public bool IsOver(ArticlePush push) => push.State is PushState.Asked && clock.GetUtcNow() - push.MadeAt > PreviewCode.Valid;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostPreviewAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct))
            return NotFound();
        if (Faults.Count > 0)
            return Refuse(string.Join('\n', Faults));
        for (var draw = 0; draw < Draws; draw++)
        {
            var code = RandomNumberGenerator.GetInt32(Codes).ToString("D6", CultureInfo.InvariantCulture);
            if (await pushes.OrderAsync(new(Id, Article.Version, PushKind.Preview), code, Me, ct) is PushOrdered.Ordered)
                return GoTo(Here, "预览码已生成，请用自己的微信发给公众号");
        }

        return Refuse("预览码没有生成，请再试一次。");
    }

    public Task<IActionResult> OnPostPublishAsync(CancellationToken ct) => OrderAsync(PushKind.Publish, null, "", "已提交发布，结果会显示在下面", ct);

    public async Task<IActionResult> OnPostMassAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct))
            return NotFound();
        var tag = Tag is { } id ? Tags.FirstOrDefault(t => t.Id == id) : null;
        return Tag is not null && tag is null
            ? Refuse("没有找到这个标签，请重新选择。")
            : await OrderAsync(PushKind.Mass, tag?.Id, tag?.Name ?? "", "已提交群发，结果会显示在下面", ct);
    }

    public async Task<IActionResult> OnPostSettleAsync(long push, bool sent, CancellationToken ct)
    {
        if (!await LoadAsync(ct))
            return NotFound();
        return Pushes.Any(p => p.Id == push) && await pushes.SettleAsync(push, sent, Me, ct)
            ? GoTo(Here, sent ? "已记为发出" : Pushes.First(p => p.Id == push).IsAccepted ? "正在向微信查询" : "将重新发送")
            : Refuse("这一条已经有结果了，请刷新后再看。");
    }

    private string Here => $"{ArticlesPage.Path}/{Id}/wechat";

    private async Task<IActionResult> OrderAsync(PushKind kind, int? tag, string tagName, string done, CancellationToken ct)
    {
        if (Article is null && !await LoadAsync(ct))
            return NotFound();
        if (!IsPublic || Version != Article!.Version)
            return Refuse("只有已经公开的文章才能发布或群发；如果刚被修改过，请刷新后再看。");
        if (await check.FaultsAsync(Article.Content, kind, tag, ct) is { Count: > 0 } faults)
            return Refuse(string.Join('\n', faults));
        return await pushes.OrderAsync(new(Id, Version, kind, tag, tagName), null, Me, ct) switch
        {
            PushOrdered.Ordered => GoTo(Here, done),
            PushOrdered.Already => Refuse(kind is PushKind.Publish ? "这一版已经发布过，或者正在发布。" : "这一版已经群发给这些粉丝，或者正在群发。"),
            _ => NotFound(),
        };
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (await folder.FindAsync(Id, ct) is not { } article)
            return false;
        Article = article;
        Pushes = await pushes.ListAsync(Id, ct);
        Faults = await check.FaultsAsync(article.Content, PushKind.Publish, null, ct);
        Hints = PushCheck.Hints(article.Content);
        Use = await quota.ReadAsync(ct);
        if (IsPublic && !Request.Headers.ContainsKey(StaffAuthentication.Poll))
            Tags = await TagsAsync(ct);
        return true;
    }

    // Without the platform one can still send to all.
    private async Task<IReadOnlyList<Tag>> TagsAsync(CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(s_patience);
        try
        {
            return (await tags.ListAsync(patience.Token)).Value ?? [];
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return [];
        }
    }
}
