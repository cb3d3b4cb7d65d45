using System.Globalization;

namespace Bot.Handlers.Flows;

/// <content>The words in which a form lists its steps.</content>
public abstract partial class Flow<TDraft>
{
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

    /// <summary>What came with the command, or is told by the way; never asked.</summary>
    protected static Step<TDraft> Note(string key, Func<TDraft, string, TDraft> put) => new(
        key, (_, _) => throw new InvalidOperationException($"{key} is never asked"), (draft, told) => new(put(draft, told))) { Silent = true };

    /// <summary>Takes messages of the citizen's own words until 完成.</summary>
    /// <param name="noted">What is said after each; tells how to go on.</param>
    /// <param name="ends">Why it cannot end yet; null when it can.</param>
    protected static Step<TDraft> Gather(
        string key, string prompt, Func<TDraft, string, Taken<TDraft>> take, Func<TDraft, string> noted, Func<TDraft, string?> ends) =>
        Ask(key, prompt, take) with { Gathers = new(noted, ends) };

    /// <summary>A question that need not be answered: a numbered choice leaves it out.</summary>
    protected static Step<TDraft> Optional(string key, string prompt, string skip, Func<TDraft, string, Taken<TDraft>> take) => new(
        key, (_, _) => Task.FromResult(new Question(prompt, [new(FlowState.End, skip)])),
        (draft, answer) => answer == FlowState.End ? new(draft) : take(draft, answer)) { OwnWords = true };

    protected static Step<TDraft> Confirm(Func<TDraft, string> summary) => new(
        "confirm",
        (draft, _) => Task.FromResult(new Question(summary(draft), [new("yes", FlowWords.Confirm.Say())])),
        (draft, _) => new(draft));

    private static string Text<T>(T value) => value switch
    {
        DateOnly or TimeOnly or DateTimeOffset => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value!.ToString()!,
    };
}
