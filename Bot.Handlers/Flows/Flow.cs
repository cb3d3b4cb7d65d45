using Bot.Handlers.Routing;
using Bot.Handlers.Texts;
using Bot.WeChat;

namespace Bot.Handlers.Flows;

/// <summary>A conversation that fills in a form, one question a turn. Derive, list the steps, write the ending.</summary>
/// <typeparam name="TDraft">The answers so far: an immutable record whose default means nothing answered.</typeparam>
/// <param name="personal">For a form with <see cref="Step{TDraft}.Personal"/> steps: what is answered there lies sealed in the session.</param>
public abstract partial class Flow<TDraft>(PersonalAnswers? personal = null) : IFlow where TDraft : new()
{
    // A form asks each step at most once a turn, and an ending sends back at most once for each: more is a loop.
    private const int MostDetours = 16;

    public abstract string Name { get; }

    public abstract string Title { get; }

    /// <summary>Raised when a stored answer changes its meaning. Adding or moving a step is not that.</summary>
    public abstract int Version { get; }

    protected abstract IReadOnlyList<Step<TDraft>> Steps { get; }

    /// <summary>隐私告知: what personal answers are for, said above the first question for one. Whoever goes on agrees.</summary>
    protected virtual Text? PrivacyNotice => null;

    /// <summary>Does what the form was for. May run twice for one <paramref name="run"/>: make it idempotent.</summary>
    protected abstract Task<Ending> FinishAsync(OpenId citizen, Guid run, TDraft draft, CancellationToken ct);

    /// <summary>A form with nothing filled in.</summary>
    protected virtual TDraft NewDraft(OpenId citizen, Guid run) => new();

    /// <summary>Looks before each question whether the answers so far still hold, such as a place that is being kept; sends back, or ends, when not.</summary>
    protected virtual Task<Ending?> CheckAsync(OpenId citizen, Guid run, TDraft draft, CancellationToken ct) => Task.FromResult<Ending?>(null);

    /// <summary>The answers that came with the command itself, such as the service in 办居住证.</summary>
    protected virtual Task<IEnumerable<FlowAnswer>> FirstAnswersAsync(Request request, CancellationToken ct) => Task.FromResult<IEnumerable<FlowAnswer>>([]);

    /// <summary>Looks before the first question whether there is anything to fill in; null: there is.</summary>
    protected virtual Task<Answer?> TurnAwayAsync(Request request, CancellationToken ct) => Task.FromResult<Answer?>(null);

    /// <summary>Told of every answer that was taken or settled itself, before the next question is asked. May be told twice.</summary>
    /// <param name="state">With the answer.</param>
    /// <returns>What the form goes on with: that state, or one that was put aside before.</returns>
    protected virtual Task<FlowState> NoteAsync(OpenId citizen, FlowState state, FlowAnswer answer, CancellationToken ct) => Task.FromResult(state);

    /// <summary>Keeps what was told beside an answer, such as 下午 of a day.</summary>
    protected virtual Task<FlowState> TellAsync(OpenId citizen, FlowState state, FlowAnswer note, CancellationToken ct) => Task.FromResult(state.Noting(note));

    /// <summary>Said above the first question, when what came with the command is not to be had; empty for nothing.</summary>
    protected virtual string FirstWords(Request request) => "";

    /// <summary>Told when the citizen cancels the form.</summary>
    protected virtual Task DropAsync(OpenId citizen, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Keeps what answers of an older version still mean; by default none, so the form starts again.</summary>
    protected virtual FlowState Upgrade(FlowState older) => older with { Answers = [] };

    public bool AwaitsWords(FlowState state) => Steps.FirstOrDefault(s => s.Key == state.Asked)?.OwnWords ?? false;

    public async Task<FlowTurn> StartAsync(Request request, DateTimeOffset now, CancellationToken ct)
    {
        if (await TurnAwayAsync(request, ct) is { } away)
            return new(null, away);
        var first = await FirstAnswersAsync(request, ct);
        var given = Steps.Where(s => s.Silent).Select(s => s.Key).ToHashSet();
        FlowState state = new(Name, Version, Guid.NewGuid(), [.. first.Select(a => a with { Settled = given.Contains(a.Step) })], "", [], now);
        return await AskNextAsync(request.Citizen, state, now, FirstWords(request), ct);
    }

    public Task<FlowTurn> RepeatAsync(Request request, FlowState state, string lead, DateTimeOffset now, CancellationToken ct) =>
        state.Version == Version
            ? AskNextAsync(request.Citizen, state, now, lead, ct)
            : AskNextAsync(request.Citizen, Upgrade(state), now, FlowWords.Changed.Say(), ct);

    public async Task<FlowTurn?> AnswerAsync(Request request, Utterance? said, FlowState state, DateTimeOffset now, CancellationToken ct)
    {
        if (said is null && Steps.FirstOrDefault(s => s.Key == state.Asked)?.Hears(request.Message) is null)
        {
            return Steps.FirstOrDefault(s => s.Silent && s.Hears(request.Message) is not null) is { } silent
                ? await RepeatAsync(request, state.Noting(new(silent.Key, silent.Hears(request.Message)!)), "", now, ct) : null;
        }

        if (state.Version != Version)
            return await RepeatAsync(request, state, "", now, ct);
        if (said is { } words)
        {
            switch (FlowCommand.Read(words))
            {
                case FlowCommand.Cancel:
                    await DropAsync(request.Citizen, ct);
                    return FlowTurn.Closed(FlowWords.Cancelled.Say(Title));
                case FlowCommand.Back:
                    return await AskNextAsync(request.Citizen, state.WithoutLast(), now, state.HasAnswers ? "" : FlowWords.FirstStep.Say(), ct);
                case FlowCommand.NextPage when !state.Shown.IsEmpty:
                    return await AskNextAsync(request.Citizen, state.More ? state with { Page = state.Page + 1 } : state, now,
                        state.More ? "" : FlowWords.LastPage.Say(), ct);
            }
        }

        if (state.Asked == Ways && said is { } change)
            return await ChangeAsync(request.Citizen, change, state, now, ct);
        var (draft, step) = await ReplayAsync(request.Citizen, state, ct);
        if (step is null || step.Key != state.Asked)        // a release moved the form under the citizen's feet
            return await AskNextAsync(request.Citizen, state, now, FlowWords.Changed.Say(), ct);

        var reading = said is { } text ? await ReadAsync(text, step, draft, state, ct) : new(step.Hears(request.Message));
        if (reading.Key is not { } answer)
        {
            if (reading.Note is { } told)
                state = await TellAsync(request.Citizen, state, told, ct) with { Page = 0 };
            return await AskNextAsync(request.Citizen, state, now, reading.Why ?? (reading.Note is null ? FlowWords.PickANumber.Say() : ""), ct);
        }

        var refused = step.Gathers is { } gathers && answer == FlowState.End ? gathers.Ends(draft) : step.Take(draft, answer).Why;
        if (refused is not null)
            return await AskNextAsync(request.Citizen, state, now, refused, ct);
        var given = await GivenAsync(request.Citizen, state, step, answer, ct);
        state = await NoteAsync(request.Citizen, state with { Answers = state.Answers.Add(given), Page = 0 }, given, ct);
        if (reading.Note is { } note)
            state = await TellAsync(request.Citizen, state, note, ct);
        return step.Gathers is not null && answer != FlowState.End
            ? await NotedAsync(request.Citizen, state, step, now, ct)
            : await AskNextAsync(request.Citizen, state, now, "", ct);
    }

    private async Task<FlowAnswer> GivenAsync(OpenId citizen, FlowState state, Step<TDraft> step, string answer, CancellationToken ct)
    {
        // Left out, which says nothing of anybody.
        if (!step.Personal || answer == FlowState.End)
            return new(step.Key, answer);
        if (PrivacyNotice is { } notice && IsFirst(state))
            await personal!.AgreeAsync(citizen, Name, notice, ct);
        return await personal!.Sealed.SealAsync(state.Run, step.Key, answer, ct);
    }

    // Above the line that asks; once, and not again where an answer would not do.
    private async Task<Question> WithNoticeAsync(OpenId citizen, FlowState state, Step<TDraft> step, Question question, string lead, CancellationToken ct)
    {
        if (!step.Personal || PrivacyNotice is not { } notice || !IsFirst(state) || (lead.Length > 0 && state.Asked == step.Key)
            || !await personal!.MustTellAsync(citizen, Name, notice, ct))
            return question;
        var asks = question.Prompt.LastIndexOf('\n') + 1;
        return question with { Prompt = $"{question.Prompt.AsSpan(0, asks)}{notice.Say()}\n{question.Prompt.AsSpan(asks)}" };
    }

    private static bool IsFirst(FlowState state) => !state.Answers.Any(a => a.Sealed);

    // One more of several: what is on the screen stays the question.
    private async Task<FlowTurn> NotedAsync(OpenId citizen, FlowState state, Step<TDraft> step, DateTimeOffset now, CancellationToken ct) =>
        new(state with { AskedAt = now }, Answer.Say(step.Gathers!.Noted((await ReplayAsync(citizen, state, ct)).Draft))) { SameQuestion = true };

    // “2” is the second option on the citizen's screen, whatever the list would be now.
    private static async Task<Reading> ReadAsync(Utterance said, Step<TDraft> step, TDraft draft, FlowState state, CancellationToken ct)
    {
        if (FlowCommand.Read(said) is FlowCommand.Finish)
            return new(step.Gathers is not null || state.Shown.Contains(FlowState.End) ? FlowState.End : null);
        if (state.Shown.Contains(FlowState.End) && FlowWords.IsSkip(said.Words))
            return new(FlowState.End);
        // “3号” among dates is the third of the month, if that can be had; else it is the third on the screen.
        if (said.Words is [.., '号' or '日'] && step.Reads is { } dates && dates(said, (await step.Ask(draft, ct)).Nameable) is { Key: not null } date)
            return date;
        if (said.Number is { } n && n <= state.Shown.Length)
            return new(state.Shown[n - 1]);
        if (!state.Shown.IsEmpty && step.Reads is { } reads)
            return reads(said, (await step.Ask(draft, ct)).Nameable);
        return new(step.OwnWords && said.Raw.Length > 0 && (state.Shown.IsEmpty || said.Number is null) ? said.Raw : null);
    }

    // Folds the answers into the draft, down to the first step that still wants one.
    private async Task<(TDraft Draft, Step<TDraft>? Next)> ReplayAsync(OpenId citizen, FlowState state, CancellationToken ct)
    {
        if (state.Answers.Any(a => a.Sealed))
            state = await personal!.Sealed.OpenAsync(state, ct);
        var draft = NewDraft(citizen, state.Run);
        foreach (var step in Steps)
        {
            if (!step.When(draft) || step.Silent && state.Find(step.Key) is null)
                continue;
            if (step.Gathers is not null)
            {
                (draft, var ended) = Gathered(draft, step, state);
                if (!ended)
                    return (draft, step);
                continue;
            }

            if (state.Find(step.Key) is not { } answer || step.Take(draft, answer) is not { Why: null } taken)
                return (draft, step);
            draft = taken.Draft;
        }

        return (draft, null);
    }

    // An answer that the step would refuse now is left out; the others stay.
    private static (TDraft Draft, bool Ended) Gathered(TDraft draft, Step<TDraft> step, FlowState state)
    {
        var ended = false;
        foreach (var answer in state.Answers)
        {
            if (answer.Step != step.Key)
                continue;
            if (answer.Value == FlowState.End)
                ended = true;
            else if (step.Take(draft, answer.Value) is { Why: null } taken)
                draft = taken.Draft;
        }

        return (draft, ended);
    }

    private async Task<FlowTurn> AskNextAsync(OpenId citizen, FlowState state, DateTimeOffset now, string lead, CancellationToken ct)
    {
        for (var detours = 0; detours < MostDetours; detours++)
        {
            var (draft, step) = await ReplayAsync(citizen, state, ct);
            if (step is null)
            {
                switch (await FinishAsync(citizen, state.Run, draft, ct))
                {
                    case Ending.Done done:
                        return new(null, done.Answer);
                    case Ending.BackTo back when state.Find(back.Step) is not null:
                        (state, lead) = (SentBack(state, back), back.Why);
                        continue;
                    case Ending.Choose choose:
                        return Offered(state, choose, now, lead);
                    case var other:
                        throw new InvalidOperationException($"{Name} ended with {other}, which no step answers");
                }
            }

            switch (await CheckAsync(citizen, state.Run, draft, ct))
            {
                case Ending.Done done:
                    return new(null, done.Answer);
                case Ending.BackTo gone when state.Find(gone.Step) is not null:
                    (state, lead) = (SentBack(state, gone), gone.Why);
                    continue;
                case Ending.Choose choose:
                    return Offered(state, choose, now, lead);
            }

            // An answer that its own step refuses now, and every one behind it, is asked for again.
            state = step.Gathers is null ? state.Before(step.Key) : state.UpTo(step.Key);
            var question = await step.Ask(draft, ct);
            if ((question is { Choices: [] } && step.Optional ? "" : question.Settled) is { } settled)
            {
                FlowAnswer given = new(step.Key, settled, Settled: true);
                state = await NoteAsync(citizen, state with { Answers = state.Answers.Add(given) }, given, ct);
                continue;
            }

            if (question is { Choices: [] })
            {
                // What led here is asked for again; what was filled in behind it stays.
                if (Steps.TakeWhile(s => s.Key != step.Key).LastOrDefault(s => state.Answers.Any(a => a.Step == s.Key && !a.Settled)) is not { } before)
                    return FlowTurn.Closed(FlowWords.NothingLeft.Say());
                (state, lead) = (state.Without(before.Key), lead.Length > 0 ? lead : FlowWords.NothingToPick.Say());
                continue;
            }

            return Shown(state, step, await WithNoticeAsync(citizen, state, step, question, lead, ct), now, lead);
        }

        throw new InvalidOperationException($"{Name} goes in circles");
    }

    private static FlowState SentBack(FlowState state, Ending.BackTo back) =>
        back.Only.IsEmpty ? state.Before(back.Step) : state.Without(back.Only.AsSpan());

    private FlowTurn Shown(FlowState state, Step<TDraft> step, Question question, DateTimeOffset now, string lead)
    {
        var again = lead.Length > 0 && state.Asked == step.Key && step.Brief is { } brief ? brief : question.Prompt;
        var prompt = lead.Length == 0 ? question.Prompt : again.Length == 0 ? lead : $"{lead}\n{again}";
        var page = state.Asked == step.Key ? state.Page : 0;
        var answer = question.Choices is null
            ? Answer.Say(prompt)
            : NumberedList.Page(prompt, [.. question.Choices.Select(c => new Choice(c.Label, c.Key))], page);
        return new(
            state with { Version = Version, Asked = step.Key, Shown = answer.Choices, More = answer.More, Page = page, AskedAt = now },
            answer);
    }
}
