using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using Bot.Data.Audit;
using Bot.Data.Staff;
using Bot.Data.Surveys;
using Bot.Handlers.Participation.Surveys;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>What was answered so far: figures and charts, two questions together, everything as a table.</summary>
[StaffOnly(StaffRole.Editor, StaffRole.Administrator)]
public sealed class SurveyResultsPage(ISurveyDesk desk, ISurveyResults results, IAuditLog audit) : ConsolePage
{
    private const int TextsAtOnce = 20;

    public override string Title => "结果";

    public override IReadOnlyList<Crumb> Trail => [new("问卷与投票", SurveysPage.Path), new(Survey.Title, SurveyPage.PathOf(Survey.Id))];

    public Survey Survey { get; private set; } = null!;

    public IReadOnlyList<SurveyVersion> Versions { get; private set; } = [];

    /// <summary>0: the newest.</summary>
    [BindProperty(SupportsGet = true, Name = "v"), Range(0, 10_000)]
    public int Number { get; set; }

    /// <summary>The place of a question, from 0.</summary>
    [BindProperty(SupportsGet = true), Range(0, SurveyQuestion.Most)]
    public int? Row { get; set; }

    [BindProperty(SupportsGet = true), Range(0, SurveyQuestion.Most)]
    public int? Column { get; set; }

    /// <summary>Pages of words, from 1.</summary>
    [BindProperty(SupportsGet = true, Name = "p"), Range(1, 10_000)]
    public int Texts { get; set; } = 1;

    public SurveyFigures Figures { get; private set; } = null!;

    /// <summary>By row and column; null where two questions were not chosen.</summary>
    public long?[,]? Cross { get; private set; }

    public IReadOnlyDictionary<int, IReadOnlyList<string>> Words { get; private set; } = new Dictionary<int, IReadOnlyList<string>>();

    public IReadOnlyList<QuestionFigure> WithOptions => [.. Figures.Questions.Where(q => q.Question.HasOptions)];

    public static string PathOf(long id) => string.Create(CultureInfo.InvariantCulture, $"/console/surveys/{id}/results");

    internal static string Chart(QuestionFigure figure) => JsonSerializer.Serialize(new
    {
        kind = "rows", labels = figure.Options.Select(o => o.Label), series = new[] { new { name = "答卷", values = figure.Options.Select(o => o.Answers ?? 0) } },
    });

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is not { } version)
            return NotFound();
        Figures = SurveyFigures.Of(version, await results.TallyAsync(id, version.Version, ct), open: false);
        if (!ModelState.IsValid)
            return Page();
        if (Option(Row) is { } row && Option(Column) is { } column && Row != Column)
            Cross = SurveyFigures.Cross(row, column, await results.CrossAsync(id, version.Version, Row!.Value, Column!.Value, ct));
        var words = new Dictionary<int, IReadOnlyList<string>>();
        foreach (var figure in Figures.Questions.Where(q => q.Question.Kind is SurveyKind.Text && q.Answers > 0))
            words[figure.Place] = await results.TextsAsync(id, version.Version, figure.Place, Texts, TextsAtOnce, ct);
        Words = words;
        return Page();
    }

    public async Task<IActionResult> OnGetExportAsync(long id, string? format, CancellationToken ct)
    {
        if (await LoadAsync(id, ct) is not { } version)
            return NotFound();
        await audit.WriteAsync(new(Me.Name, "survey.export", "survey", id.ToString(CultureInfo.InvariantCulture)), ct);
        var excel = format == "xlsx";
        Response.ContentType = excel ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"survey-{id}-v{version.Version}.{(excel ? "xlsx" : "csv")}\"");
        await SurveyFigures.WriteAsync(version, results.AllAsync(id, version.Version, ct), Response.Body, excel, ct);
        return new EmptyResult();
    }

    public bool MoreTexts => Words.Values.Any(w => w.Count == TextsAtOnce);

    private SurveyQuestion? Option(int? place) =>
        place is { } at && at < Figures.Questions.Count && Figures.Questions[at].Question is { HasOptions: true } question ? question : null;

    private async Task<SurveyVersion?> LoadAsync(long id, CancellationToken ct)
    {
        if (await desk.FindAsync(id, ct) is not { } draft)
            return null;
        Survey = draft.Survey;
        Versions = await results.VersionsAsync(id, ct);
        return Number == 0 ? Versions is [.., var newest] ? newest : null : Versions.FirstOrDefault(v => v.Version == Number);
    }
}
