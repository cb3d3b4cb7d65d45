using Bot.Data.Policies;
using Bot.Data.Staff;
using Bot.Handlers.Language;
using Bot.Handlers.Policies.Import;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console.Policies;

/// <summary>Takes in a file of documents whole, or tells each row that is wrong and changes nothing.</summary>
[StaffOnly(StaffRole.Editor)]
[RequestSizeLimit(PolicyImport.MostBytes + (1 << 20))]
[RequestFormLimits(MultipartBodyLengthLimit = PolicyImport.MostBytes + (1 << 20))]
public sealed class PolicyImportPage(IPolicies policies, SensitiveWords sensitive) : ConsolePage
{
    public const string Path = "/console/policies/import";

    /// <summary>Rows shown of those that are wrong.</summary>
    public const int MostShown = 200;

    public override string Title => "导入";

    public override IReadOnlyList<Crumb> Trail => [new("政策库", PoliciesPage.Path)];

    [BindProperty]
    public IFormFile? Upload { get; set; }

    public IReadOnlyList<RowError> Errors { get; private set; } = [];

    public void OnGet()
    {
    }

    public bool MayImport => Me.Is(StaffRole.Administrator);

    [Only(StaffRole.Administrator)]
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Upload is null or { Length: 0 })
            return Refuse("请选择文件。", nameof(Upload));
        using MemoryStream content = new();
        await Upload.CopyToAsync(content, ct);
        var file = PolicyImport.Read(content.GetBuffer().AsMemory(0, (int)content.Length));
        if (file.Fault is { } fault)
            return Refuse(fault, nameof(Upload));
        if (file.Errors.Count > 0)
        {
            Errors = file.Errors;
            return Refuse($"有 {file.Errors.Select(e => e.Row).Distinct().Count()} 行需要修改，没有导入任何内容。改好后请重新上传。");
        }

        if (Sensitive(file.Policies) is { Count: > 0 } words)
            return Refuse($"含有敏感词，没有导入任何内容：{string.Join('；', words)}。", nameof(Upload));
        var changed = await policies.ImportAsync([.. file.Policies.Select(p => p with { IssuedBy = Me.Name })], Me.Name, ct);
        return GoTo(PoliciesPage.Path, $"已导入 {file.Policies.Count} 条，其中 {changed} 条有变化");
    }

    // The first few are enough to begin with.
    private List<string> Sensitive(IReadOnlyCollection<Policy> imported) =>
    [
        .. imported.Select(p => (p.Id, Words: PolicyInput.Of(p).Sensitive(sensitive).SelectMany(found => found.Words).Distinct().Take(3)))
            .Where(p => p.Words.Any()).Select(p => $"{p.Id} “{string.Join('、', p.Words)}”").Take(5),
    ];
}
