using System.Globalization;
using Bot.Data.Surveys;
using Bot.Handlers.Desk;
using Bot.Handlers.Flows;
using Bot.Handlers.Routing;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Participation.Surveys;

/// <summary>问卷: looks which survey it is and whether it may be answered, and leaves the asking to a form made of it.</summary>
public sealed class SurveyFlow(SurveyLibrary library, ISurveys surveys, ISurveyGate gate, AccountProfile account) : IFlow
{
    private static readonly Text s_title = Text.Of("survey.title");
    private static readonly Text s_unknown = Text.Of("survey.unknown");
    private static readonly Text s_open = Text.Of("survey.list");
    private static readonly Text s_others = Text.Of("survey.others");
    private static readonly Text s_closed = Text.Of("survey.closed");
    private static readonly Text s_closedMeanwhile = Text.Of("survey.closed-meanwhile");
    private static readonly Text s_results = Text.Of("survey.results");
    private static readonly Text s_notYet = Text.Of("survey.not-yet");
    private static readonly Text s_notForYou = Text.Of("survey.not-for-you");
    private static readonly Text s_cannotTell = Text.Of("survey.cannot-tell");
    private static readonly Text s_answered = Text.Of("survey.answered");
    private static readonly Text s_full = Text.Of("survey.full");
    private static readonly Text s_again = Text.Of("survey.again");
    private static readonly Text s_counted = Text.Of("survey.counted");
    private static readonly Text s_countedEditable = Text.Of("survey.counted-editable");
    private static readonly Text s_replaced = Text.Of("survey.replaced");

    public string Name => SurveyForm.FlowName;

    public string Title => s_title.Say();

    /// <summary>The command that begins it.</summary>
    public static string Command(long id) => string.Create(CultureInfo.InvariantCulture, $"survey {id}");

    public bool AwaitsWords(FlowState state) => Find(state) is not { } found || Form(found.Survey, found.Version).AwaitsWords(state);

    public async Task<FlowTurn> StartAsync(Request request, DateTimeOffset now, CancellationToken ct)
    {
        if (!long.TryParse(request.Argument, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || (library.Find(id) ?? await surveys.FindAsync(id, ct)) is not { } survey)
        {
            return new(null, Others(now));
        }

        if (await RefusalAsync(survey.Survey, request.Citizen, now, ct) is { } refusal)
            return new(null, refusal);
        var standing = await surveys.StandingAsync(id, request.Citizen, ct);
        if (standing.Answered && !survey.Survey.Editable)
            return FlowTurn.Closed(s_answered.Say(survey.Survey.Title) + Results(survey.Survey));
        if (standing is { Answered: false, Full: true })
            return FlowTurn.Closed(s_full.Say(survey.Survey.Title));

        var about = string.Create(CultureInfo.InvariantCulture, $"{id}.{survey.Latest.Version}");
        FlowState state = new(Name, 1, Guid.NewGuid(), [new(SurveyForm.SurveyStep, about, Settled: true)], "", [], now);
        var lead = SurveyWords.Lead(survey.Survey, survey.Latest) + (standing.Answered ? $"\n{s_again.Say()}" : "");
        return await Form(survey.Survey, survey.Latest).RepeatAsync(request, state, $"{lead}\n", now, ct);
    }

    public async Task<FlowTurn?> AnswerAsync(Request request, Utterance? said, FlowState state, DateTimeOffset now, CancellationToken ct) =>
        Find(state) is { } found && found.Survey.StateAt(now) is SurveyState.Open
            ? await Form(found.Survey, found.Version).AnswerAsync(request, said, state, now, ct)
            : FlowTurn.Closed(s_closedMeanwhile.Say());

    public async Task<FlowTurn> RepeatAsync(Request request, FlowState state, string lead, DateTimeOffset now, CancellationToken ct) =>
        Find(state) is { } found && found.Survey.StateAt(now) is SurveyState.Open
            ? await Form(found.Survey, found.Version).RepeatAsync(request, state, lead, now, ct)
            : FlowTurn.Closed(s_closedMeanwhile.Say());

    // What was begun is answered as it was asked, whatever was published since.
    private (Survey Survey, SurveyVersion Version)? Find(FlowState state) =>
        state.Find(SurveyForm.SurveyStep)?.Split('.') is [var id, var number]
        && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var survey)
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
        && library.Find(survey) is { } known && known.Versions.FirstOrDefault(v => v.Version == version) is { } asked
            ? (known.Survey, asked) : null;

    private SurveyForm Form(Survey survey, SurveyVersion version) => new(survey.Title, version, async (citizen, run, replies, ct) =>
        new Ending.Done(Answer.Say(await surveys.SubmitAsync(new(survey.Id, version.Version, citizen, run, replies), ct) switch
        {
            SurveySubmitted.Counted => survey.Editable ? s_countedEditable.Say(Moment(survey.ClosesAt)) : s_counted.Say(),
            SurveySubmitted.Replaced => s_replaced.Say(),
            SurveySubmitted.AlreadyAnswered => s_answered.Say(survey.Title),
            SurveySubmitted.NotOpen => s_closedMeanwhile.Say(),
            SurveySubmitted.Full => s_full.Say(survey.Title),
        })));

    private async Task<Answer?> RefusalAsync(Survey survey, OpenId citizen, DateTimeOffset now, CancellationToken ct) => survey.StateAt(now) switch
    {
        SurveyState.Closed => Answer.Say(s_closed.Say(survey.Title) + Results(survey)),
        SurveyState.Waiting => Answer.Say(s_notYet.Say(survey.Title, Moment(survey.OpensAt))),
        SurveyState.Open => await gate.AdmitsAsync(survey.Audience, citizen, ct) switch
        {
            true => null,
            false => Answer.Say(s_notForYou.Say(survey.Title, survey.Audience.Words)),
            null => Answer.Say(s_cannotTell.Say()),
        },
        SurveyState.Draft => Others(now),
    };

    // A poster hangs longer than a survey lasts.
    private Answer Others(DateTimeOffset now) => library.OpenAt(now) is { IsEmpty: false } open
        ? NumberedList.Page($"{s_unknown.Say()}{s_open.Say()}", [.. open.Select(s => new Choice(s.Survey.Title, Command(s.Survey.Id)))], 0)
        : MainChoices.Under($"{s_unknown.Say()}{s_others.Say()}");

    private string Results(Survey survey) =>
        survey.ResultsPublicAt is null || account.PublicBaseUrl.Length == 0 ? ""
        : string.Create(CultureInfo.InvariantCulture, $"\n<a href=\"{account.PublicBaseUrl}/surveys/{survey.Id}\">{s_results.Say()}</a>");

    private static string Moment(DateTimeOffset at) => at.ToOffset(Beijing.Offset).ToString("M月d日 HH:mm", CultureInfo.InvariantCulture);
}
