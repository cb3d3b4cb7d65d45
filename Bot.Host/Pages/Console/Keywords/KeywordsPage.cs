using System.ComponentModel.DataAnnotations;
using Bot.Data.Keywords;
using Bot.Data.Staff;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>关键词回复: the office's own answers, which come before the policy search.</summary>
[StaffOnly(StaffRole.Editor, StaffRole.Administrator)]
public sealed class KeywordsPage(IKeywordReplies keywords) : ConsolePage
{
    public const string Path = "/console/keywords";
    private const int Size = 30;

    public override string Title => "关键词回复";

    public override string Lead => "公众发来这些词时，先回复这里写好的内容；保存后两秒内生效";

    [BindProperty(SupportsGet = true)]
    [StringLength(64)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true, Name = "p")]
    [Range(1, 1000)]
    public int Number { get; set; } = 1;

    public IReadOnlyList<KeywordRule> Rules { get; private set; } = [];

    public Slice List { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken ct)
    {
        var total = 0;
        if (ModelState.IsValid)
            (Rules, total) = await keywords.ListAsync((Q ?? "").Trim(), Number, Size, ct);
        List = Slice.Of(Request, Number, Size, total);
    }
}
