using System.Globalization;
using Bot.Handlers.Routing;
using Bot.WeChat;

namespace Bot.Handlers.Flows;

/// <summary>A conversation that fills in a form, one question a turn. Derive, list the steps, write the ending.</summary>
/// <typeparam name="TDraft">The answers so far: an immutable record whose default means nothing answered.</typeparam>
public abstract class Flow<TDraft> : IFlow where TDraft : new()
{
    // A form asks each step at most once a turn, and an ending sends back at most once for each: more is a loop.
    private const int MostDetours = 16;

    public abstract string Name { get; }

    public abstract string Title { get; }

    /// <summary>Raised when a stored answer changes its meaning. Adding or moving a step is not that.</summary>
    public abstract int Version { get; }

    protected abstract IReadOnlyList<Step<TDraft>> Steps { get; }

    /// <summary>Does what the form was for. May run twice for one <paramref name="run"/>: make it idempotent.</summary>
    protected abstract Task<Ending> FinishAsync(OpenId citizen, Guid run, TDraft draft, CancellationToken ct);

    /// <summary>A form with nothing filled in.</summary>
    protected virtual TDraft NewDraft(OpenId citizen, Guid run) => new();

    /// <summary>Looks before each question whether the answers so far still hold, such as a place that is being kept; sends back when not.</summary>
    protected virtual Task<Ending.BackTo?> CheckAsync(OpenId citizen, Guid run, TDraft draft, CancellationToken ct) => Task.FromResult<Ending.BackTo?>(null);

    /// <summary>The answers that came with the command itself, such as the service in 办居住证.</summary>
    protected virtual Task<IEnumerable<FlowAnswer>> FirstAnswersAsync(Request request, CancellationToken ct) => Task.FromResult<IEnumerable<FlowAnswer>>([]);

    /// <summary>Looks before the first question whether there is anything to fill in; null: there is.</summary>
    protected virtual Task<Answer?> TurnAwayAsync(Request request, CancellationToken ct) => Task.FromResult<Answer?>(null);

    /// <summary>Keeps what answers of an older version still mean; by default none, so the form starts again.</summary>
    protected virtual FlowState Upgrade(FlowState older) => older with { Answers = [] };

    protected static Step<TDraft> Pick<T>(string key, string prompt,
        Func<TDraft, CancellationToken, Task<IReadOnlyList<Option<T>>>> options, Func<TDraft, T, TDraft> put)
        where T : IParsable<T> => Pick(key, _ => prompt, options, put);

    protected static Step<TDraft> Pick<T>(string key, Func<TDraft, string> prompt,
        Func<TDraft, CancellationToken, Task<IReadOnlyList<Option<T>>>> options, Func<TDraft, T, TDraft> put)
        where T : IParsable<T> => new(
            key,
            async (draft, ct) => new(prompt(draft), [.. (await options(draft, ct)).Select(o => new FlowChoice(Text(o.Value), o.Label))]),
            (draft, answer) => new(put(draft, T.Parse(answer, CultureInfo.InvariantCulture))));

    protected static Step<TDraft> Ask(string key, string prompt, Func<TDraft, string, Taken<TDraft>> take) => Ask(key, _ => prompt, take);

    protected static Step<TDraft> Ask(string key, Func<TDraft, string> prompt, Func<TDraft, string, Taken<TDraft>> take) => new(
        key, (draft, _) => Task.FromResult(new Question(prompt(draft), null)), take) { OwnWords = true };

    protected static Step<TDraft> Note(string key, Func<TDraft, string, TDraft> put) => new(
        key, (_, _) => throw new InvalidOperationException($"{key} is never asked"), (draft, told) => new(put(draft, told))) { Silent = true };

    protected static Step<TDraft> Confirm(Func<TDraft, string> summary) => new(
        "confirm",
        (draft, _) => Task.FromResult(new Question(summary(draft), [new("yes", FlowWords.Confirm.Say())])),
        (draft, _) => new(draft));

    public bool AwaitsWords(FlowState state) => Steps.FirstOrDefault(s => s.Key == state.Asked)?.OwnWords ?? false;

    public async Task<FlowTurn> StartAsync(Request request, DateTimeOffset now, CancellationToken ct)
    {
        if (await TurnAwayAsync(request, ct) is { } away)
            return new(null, away);
        var first = await FirstAnswersAsync(request, ct);
        return await AskNextAsync(request.Citizen, new(Name, Version, Guid.NewGuid(), [.. first], "", [], now), now, "", ct);
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
                    return FlowTurn.Closed(FlowWords.Cancelled.Say(Title));
                case FlowCommand.Back:
                    return await AskNextAsync(request.Citizen, state.WithoutLast(), now, state.Answers.IsEmpty ? FlowWords.FirstStep.Say() : "", ct);
                case FlowCommand.NextPage when !state.Shown.IsEmpty:
                    return await AskNextAsync(request.Citizen, state.More ? state with { Page = state.Page + 1 } : state, now,
                        state.More ? "" : FlowWords.LastPage.Say(), ct);
            }
        }

        var (draft, step) = Replay(request.Citizen, state);
        if (step is null || step.Key != state.Asked)        // a release moved the form under the citizen's feet
            return await AskNextAsync(request.Citizen, state, now, FlowWords.Changed.Say(), ct);

        var reading = said is { } text ? await ReadAsync(text, step, draft, state, ct) : new(step.Hears(request.Message));
        if (reading.Note is { } note)
            state = state.Noting(note);
        if (reading.Key is not { } answer)
            return await AskNextAsync(request.Citizen, state, now, reading.Why ?? (reading.Note is null ? FlowWords.PickANumber.Say() : ""), ct);
        return step.Take(draft, answer).Why is { } why
            ? await AskNextAsync(request.Citizen, state, now, why, ct)
            : await AskNextAsync(request.Citizen, state with { Answers = state.Answers.Add(new(step.Key, answer)), Page = 0 }, now, "", ct);
    }

    // “2” is the second option on the citizen's screen, whatever the list would be now.
    private static async Task<Reading> ReadAsync(Utterance said, Step<TDraft> step, TDraft draft, FlowState state, CancellationToken ct)
    {
        if (state.Shown.IsEmpty)
            return new(step.OwnWords ? said.Raw : null);
        if (said.Number is { } n && n <= state.Shown.Length)
            return new(state.Shown[n - 1]);
        return step.Reads is null ? default : step.Reads(said, (await step.Ask(draft, ct)).Choices ?? []);
    }

    // Folds the answers into the draft, down to the first step that still wants one.
    private (TDraft Draft, Step<TDraft>? Next) Replay(OpenId citizen, FlowState state)
    {
        var draft = NewDraft(citizen, state.Run);
        foreach (var step in Steps)
        {
            if (!step.When(draft) || step.Silent && state.Find(step.Key) is null)
                continue;
            if (state.Find(step.Key) is not { } answer || step.Take(draft, answer) is not { Why: null } taken)
                return (draft, step);
            draft = taken.Draft;
        }

        return (draft, null);
    }

    private async Task<FlowTurn> AskNextAsync(OpenId citizen, FlowState state, DateTimeOffset now, string lead, CancellationToken ct)
    {
        for (var detours = 0; detours < MostDetours; detours++)
        {
            var (draft, step) = Replay(citizen, state);
            if (step is null)
            {
                switch (await FinishAsync(citizen, state.Run, draft, ct))
                {
                    case Ending.Done done:
                        return new(null, done.Answer);
                    case Ending.BackTo back when state.Find(back.Step) is not null:
                        (state, lead) = (SentBack(state, back), back.Why);
                        continue;
                    case var other:
                        throw new InvalidOperationException($"{Name} ended with {other}, which no step answers");
                }
            }

            if (await CheckAsync(citizen, state.Run, draft, ct) is { } gone && state.Find(gone.Step) is not null)
            {
                (state, lead) = (SentBack(state, gone), gone.Why);
                continue;
            }

            // An answer that its own step refuses now, and every one behind it, is asked for again.
            if (state.Find(step.Key) is not null)
                state = state.Before(step.Key);
            var question = await step.Ask(draft, ct);
            if (question is { Choices: [] } && step.Optional)
            {
                state = state with { Answers = state.Answers.Add(new(step.Key, "")) };
                continue;
            }

            if (question is { Choices: [] })
            {
                if (state.Answers.IsEmpty)
                    return FlowTurn.Closed(FlowWords.NothingLeft.Say());
                (state, lead) = (state.WithoutLast(), FlowWords.NothingToPick.Say());
                continue;
            }

            return Shown(state, step, question, now, lead);
        }

        throw new InvalidOperationException($"{Name} goes in circles");
    }

    private static FlowState SentBack(FlowState state, Ending.BackTo back) =>
        back.Only.IsEmpty ? state.Before(back.Step) : state.Without(back.Only.AsSpan());

    private FlowTurn Shown(FlowState state, Step<TDraft> step, Question question, DateTimeOffset now, string lead)
    {
        var prompt = lead.Length == 0 ? question.Prompt : $"{lead}\n{question.Prompt}";
        var page = state.Asked == step.Key ? state.Page : 0;
        var answer = question.Choices is null
            ? Answer.Say(prompt)
            : NumberedList.Page(prompt, [.. question.Choices.Select(c => new Choice(c.Label, c.Key))], page);
        return new(
            state with { Version = Version, Asked = step.Key, Shown = answer.Choices, More = answer.More, Page = page, AskedAt = now },
            answer);
    }

    private static string Text<T>(T value) => value switch
    {
        DateOnly or TimeOnly or DateTimeOffset => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value!.ToString()!,
    };
}
