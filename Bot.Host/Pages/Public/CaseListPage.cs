using Bot.Data.Cases;
using Bot.Data.Numbers;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Bot.Host.Pages.Public;

/// <summary>Cases that became public, the newest first.</summary>
[EnableRateLimiting(PublicPages.RateLimit)]
public sealed class CaseListPage(IPublicCases cases, CaseCatalogue catalogue) : PageModel
{
    private const int PageLength = 20;

    public IReadOnlyList<PublicCase> Cases { get; private set; } = [];

    public long? Next { get; private set; }

    public string CategoryOf(PublicCase shown) => catalogue.Find(shown.Category)?.Name ?? "";

    public async Task OnGetAsync([FromQuery] long? before, CancellationToken ct)
    {
        var found = await cases.ListAsync(new(), before, PageLength + 1, ct);
        Cases = [.. found.Take(PageLength)];
        Next = found.Count > PageLength ? Cases[^1].Id : null;
    }
}

/// <summary>One public case: what was filed, what was answered, and how long it took.</summary>
[EnableRateLimiting(PublicPages.RateLimit)]
public sealed class PublicCasePage(IPublicCases cases, CaseCatalogue catalogue) : PageModel
{
    public PublicCase Case { get; private set; } = null!;

    public string Category => catalogue.Find(Case.Category)?.Name ?? "";

    public string Department => catalogue.NameOf(Case.Department);

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken ct)
    {
        if (PublicNumber.TryParse(number) is not { } read || await cases.FindAsync(read.Text, ct) is not { } found)
            return NotFound();
        Case = found;
        return Page();
    }
}
