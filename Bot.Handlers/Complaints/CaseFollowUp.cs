using Bot.Data.Cases;
using Bot.Handlers.Flows;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Complaints;

/// <summary>What a form about one of the citizen's cases begins and ends with.</summary>
public abstract class CaseFollowUp(ICases cases) : Flow<CaseFollowUpDraft>
{
    private static readonly Text s_refused = Text.Of("case.act-refused");
    private static readonly Text s_tooLate = Text.Of("case.act-too-late");
    private static readonly Text s_once = Text.Of("case.act-once");
    private static readonly Text s_title = Text.Of("case.title");
    private static readonly Text s_look = Text.Of("case.do-look");

    public override string Title => s_title.Say();

    public override int Version => 1;

    protected static Step<CaseFollowUpDraft> OfCase { get; } = Note("number", (d, number) => d with { Number = number });

    protected override Task<IEnumerable<FlowAnswer>> FirstAnswersAsync(Request request, CancellationToken ct) =>
        Task.FromResult<IEnumerable<FlowAnswer>>([new("number", request.Argument)]);

    protected async Task<Ending> ActAsync(OpenId citizen, CaseFollowUpDraft draft, CaseAct act, Guid run, Func<CaseFile, string> done, CancellationToken ct) =>
        new Ending.Done(await cases.ActAsync(citizen, draft.Number, act, run, ct) switch
        {
            CaseOutcome.Changed changed => Shown(done(changed.After), draft.Number),
            CaseOutcome.Refused { Why: CaseRefusal.TooLate } => Shown(s_tooLate.Say(), draft.Number),
            CaseOutcome.Refused { Why: CaseRefusal.Once } => Shown(s_once.Say(), draft.Number),
            _ => Shown(s_refused.Say(), draft.Number),
        });

    private static Answer Shown(string words, string number) => NumberedList.Page(words, [new(s_look.Say(), $"case.show {number}")], 0);
}

public sealed record CaseFollowUpDraft
{
    public string Number { get; init; } = "";

    /// <summary>What is added.</summary>
    public CaseForm Form { get; init; } = new();

    /// <summary>1 to 5.</summary>
    public int Level { get; init; }

    /// <summary>The reason, or what goes with a rating.</summary>
    public string Words { get; init; } = "";
}

/// <summary>补充说明: words and photos for a case that is open.</summary>
public sealed class CaseAddition(ICases cases, ICasePhotos photos) : CaseFollowUp(cases)
{
    private static readonly Text s_ask = Text.Of("case.add");
    private static readonly Text s_done = Text.Of("case.added");
    private static readonly Text s_photos = Text.Of("case.added-photos");

    public override string Name => "case-addition";

    protected override IReadOnlyList<Step<CaseFollowUpDraft>> Steps =>
    [
        OfCase,
        Gather("words", s_ask.Say(), (d, answer) => CaseAnswers.Story(d.Form, answer) is var taken ? new(d with { Form = taken.Draft }, taken.Why) : default,
            d => CaseAnswers.StoryNoted(d.Form), d => d.Form.Photos > 0 ? null : CaseAnswers.StoryEnds(d.Form)) with { Hears = CaseMessage.Media },
    ];

    protected override async Task<FlowState> NoteAsync(OpenId citizen, FlowState state, FlowAnswer answer, CancellationToken ct)
    {
        await photos.NoteAsync(citizen, state.Run, answer.Value, ct);
        return state;
    }

    protected override Task<Ending> FinishAsync(OpenId citizen, Guid run, CaseFollowUpDraft draft, CancellationToken ct)
    {
        var words = CaseAnswers.Whole(draft.Form);
        var pictures = draft.Form.Photos == 0 ? "" : s_photos.Say(draft.Form.Photos);
        return ActAsync(citizen, draft, new CaseAct.Add(words.Length == 0 ? pictures : words + pictures), run, _ => s_done.Say(), ct);
    }
}

/// <summary>撤回.</summary>
public sealed class CaseWithdrawal(ICases cases) : CaseFollowUp(cases)
{
    private static readonly Text s_why = Text.Of("case.withdraw");
    private static readonly Text s_solved = Text.Of("case.withdraw-solved");
    private static readonly Text s_mistake = Text.Of("case.withdraw-mistake");
    private static readonly Text s_other = Text.Of("case.withdraw-other");
    private static readonly Text s_done = Text.Of("case.withdrawn");

    public override string Name => "case-withdrawal";

    protected override IReadOnlyList<Step<CaseFollowUpDraft>> Steps =>
    [
        OfCase,
        Pick("why", s_why.Say(), (_, _) => Task.FromResult<IReadOnlyList<Option<string>>>(
            [.. new[] { s_solved, s_mistake, s_other }.Select(why => new Option<string>(why.Say(), why.Say()))]), (d, why) => d with { Words = why }),
    ];

    protected override Task<Ending> FinishAsync(OpenId citizen, Guid run, CaseFollowUpDraft draft, CancellationToken ct) =>
        ActAsync(citizen, draft, new CaseAct.Withdraw(draft.Words), run, _ => s_done.Say(), ct);
}

/// <summary>好差评: five levels and a word, once.</summary>
public sealed class CaseRating(ICases cases) : CaseFollowUp(cases)
{
    private static readonly Text s_level = Text.Of("case.rate");
    private static readonly Text s_words = Text.Of("case.rate-words");
    private static readonly Text s_noWords = Text.Of("case.rate-no-words");
    private static readonly Text s_thanks = Text.Of("case.rated");
    private static readonly Text s_sorry = Text.Of("case.rated-badly");

    public override string Name => "case-rating";

    protected override IReadOnlyList<Step<CaseFollowUpDraft>> Steps =>
    [
        OfCase,
        Pick("level", s_level.Say(), (_, _) => Task.FromResult<IReadOnlyList<Option<int>>>(
            [.. Enumerable.Range(1, 5).Reverse().Select(level => new Option<int>(level, CaseWords.Level(level)))]), (d, level) => d with { Level = level }),
        Optional("words", s_words.Say(), s_noWords.Say(), (d, words) => new(d with { Words = CaseMessage.Clean(words) })),
    ];

    // The level, too, when it was said in words.
    protected override Task<IEnumerable<FlowAnswer>> FirstAnswersAsync(Request request, CancellationToken ct) => Task.FromResult<IEnumerable<FlowAnswer>>(
        request.Argument.Split(' ') is [var number, var level] ? [new("number", number), new("level", level)] : [new("number", request.Argument)]);

    protected override Task<Ending> FinishAsync(OpenId citizen, Guid run, CaseFollowUpDraft draft, CancellationToken ct) => ActAsync(
        citizen, draft, new CaseAct.Rate(draft.Level, draft.Words), run, _ => (draft.Level > 2 ? s_thanks : s_sorry).Say(), ct);
}

/// <summary>重新办理: the answer did not settle it.</summary>
public sealed class CaseReopening(ICases cases) : CaseFollowUp(cases)
{
    private static readonly Text s_why = Text.Of("case.reopen");
    private static readonly Text s_done = Text.Of("case.reopened");
    private static readonly Text s_long = Text.Of("case.answer-long");

    private const int LongestWhy = 500;

    public override string Name => "case-reopening";

    protected override IReadOnlyList<Step<CaseFollowUpDraft>> Steps =>
    [
        OfCase,
        Ask("why", s_why.Say(), (d, why) => why.Length > LongestWhy ? new(d, s_long.Say(LongestWhy)) : new(d with { Words = CaseMessage.Clean(why) })),
    ];

    protected override Task<Ending> FinishAsync(OpenId citizen, Guid run, CaseFollowUpDraft draft, CancellationToken ct) => ActAsync(
        citizen, draft, new CaseAct.Reopen(draft.Words), run, file => s_done.Say(CaseDates.By(file.AnswerBy)), ct);
}
