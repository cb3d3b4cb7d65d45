using Bot.Data.Articles;
using Bot.Data.Staff;
using Bot.Handlers;
using Bot.Handlers.Policies;
using Bot.Handlers.Publishing;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>写文章: a new one, or a new version of one.</summary>
[StaffOnly(StaffRole.Editor)]
public sealed class ArticleEditPage(
    IArticleDesk desk, IArticleFolder folder, IArticleColumns columns, IArticleFiles files, PolicyLibrary policies, TimeProvider clock) : ConsolePage
{
    public override string Title => Id is null ? "写文章" : "修改文章";

    public override IReadOnlyList<Crumb> Trail => Id is { } id
        ? [new("信息发布", ArticlesPage.Path), new(Input.Title.Length > 0 ? Input.Title : "文章", $"{ArticlesPage.Path}/{id}")]
        : [new("信息发布", ArticlesPage.Path)];

    [BindProperty(SupportsGet = true)]
    public long? Id { get; set; }

    /// <summary>The version that was opened; 0 for a new article.</summary>
    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public ArticleInput Input { get; set; } = new();

    public IReadOnlyList<ArticleColumn> Columns { get; private set; } = [];

    public IReadOnlyList<ArticleFile> Attachments { get; private set; } = [];

    /// <summary>It was public before: what is corrected must be said.</summary>
    public bool IsCorrection { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (Id is { } id)
        {
            if (await folder.FindAsync(id, ct) is not { } article)
                return NotFound();
            if (article.State is ArticleState.Review or ArticleState.Signing or ArticleState.Scheduled)
                return GoTo($"{ArticlesPage.Path}/{id}", $"文章{ArticleWords.Of(article.State)}，请先撤回送审再修改");
            (Input, Version) = (ArticleInput.Of(article.Content), article.Version);
            if (article.PublishedVersion == article.Version)
                Input.Correction = "";
        }
        else
        {
            Input.MadeOn = Beijing.DateOf(clock.GetUtcNow());
        }

        await LoadAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostSaveAsync(CancellationToken ct)
    {
        await LoadAsync(ct);
        var clean = ArticleHtml.Clean(Input.Body ?? "");
        Input.Body = NewsAddress.ForDesk(clean.Html);
        await CheckAsync(clean, ct);
        if (!ModelState.IsValid)
            return Page();
        return await desk.SaveAsync(Id, Version, Input.ToContent(clean), Me, ct) switch
        {
            ArticleSaved.Kept kept => GoTo($"{ArticlesPage.Path}/{kept.Id}", clean.DroppedPictures == 0
                ? "已保存"
                : $"已保存。有 {clean.DroppedPictures} 张图片来自别处，没有带入，请用“图片”按钮上传"),
            ArticleSaved.NotNow now => Refuse($"文章{ArticleWords.Of(now.State)}，现在不能修改。请先撤回送审。"),
            ArticleSaved.ChangedMeanwhile => Refuse("这篇文章刚被他人修改过。您写的内容还在下面，请先复制，再重新打开这一页修改。"),
            _ => NotFound(),
        };
    }

    /// <summary>What was pasted, cleaned.</summary>
    [Repeatable]
    public IActionResult OnPostClean(string? html)
    {
        if (html is null or { Length: > 2 * ArticleContent.LongestBody })
            return new JsonResult(new { problem = "粘贴的内容太长，请分几次粘贴。" });
        var clean = ArticleHtml.Clean(html);
        return new JsonResult(new { html = NewsAddress.ForDesk(clean.Html), dropped = clean.DroppedPictures });
    }

    // The same picture again is the same picture: it may be sent any number of times.
    [Repeatable]
    public async Task<IActionResult> OnPostPictureAsync(IFormFile? file, CancellationToken ct)
    {
        if (await ContentOfAsync(file, ct) is not { } content)
            return new JsonResult(new { problem = "没有收到图片，请重新选择。" });
        var read = await ArticlePictures.ReadAsync(content, ct);
        if (read is not PictureRead.Kept kept)
            return new JsonResult(new { problem = ((PictureRead.Refused)read).Words });
        var name = file!.FileName.Length is > 0 and <= 120 ? file.FileName : "图片";
        var added = await files.AddAsync(name, kept.Type, kept.Content, kept.Width, kept.Height, Me.Name, ct);
        return new JsonResult(new { id = added.Id, url = NewsAddress.OfDeskFile(added.Id), name = added.Name });
    }

    [Repeatable]
    public async Task<IActionResult> OnPostAttachmentAsync(IFormFile? file, CancellationToken ct)
    {
        if (await ContentOfAsync(file, ct) is not { } content)
            return new JsonResult(new { problem = "没有收到文件，请重新选择。" });
        var (type, name, fault) = AttachmentTypes.Check(file!.FileName, content, ArticlePictures.LargestUpload);
        if (fault is not null)
            return new JsonResult(new { problem = fault });
        var added = await files.AddAsync(name, type, content, null, null, Me.Name, ct);
        return new JsonResult(new { id = added.Id, url = NewsAddress.OfDeskFile(added.Id), name = added.Name });
    }

    private static async Task<byte[]?> ContentOfAsync(IFormFile? file, CancellationToken ct)
    {
        if (file is null or { Length: 0 })
            return null;
        using var content = new MemoryStream((int)file.Length);
        await file.CopyToAsync(content, ct);
        return content.ToArray();
    }

    private async Task CheckAsync(CleanHtml clean, CancellationToken ct)
    {
        if (Columns.All(c => c.Code != Input.Column))
            ModelState.AddModelError("Input.Column", "请选择栏目");
        if (ArticleInput.Plain(Input.Title).Length == 0)
            ModelState.AddModelError("Input.Title", "请填写标题");
        if (clean.Html.Length > ArticleContent.LongestBody)
            ModelState.AddModelError("Input.Body", "正文太长，请精简，或把长表格放进附件");
        if (Input.PolicyIds is { Length: > ArticleContent.MostPolicies })
            ModelState.AddModelError("Input.Policies", $"最多关联 {ArticleContent.MostPolicies} 项");
        else if (Input.PolicyIds.FirstOrDefault(id => !policies.Shelf.ById.ContainsKey(id)) is { } stranger)
            ModelState.AddModelError("Input.Policies", $"政策库里没有编号为“{stranger}”的内容");
        if (Input.Attachments.Count > ArticleContent.MostAttachments)
            ModelState.AddModelError("Input.Attachments", $"最多 {ArticleContent.MostAttachments} 个附件");
        else if (Attachments.Count < Input.Attachments.Distinct().Count())
            ModelState.AddModelError("Input.Attachments", "有附件已经找不到，请重新上传");
        if (!string.IsNullOrEmpty(Input.Cover) && (await files.DescribeAsync([Input.Cover], ct)).Count == 0)
            ModelState.AddModelError("Input.Cover", "封面图已经找不到，请重新上传");
        if (IsCorrection && ArticleInput.Plain(Input.Correction).Length == 0)
            ModelState.AddModelError("Input.Correction", "这篇文章发布过，请说明更正了什么，公开页面会显示");
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        Columns = [.. (await columns.AllAsync(ct)).Where(c => c.Active || c.Code == Input.Column)];
        Attachments = await files.DescribeAsync([.. Input.Attachments.Distinct()], ct);
        IsCorrection = Id is { } id && await folder.FindAsync(id, ct) is { PublishedVersion: not null };
    }
}
