using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>查找: from the field in the frame, to whatever they may see.</summary>
[StaffOnly]
public sealed class SearchPage(Finder finder) : ConsolePage
{
    public const string Path = "/console/search";
    public const int Longest = 128;

    public override string Title => "查找";

    /// <summary>In the address of a link that somebody made; what is looked for from the field, a telephone number perhaps or a name, is posted and stays out of it.</summary>
    [BindProperty(SupportsGet = true)]
    [StringLength(Longest)]
    public string? Q { get; set; }

    public IReadOnlyList<Findings> Found { get; private set; } = [];

    public bool Asked => !string.IsNullOrWhiteSpace(Q);

    public async Task OnGetAsync(CancellationToken ct)
    {
        if (ModelState.IsValid && Asked)
            Found = await finder.SearchAsync(Q!.Trim(), Me, ct);
    }

    [Repeatable]
    public async Task<IActionResult> OnPostFindAsync(CancellationToken ct)
    {
        if (!ModelState.IsValid)
            return Page();
        var asked = (Q ?? "").Trim();
        if (asked.Length > 0 && await finder.StraightAsync(asked, Me, ct) is { } straight)
            return Redirect(straight);
        await OnGetAsync(ct);
        return Page();
    }
}
