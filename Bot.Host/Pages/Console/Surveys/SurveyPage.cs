using System.Globalization;
using Bot.Data.Staff;
using Bot.Data.Surveys;
using Bot.Handlers.Desk;
using Bot.Handlers.Participation.Surveys;
using Bot.WeChat.Api;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>One survey: its questions, how it goes out, how it ends.</summary>
[StaffOnly(StaffRole.Editor, StaffRole.Administrator)]
public sealed class SurveyPage(ISurveyDesk desk, IQrCodes codes, AccountProfile account, TimeProvider clock) : ConsolePage
{
    public override string Title => Survey.Title;

    public override IReadOnlyList<Crumb> Trail => [new("问卷与投票", SurveysPage.Path)];

    public SurveyDraft Draft { get; private set; } = null!;

    public Survey Survey => Draft.Survey;

    public SurveyState State => Survey.StateAt(clock.GetUtcNow());

    /// <summary>What is being written is not what is being asked.</summary>
    public bool Changed => Draft.Published is not { } published || SurveyQuestion.Write(published.Questions) != SurveyQuestion.Write(Draft.Questions);

    public IReadOnlyList<string> Faults => [.. SurveyCheck.Faults(Draft.Questions)];

    public string Scene => string.Create(CultureInfo.InvariantCulture, $"survey_{Survey.Id}");

    public string PublicPath => Public.SurveyResultPage.PathOf(Survey.Id);

    public string PublicAddress => account.PublicBaseUrl + PublicPath;

    public string NoticePath => Notices.NewNoticePage.For(
        Survey.Audience.Kind, Survey.Audience.Kind == SurveyAudience.Everyone ? SurveyAudience.Everyone : Survey.Audience.Choice, PublicAddress);

    public static string PathOf(long id) => string.Create(CultureInfo.InvariantCulture, $"{SurveysPage.Path}/{id}");

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken ct) => await LoadAsync(id, ct) ? Page() : NotFound();

    /// <summary>The QR code that leads into the survey.</summary>
    public async Task<IActionResult> OnGetCodeAsync(long id, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct) || Survey.Version == 0)
            return NotFound();
        var made = await SceneCode.MakeAsync(codes, Scene, Survey.ClosesAt - clock.GetUtcNow(), ct);
        return made.Ok ? File(made.Value, "image/png", $"{Scene}.png") : GoTo(PathOf(id), $"微信没有给出二维码：{made.Error.ForStaff}（{made.Error.Code}）");
    }

    public async Task<IActionResult> OnPostMoveAsync(long id, string? key, bool up, int revision, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        var questions = Draft.Questions.ToList();
        var at = questions.FindIndex(q => q.Key == key);
        var to = up ? at - 1 : at + 1;
        if (at < 0 || to < 0 || to >= questions.Count)
            return GoTo(PathOf(id));
        (questions[at], questions[to]) = (questions[to], questions[at]);
        return SurveyCheck.Faults(questions).FirstOrDefault() is { } fault
            ? Refuse($"不能这样移动。{fault}")
            : await KeepAsync(id, revision, questions, "已移动", ct);
    }

    public async Task<IActionResult> OnPostRemoveAsync(long id, string? key, int revision, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        SurveyQuestion[] left = [.. Draft.Questions.Where(q => q.Key != key)];
        return left.FirstOrDefault(q => q.When?.Question == key) is { } needs
            ? Refuse($"“{needs.Text}”的出现条件引用了它，请先改那一题。")
            : await KeepAsync(id, revision, left, "已删除", ct);
    }

    public async Task<IActionResult> OnPostPublishAsync(long id, int revision, CancellationToken ct)
    {
        if (!await LoadAsync(id, ct))
            return NotFound();
        if (Faults is [var fault, ..])
            return Refuse(fault);
        if (Survey.ClosesAt <= clock.GetUtcNow())
            return Refuse("截止时间已经过了，请先修改截止时间。");
        return await SavedAsync(id, desk.PublishAsync(id, revision, Me, ct), Survey.Version == 0 ? "已发布" : $"第 {Survey.Version + 1} 版已发布，之前的回答保留在原来的版本里");
    }

    public Task<IActionResult> OnPostEndAsync(long id, CancellationToken ct) => ActAsync(id, d => d.EndAsync(id, Me, ct), "已结束", ct);

    public Task<IActionResult> OnPostShowResultsAsync(long id, CancellationToken ct) => ActAsync(id, d => d.ShowResultsAsync(id, true, Me, ct), "结果已公布", ct);

    public Task<IActionResult> OnPostHideResultsAsync(long id, CancellationToken ct) => ActAsync(id, d => d.ShowResultsAsync(id, false, Me, ct), "结果已撤下", ct);

    public async Task<IActionResult> OnPostDeleteAsync(long id, CancellationToken ct) =>
        GoTo(SurveysPage.Path, await desk.DeleteAsync(id, Me, ct) is SurveySaved.Saved ? "已删除" : "没有删除：问卷已发布或已不在");

    private async Task<IActionResult> ActAsync(long id, Func<ISurveyDesk, Task<SurveySaved>> act, string done, CancellationToken ct) =>
        await LoadAsync(id, ct) ? await SavedAsync(id, act(desk), done) : NotFound();

    private Task<IActionResult> KeepAsync(long id, int revision, IReadOnlyList<SurveyQuestion> questions, string done, CancellationToken ct) =>
        SavedAsync(id, desk.SaveQuestionsAsync(id, revision, questions, Me, ct), done);

    private async Task<IActionResult> SavedAsync(long id, Task<SurveySaved> act, string done) =>
        await act is SurveySaved.Saved ? GoTo(PathOf(id), done) : Refuse("这份问卷刚被他人修改，请刷新后重试。");

    private async Task<bool> LoadAsync(long id, CancellationToken ct)
    {
        if (await desk.FindAsync(id, ct) is not { } draft)
            return false;
        Draft = draft;
        return true;
    }
}
