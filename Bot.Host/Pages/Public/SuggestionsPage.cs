using Bot.Data.Cases;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Bot.Host.Pages.Public;

/// <summary>Suggestions that were adopted, and what came of them, the newest first.</summary>
[EnableRateLimiting(PublicPages.RateLimit)]
public sealed class SuggestionsPage(IPublicCases cases, CaseCatalogue catalogue) : PageModel
{
    private const int PageLength = 20;

    public IReadOnlyList<PublicCase> Cases { get; private set; } = [];

    public long? Next { get; private set; }

    public string DepartmentOf(PublicCase shown) => catalogue.NameOf(shown.Department);

    public async Task OnGetAsync([FromQuery] long? before, CancellationToken ct)
    {
        var found = await cases.ListAsync(new(Adopted: true), before, PageLength + 1, ct);
        Cases = [.. found.Take(PageLength)];
        Next = found.Count > PageLength ? Cases[^1].Id : null;
    }
}
