using Bot.Handlers;
using Bot.Handlers.Desk;
using Bot.Handlers.Policies;
using Bot.Handlers.Publishing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Bot.Host.Pages.Public;

/// <summary>One document for citizens, from memory: it is shown while the database is away, too.</summary>
[EnableRateLimiting(PublicPages.RateLimit)]
public sealed class PolicyPage(PolicyLibrary library, NewsLibrary news, AccountProfile account, TimeProvider clock) : PageModel
{
    private const int LongestId = 32;
    private const int MostArticles = 5;

    public DocumentView Document { get; private set; } = null!;

    public string JsonLd => PolicyJsonLd.Write(Document.Policy, account);

    public IActionResult OnGet(string id)
    {
        var shelf = library.Shelf;
        if (!IsId(id) || !shelf.ById.TryGetValue(id, out var policy))
            return NotFound();
        var today = Beijing.DateOf(clock.GetUtcNow());
        var articles = news.Shelf;
        Document = DocumentView.Of(policy, shelf, today) with { Articles = [.. articles.About(id).Take(MostArticles).Select(a => (a, articles.NameOf(a.Content.Column)))] };
        Response.GetTypedHeaders().LastModified = LastChange(Document, today);
        return Page();
    }

    internal static bool IsId(string id) =>
        id.Length is > 0 and <= LongestId && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    // The page also changes when a linked document does, and on the days when the document takes effect and lapses.
    private static DateTimeOffset LastChange(DocumentView document, DateOnly today)
    {
        IEnumerable<DateTimeOffset> changes =
        [
            document.Policy.UpdatedAt,
            .. document.Linked.Select(p => p.UpdatedAt),
            .. document.Articles.Select(a => a.Article.PublishedAt),
            .. new[] { document.Policy.EffectiveOn, document.Policy.LapsesOn }.OfType<DateOnly>().Where(day => day <= today)
                .Select(day => new DateTimeOffset(day, TimeOnly.MinValue, Beijing.Offset)),
        ];
        return changes.Max();
    }
}
