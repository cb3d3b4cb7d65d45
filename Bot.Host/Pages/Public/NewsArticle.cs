using Bot.Data.Articles;
using Bot.Data.Policies;
using Bot.Handlers;
using Bot.Handlers.Desk;
using Bot.Handlers.Policies;
using Bot.Handlers.Publishing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Bot.Host.Pages.Public;

/// <summary>One article for citizens. What was withdrawn says so, and why.</summary>
[EnableRateLimiting(PublicPages.RateLimit)]
public sealed class NewsArticle(
    IArticles articles, IArticleFiles files, NewsLibrary library, PolicyLibrary policies, AccountProfile account, TimeProvider clock) : PageModel
{
    public PublicArticle Article { get; private set; } = null!;

    public string Column { get; private set; } = "";

    public DateOnly Today { get; } = Beijing.DateOf(clock.GetUtcNow());

    public IReadOnlyList<ArticleFile> Attachments { get; private set; } = [];

    public IReadOnlyList<Policy> Related { get; private set; } = [];

    public string JsonLd => NewsJsonLd.Write(Article, Column, account);

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct)
    {
        if (await articles.FindAsync(id, ct) is not { } article)
            return NotFound();
        Article = article;
        Column = library.Shelf.NameOf(article.Content.Column);
        if (article.Withdrawn is not null)
            Response.StatusCode = StatusCodes.Status410Gone;
        else
        {
            Attachments = await files.DescribeAsync(article.Content.Attachments, ct);
            Related = [.. article.Content.Policies.Select(policies.Shelf.ById.GetValueOrDefault).OfType<Policy>()];
        }

        return Page();
    }
}
