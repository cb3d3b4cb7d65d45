using Bot.Data.Policies;
using Bot.Handlers;
using Bot.Handlers.Desk;
using Bot.Handlers.Policies;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Bot.Host.Pages.Public;

/// <summary>One document for citizens, from memory: it is shown while the database is away, too.</summary>
[EnableRateLimiting(PublicPages.RateLimit)]
public sealed class PolicyPage(PolicyLibrary library, AccountProfile account, TimeProvider clock) : PageModel
{
    private const int LongestId = 32;

    public Policy Policy { get; private set; } = null!;

    /// <summary>What took its place; null for none.</summary>
    public Policy? Successor { get; private set; }

    /// <summary>What it took the place of.</summary>
    public IReadOnlyList<Policy> Predecessors { get; private set; } = [];

    /// <summary>What it explains or puts into practice; null for nothing.</summary>
    public Policy? Explained { get; private set; }

    /// <summary>What explains it or puts it into practice.</summary>
    public IReadOnlyList<Policy> Explaining { get; private set; } = [];

    public IReadOnlyList<AttachmentFile> Files { get; private set; } = [];

    /// <summary>Newest first; empty for a document that never changed.</summary>
    public IReadOnlyList<VersionDay> Revisions { get; private set; } = [];

    public Validity Validity { get; private set; }

    public string JsonLd => PolicyJsonLd.Write(Policy, account);

    public IActionResult OnGet(string id)
    {
        var shelf = library.Shelf;
        if (!IsId(id) || !shelf.ById.TryGetValue(id, out var policy))
            return NotFound();
        var today = Beijing.DateOf(clock.GetUtcNow());
        Policy = policy;
        Validity = policy.ValidityOn(today);
        Successor = shelf.ById.GetValueOrDefault(policy.SuccessorId);
        Explained = shelf.ById.GetValueOrDefault(policy.Explains);
        Explaining = [.. shelf.Explaining(id)];
        Files = [.. policy.Attachments.Select(shelf.Files.GetValueOrDefault).OfType<AttachmentFile>()];
        Revisions = [.. shelf.RevisionsOf(id).Reverse()];
        Predecessors = [.. shelf.ById.Values.Where(p => p.SuccessorId == id).OrderBy(p => p.Id, StringComparer.Ordinal)];
        Response.GetTypedHeaders().LastModified = LastChange(today);
        return Page();
    }

    internal static bool IsId(string id) =>
        id.Length is > 0 and <= LongestId && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    // The page also changes when a linked document does, and on the days when the document takes effect and lapses.
    private DateTimeOffset LastChange(DateOnly today)
    {
        IEnumerable<DateTimeOffset> changes =
        [
            Policy.UpdatedAt,
            .. Predecessors.Concat(Explaining).Append(Successor).Append(Explained).OfType<Policy>().Select(p => p.UpdatedAt),
            .. new[] { Policy.EffectiveOn, Policy.LapsesOn }.OfType<DateOnly>().Where(day => day <= today)
                .Select(day => new DateTimeOffset(day, TimeOnly.MinValue, Beijing.Offset)),
        ];
        return changes.Max();
    }
}
