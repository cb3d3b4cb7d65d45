using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Bot.Data.Staff;
using Bot.Data.Surveys;
using Bot.Handlers.Participation.Surveys;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>A survey as a citizen will meet it, to be answered by staff; nothing is counted.</summary>
[StaffOnly(StaffRole.Editor, StaffRole.Administrator)]
public sealed class SurveyPreviewPage(ISurveyDesk desk, SurveyPreview preview) : ConsolePage
{
    private const int MostTurns = 100;

    public override string Title => "预览";

    public override string Lead => "像市民一样回答；什么都不会计入";

    public override IReadOnlyList<Crumb> Trail => [new("问卷与投票", SurveysPage.Path), new(Draft.Survey.Title, SurveyPage.PathOf(Draft.Survey.Id))];

    public SurveyDraft Draft { get; private set; } = null!;

    /// <summary>All that was typed so far: the page keeps it, not we.</summary>
    [BindProperty, MaxLength(MostTurns)]
    public List<string> Said { get; set; } = [];

    [BindProperty, StringLength(2000)]
    public string? Words { get; set; }

    public SurveyPlay Play { get; private set; } = new([], true);

    public static string PathOf(long id) => string.Create(CultureInfo.InvariantCulture, $"/console/surveys/{id}/preview");

    public Task<IActionResult> OnGetAsync(long id, CancellationToken ct) => ShowAsync(id, ct);

    [Repeatable]
    public Task<IActionResult> OnPostAsync(long id, CancellationToken ct)
    {
        if (ModelState.IsValid && !string.IsNullOrWhiteSpace(Words))
            Said.Add(Words.Trim());
        ModelState.Remove(nameof(Words));
        Words = "";
        return ShowAsync(id, ct);
    }

    private async Task<IActionResult> ShowAsync(long id, CancellationToken ct)
    {
        if (await desk.FindAsync(id, ct) is not { } draft)
            return NotFound();
        Draft = draft;
        if (!SurveyCheck.Faults(draft.Questions).Any())
            Play = await preview.PlayAsync(draft.Survey, draft.Questions, Said, ct);
        return Page();
    }
}
