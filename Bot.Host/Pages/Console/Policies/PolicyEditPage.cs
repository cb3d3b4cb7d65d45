using Bot.Data.Policies;
using Bot.Data.Staff;
using Bot.Handlers.Language;
using Bot.Handlers.Policies;
using Bot.Handlers.Publishing;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console.Policies;

/// <summary>Writes a copy of a document, new or published; the public sees nothing of it.</summary>
[StaffOnly(StaffRole.Editor)]
[RequestSizeLimit(MostUploaded)]
[RequestFormLimits(MultipartBodyLengthLimit = MostUploaded)]
public sealed class PolicyEditPage(PolicyLibrary library, IPolicyDrafts drafts, IAttachments attachments, SensitiveWords sensitive) : ConsolePage
{
    public const string Path = "/console/policies/edit";

    private const int MostUploaded = (3 * IAttachments.MostBytes) + (4 << 20);

    public override string Title => Existing ? $"修改：{Input.Title}" : "新建内容";

    public override IReadOnlyList<Crumb> Trail => [new("政策库", PoliciesPage.Path)];

    [BindProperty(SupportsGet = true)]
    public string? Id { get; set; }

    [BindProperty]
    public PolicyInput Input { get; set; } = new();

    /// <summary>Of the copy that is edited; 0 begins one.</summary>
    [BindProperty]
    public int Revision { get; set; }

    [BindProperty]
    public long[] Kept { get; set; } = [];

    [BindProperty]
    public List<IFormFile> Uploads { get; set; } = [];

    public IReadOnlyList<AttachmentFile> Files { get; private set; } = [];

    public IReadOnlyList<string> Categories => [.. library.Shelf.Categories.Select(c => c.Name)];

    public bool Existing => Id is { Length: > 0 };

    // It stands in the address, where the form's own rules do not look.
    private bool IsOdd => Existing && !PolicyInput.IsId(Id!);

    /// <param name="title">Of an entry to begin with, such as a question without an answer.</param>
    public async Task<IActionResult> OnGetAsync(string? title, PolicyType? type, CancellationToken ct)
    {
        if (!Existing)
        {
            Input = new() { Title = title is { Length: <= 100 } ? title : "", Type = type ?? PolicyType.Guide, Aliases = title is { Length: <= 100 } ? title : "" };
            return Page();
        }

        if (IsOdd)
            return NotFound();
        var draft = await drafts.FindAsync(Id!, ct);
        if ((draft?.Content ?? library.Shelf.ById.GetValueOrDefault(Id!)) is not { } policy)
            return NotFound();
        (Input, Revision) = (PolicyInput.Of(policy), draft?.Revision ?? 0);
        Files = await attachments.DescribeAsync(policy.Attachments, ct);
        return Page();
    }

    public async Task<IActionResult> OnPostSaveAsync(CancellationToken ct)
    {
        if (IsOdd)
            return NotFound();
        Files = await attachments.DescribeAsync([.. Kept.Take(IAttachments.MostPerDocument)], ct);
        if (Existing)
            Input.Id = Id;
        foreach (var (field, problem) in Input.Problems(sensitive, library.Shelf.ById.ContainsKey))
            ModelState.AddModelError($"Input.{field}", problem);
        if (!Existing && Input.Id is { } wanted && library.Shelf.ById.ContainsKey(wanted))
            ModelState.AddModelError("Input.Id", "这个编号已经有内容，请在原内容上修改");
        if (Uploads.Count > 0 && Files.Count + Uploads.Count > IAttachments.MostPerDocument)
            ModelState.AddModelError(nameof(Uploads), $"最多 {IAttachments.MostPerDocument} 个附件");
        var added = ModelState.IsValid ? await ReadAsync(ct) : [];
        if (!ModelState.IsValid)
            return Page();

        List<long> files = [.. Files.Select(f => f.Id)];
        foreach (var (name, type, content) in added)
            files.Add(await attachments.AddAsync(name, type, content, Me.Name, ct));
        var saved = await drafts.SaveAsync(Input.ToPolicy(files), Revision, Me.Name, ct);
        return saved is DraftResult.Done ? GoTo(PolicyShowPage.For(Input.Id!), "已保存") : Refuse(PolicyLabels.Why(saved));
    }

    /// <summary>What was pasted, cleaned.</summary>
    [Repeatable]
    public IActionResult OnPostClean(string? html)
    {
        if (html is null or { Length: > PolicyInput.LongestBody })
            return new JsonResult(new { problem = "粘贴的内容太长，请分几次粘贴。" });
        var clean = ArticleHtml.Clean(html);
        return new JsonResult(new { html = clean.Html, dropped = clean.DroppedPictures });
    }

    // All of them are looked at before the first is kept.
    private async Task<List<(string Name, string Type, ReadOnlyMemory<byte> Content)>> ReadAsync(CancellationToken ct)
    {
        List<(string, string, ReadOnlyMemory<byte>)> files = [];
        foreach (var upload in Uploads)
        {
            using MemoryStream content = new();
            await upload.CopyToAsync(content, ct);
            var bytes = content.GetBuffer().AsMemory(0, (int)content.Length);
            var (type, name, fault) = AttachmentTypes.Check(upload.FileName, bytes.Span);
            if (fault is not null)
                ModelState.AddModelError(nameof(Uploads), $"{name}：{fault}");
            files.Add((name, type, bytes));
        }

        return files;
    }
}
