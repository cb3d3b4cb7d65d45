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

    /// <summary>In the address only where it cannot be a citizen's openid.</summary>
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
        if (!Finder.MayBeOpenId(asked))
            return Redirect(asked.Length == 0 ? Path : $"{Path}?q={Uri.EscapeDataString(asked)}");
        Found = await finder.SearchAsync(asked, Me, ct);
        return Page();
    }
}
