using Bot.Data.Surveys;
using Bot.Handlers.Participation.Surveys;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Bot.Host.Pages.Public;

/// <summary>A survey for everybody: how to take part, and its results once they are public.</summary>
[EnableRateLimiting(PublicPages.RateLimit)]
public sealed class SurveyResultPage(ISurveys surveys, ISurveyResults results, TimeProvider clock) : PageModel
{
    public PublishedSurvey Survey { get; private set; } = null!;

    public SurveyState State { get; private set; }

    /// <summary>The newest version first; empty while the results are not public.</summary>
    public IReadOnlyList<SurveyFigures> Figures { get; private set; } = [];

    public static string PathOf(long id) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/surveys/{id}");

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct)
    {
        if (await surveys.FindAsync(id, ct) is not { } survey)
            return NotFound();
        (Survey, State) = (survey, survey.Survey.StateAt(clock.GetUtcNow()));
        // While it runs, the difference of two looks would be one citizen's answer; anonymous ones are counted several at once.
        if (survey.Survey.ResultsPublicAt is null || (State is SurveyState.Open && !survey.Survey.Anonymous))
            return Page();
        List<SurveyFigures> figures = [];
        foreach (var version in survey.Versions.Reverse())
            figures.Add(SurveyFigures.Of(version, await results.TallyAsync(id, version.Version, ct), open: true));
        Figures = figures;
        return Page();
    }

    /// <summary>Of a bar 100 long.</summary>
    public static string Length(OptionFigure option) => (option.Share ?? 0).ToString("0.#", System.Globalization.CultureInfo.InvariantCulture);
}
