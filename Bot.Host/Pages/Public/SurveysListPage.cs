using Bot.Data.Surveys;
using Bot.Handlers.Participation.Surveys;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Bot.Host.Pages.Public;

/// <summary>The surveys that are open.</summary>
[EnableRateLimiting(PublicPages.RateLimit)]
public sealed class SurveysListPage(SurveyLibrary library, TimeProvider clock) : PageModel
{
    public IReadOnlyList<PublishedSurvey> Open { get; private set; } = [];

    public void OnGet() => Open = library.OpenAt(clock.GetUtcNow());
}
