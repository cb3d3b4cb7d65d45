using Bot.Data.Policies;
using Bot.Handlers.Policies;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Bot.Host.Pages.Public;

/// <summary>What a version of a published document changed. Who worked on it is the office's business.</summary>
[EnableRateLimiting(PublicPages.RateLimit)]
public sealed class PolicyChangePage(PolicyLibrary library, IPolicies policies) : PageModel
{
    public Policy Policy { get; private set; } = null!;

    /// <summary>All of them, newest first.</summary>
    public IReadOnlyList<VersionDay> Revisions { get; private set; } = [];

    public VersionDay Shown { get; private set; }

    public IReadOnlyList<FieldDiff> Diff { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string id, int version, CancellationToken ct)
    {
        var shelf = library.Shelf;
        if (!PolicyPage.IsId(id) || !shelf.ById.TryGetValue(id, out var policy))
            return NotFound();
        (Policy, Revisions) = (policy, [.. shelf.RevisionsOf(id).Reverse()]);
        if (version < 2 || Revisions.FirstOrDefault(r => r.Version == version) is not { Version: > 0 } shown
            || await policies.VersionAsync(id, version - 1, ct) is not { } before || await policies.VersionAsync(id, version, ct) is not { } after)
            return NotFound();
        (Shown, Diff) = (shown, PolicyDiff.PublicBetween(before, after));
        return Page();
    }
}
