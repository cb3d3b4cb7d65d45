using System.Collections.Immutable;
using Bot.Data.Policies;
using Bot.Handlers;
using Bot.Handlers.Policies;
using Bot.Handlers.Policies.Search;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Bot.Host.Pages.Public;

/// <summary>All documents by category, or those that answer a question.</summary>
[EnableRateLimiting(PublicPages.RateLimit)]
public sealed class PolicyList(PolicyLibrary library, TimeProvider clock) : PageModel
{
    /// <summary>Characters of a question that are read.</summary>
    public const int LongestQuestion = 60;

    private const int MostFound = 10;

    public DateOnly Today { get; } = Beijing.DateOf(clock.GetUtcNow());

    public string Question { get; private set; } = "";

    /// <summary>Best first; empty when nothing was asked.</summary>
    public IReadOnlyList<Policy> Found { get; private set; } = [];

    public ImmutableArray<PolicyCategory> Categories { get; private set; } = [];

    public void OnGet([FromQuery(Name = "q")] string? question)
    {
        var shelf = library.Shelf;
        Categories = shelf.Categories;
        Question = question?.Trim() ?? "";
        if (Question.Length > LongestQuestion)
            Question = Question[..LongestQuestion];
        if (Question.Length == 0)
            return;
        Span<Hit> hits = new Hit[MostFound];
        var count = shelf.Index.Search(Question, hits);
        if (count > 0 && hits[0].Confidence >= PolicyIndex.Found)
            Found = [.. hits[..count].ToArray().Select(hit => shelf.ById[hit.Id])];
    }
}
