using System.ComponentModel.DataAnnotations;
using Bot.Data.Staff;
using Bot.Data.Surveys;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>问卷: surveys and polls.</summary>
[StaffOnly(StaffRole.Editor, StaffRole.Administrator)]
public sealed class SurveysPage(ISurveyDesk desk, TimeProvider clock) : ConsolePage
{
    public const string Path = "/console/surveys";
    private const int Size = 30;

    public override string Title => "问卷与投票";

    public override string Lead => "市民在聊天里一题一题地回答，每人一次";

    [BindProperty(SupportsGet = true), StringLength(60)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true, Name = "p"), Range(1, 1000)]
    public int Number { get; set; } = 1;

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public IReadOnlyList<SurveyRow> Surveys { get; private set; } = [];

    public Slice List { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken ct)
    {
        var total = 0;
        if (ModelState.IsValid)
            (Surveys, total) = await desk.ListAsync((Q ?? "").Trim(), Number, Size, ct);
        List = Slice.Of(Request, Number, Size, total);
    }
}
