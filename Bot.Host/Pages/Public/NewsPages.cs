using System.Collections.Immutable;
using Bot.Data.Articles;
using Bot.Handlers;
using Bot.Handlers.Policies.Search;
using Bot.Handlers.Publishing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Bot.Host.Pages.Public;

/// <summary>What was published, newest first, in all columns or one; or what answers a question.</summary>
[EnableRateLimiting(PublicPages.RateLimit)]
public sealed class NewsPages(NewsLibrary library, TimeProvider clock) : PageModel
{
    public const int LongestQuestion = PolicyList.LongestQuestion;

    private const int Rows = 20;
    private const int MostFound = 30;

    public DateOnly Today { get; } = Beijing.DateOf(clock.GetUtcNow());

    public ImmutableArray<ArticleColumn> Columns { get; private set; } = [];

    /// <summary>Null: all of them.</summary>
    public ArticleColumn? Column { get; private set; }

    public string Question { get; private set; } = "";

    public IReadOnlyList<PublicArticle> Articles { get; private set; } = [];

    /// <summary>From 1.</summary>
    public int Number { get; private set; } = 1;

    public int Pages { get; private set; } = 1;

    public IActionResult OnGet([FromQuery(Name = "column")] string? column, [FromQuery(Name = "q")] string? question, [FromQuery(Name = "page")] int number = 1)
    {
        var shelf = library.Shelf;
        Columns = [.. shelf.Columns.Where(c => c.Active || shelf.In(c.Code).Length > 0)];
        if (!string.IsNullOrEmpty(column) && (Column = Columns.FirstOrDefault(c => c.Code == column)) is null)
            return NotFound();
        Question = question?.Trim() ?? "";
        if (Question.Length > LongestQuestion)
            Question = Question[..LongestQuestion];
        if (Question.Length > 0)
        {
            Articles = [.. shelf.Find(Question, PolicyIndex.MaxHits).Select(found => found.Article).Where(a => Column is null || a.Content.Column == Column.Code).Take(MostFound)];
            return Page();
        }

        var all = shelf.In(Column?.Code ?? "");
        Pages = Math.Max(1, (all.Length + Rows - 1) / Rows);
        Number = Math.Clamp(number, 1, Pages);
        Articles = [.. all.Skip((Number - 1) * Rows).Take(Rows)];
        return Page();
    }

    /// <summary>What is asked, in another column; null for all.</summary>
    public string Among(ArticleColumn? column) => (column, Question) switch
    {
        (null, "") => "/news",
        (null, _) => $"/news?q={Uri.EscapeDataString(Question)}",
        (_, "") => $"/news?column={column.Code}",
        _ => $"/news?column={column.Code}&q={Uri.EscapeDataString(Question)}",
    };

    public string Address(int number) => (Column, number) switch
    {
        (null, 1) => "/news",
        (null, _) => $"/news?page={number}",
        ({ } column, 1) => $"/news?column={column.Code}",
        ({ } column, _) => $"/news?column={column.Code}&page={number}",
    };
}
