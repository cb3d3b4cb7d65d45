using Bot.Data.Surveys;
using Bot.Handlers.Participation.Surveys;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Bot.Host.Pages.Public;

/// <summary>The surveys that are open, and those whose results are public.</summary>
[EnableRateLimiting(PublicPages.RateLimit)]
public sealed class SurveysListPage(SurveyLibrary library, ISurveys surveys, TimeProvider clock) : PageModel
{
    public IReadOnlyList<PublishedSurvey> Open { get; private set; } = [];

    public IReadOnlyList<(long Id, string Title)> Told { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken ct) => (Open, Told) = (library.OpenAt(clock.GetUtcNow()), await surveys.ToldAsync(ct));
}
