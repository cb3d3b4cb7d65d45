using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Bot.Data.Staff;
using Bot.Data.Surveys;
using Bot.Handlers.Participation.Surveys;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>One question of a survey.</summary>
[StaffOnly(StaffRole.Editor, StaffRole.Administrator)]
public sealed class SurveyQuestionPage(ISurveyDesk desk, ISurveyResults results) : ConsolePage
{
    private const string New = "new";
    private const char Between = '|';

    public override string Title => Old is null ? "添加题目" : "修改题目";

    public override IReadOnlyList<Crumb> Trail => [new("问卷与投票", SurveysPage.Path), new(Draft.Survey.Title, SurveyPage.PathOf(Draft.Survey.Id))];

    public SurveyDraft Draft { get; private set; } = null!;

    public SurveyQuestion? Old { get; private set; }

    /// <summary>Those above it that have options.</summary>
    public IReadOnlyList<(int Place, SurveyQuestion Question)> Above { get; private set; } = [];

    [BindProperty]
    public SurveyQuestionForm Input { get; set; } = new();

    public static string NewPath(long survey) => PathOf(survey, New);

    public static string PathOf(long survey, string key) => string.Create(CultureInfo.InvariantCulture, $"/console/surveys/{survey}/questions/{key}");

    /// <summary>As an answer above it is named in the form.</summary>
    public static string Condition(SurveyQuestion question, string option) => $"{question.Key}{Between}{option}";

    public async Task<IActionResult> OnGetAsync(long id, string key, CancellationToken ct)
    {
        if (!await LoadAsync(id, key, ct))
            return NotFound();
        if (Old is { } old)
        {
            Input = new()
            {
                Kind = old.Kind, Text = old.Text, Need = old.Need, Options = string.Join('\n', old.Options), Least = old.Least, Greatest = old.Greatest,
                When = [.. old.When?.Any.Select(o => $"{old.When.Question}{Between}{o}") ?? []],
            };
        }

        Input.Revision = Draft.Survey.Revision;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, string key, CancellationToken ct)
    {
        if (!await LoadAsync(id, key, ct))
            return NotFound();
        if (!ModelState.IsValid)
            return Page();
        var questions = Draft.Questions.ToList();
        var place = Old is null ? questions.Count : questions.FindIndex(q => q.Key == key);
        if (place >= SurveyQuestion.Most)
            return Refuse($"最多 {SurveyQuestion.Most} 题。");
        if (Read(Old?.Key ?? await NextKeyAsync(ct)) is not { } question)
            return Page();
        if (SurveyCheck.Fault(question, [.. questions.Take(place)]) is { } fault)
            return Refuse(fault);
        if (Old is null)
            questions.Add(question);
        else
            questions[place] = question;
        return await desk.SaveQuestionsAsync(id, Input.Revision, questions, Me, ct) is SurveySaved.Saved
            ? GoTo(SurveyPage.PathOf(id), "已保存")
            : Refuse("这份问卷刚被他人修改，请返回后刷新再改。");
    }

    private SurveyQuestion? Read(string key)
    {
        var options = Input.Kind is SurveyKind.Single or SurveyKind.Multiple or SurveyKind.Rating
            ? (Input.Options ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [];
        var when = Input.When.Select(w => w.Split(Between, 2)).Where(w => w.Length == 2).GroupBy(w => w[0], w => w[1]).ToArray();
        if (when.Length > 1)
        {
            ModelState.AddModelError("Input.When", "出现条件只能引用同一题的选项");
            return null;
        }

        return new SurveyQuestion
        {
            Key = key, Kind = Input.Kind, Text = Input.Text.ReplaceLineEndings(" ").Trim(), Need = Input.Need, Options = options,
            Least = Input.Kind is SurveyKind.Number ? Input.Least : null, Greatest = Input.Kind is SurveyKind.Number ? Input.Greatest : null,
            When = when is [var only] ? new(only.Key, [.. only]) : null,
        };
    }

    private async Task<string> NextKeyAsync(CancellationToken ct) =>
        PieceKey.Next('q', Draft.Questions.Concat((await results.VersionsAsync(Draft.Survey.Id, ct)).SelectMany(v => v.Questions)).Select(q => q.Key));

    private async Task<bool> LoadAsync(long id, string key, CancellationToken ct)
    {
        if (await desk.FindAsync(id, ct) is not { Survey.EndedAt: null } draft)
            return false;
        Draft = draft;
        Old = key == New ? null : draft.Questions.FirstOrDefault(q => q.Key == key);
        Above = [.. draft.Questions.Select((q, i) => (i + 1, q)).TakeWhile(q => q.q.Key != key).Where(q => q.q.HasOptions)];
        return Old is not null || key == New;
    }
}

public sealed class SurveyQuestionForm
{
    public SurveyKind Kind { get; set; }

    [Required(ErrorMessage = "请填写题目")]
    [StringLength(SurveyQuestion.LongestText)]
    public string Text { get; set; } = "";

    public bool Need { get; set; } = true;

    [StringLength(1000)]
    public string? Options { get; set; }

    [Range(-1_000_000_000, 1_000_000_000)]
    public decimal? Least { get; set; }

    [Range(-1_000_000_000, 1_000_000_000)]
    public decimal? Greatest { get; set; }

    [MaxLength(SurveyQuestion.MostOptions)]
    public List<string> When { get; set; } = [];

    public int Revision { get; set; }
}
