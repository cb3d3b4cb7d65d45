using Bot.Handlers.Routing;
using Bot.WeChat;

namespace Bot.Handlers.Flows;

/// <summary>One line of a form: what to ask, and where the answer goes.</summary>
/// <param name="Key">Kept with the answer; renaming it is a new <see cref="Flow{TDraft}.Version"/>.</param>
public sealed record Step<TDraft>(
    string Key,
    Func<TDraft, CancellationToken, Task<Question>> Ask,
    Func<TDraft, string, Taken<TDraft>> Take)
{
    /// <summary>Skips the step while false. Sees the answers above it only.</summary>
    public Func<TDraft, bool> When { get; init; } = static _ => true;

    /// <summary>The answer in a message that is not words, such as a location; null when there is none for this step.</summary>
    public Func<Inbound, string?> Hears { get; init; } = static _ => null;

    /// <summary>True when the answer is the citizen's own words. A step with choices beside takes a number for the choice, all else for words.</summary>
    public bool OwnWords { get; init; }

    /// <summary>Set for a step that takes answer after answer until 完成 or a choice ends it.</summary>
    public Gathering<TDraft>? Gathers { get; init; }

    /// <summary>Understands words in place of a number, such as 下周三 for a date; sees every choice that can be named, not only those on the screen. Null: numbers only.</summary>
    public Func<Utterance, IReadOnlyList<FlowChoice>, Reading>? Reads { get; init; }

    /// <summary>Skipped when it has no choices: nobody to pick from is remembered.</summary>
    public bool Optional { get; init; }

    /// <summary>The answer says who somebody is: it lies sealed in the session.</summary>
    public bool Personal { get; init; }

    /// <summary>Stands for the question when it is asked again, because the answer would not do; may be empty when the reason says it all. Null: asked as before.</summary>
    public string? Brief { get; init; }

    /// <summary>Never asked: keeps what was told at another step or came with the command, such as where the citizen is.</summary>
    public bool Silent { get; init; }
}

/// <summary>How a step takes several answers.</summary>
/// <param name="Noted">What is said after each answer; tells how to go on.</param>
/// <param name="Ends">Why it cannot end yet, in words for the citizen; null when it can.</param>
public sealed record Gathering<TDraft>(Func<TDraft, string> Noted, Func<TDraft, string?> Ends);

/// <summary>What a step made of the citizen's words.</summary>
/// <param name="Key">The choice that was meant; null for none.</param>
/// <param name="Why">Why there is none, in words for the citizen; null says that a number is expected.</param>
/// <param name="Note">Something for a silent step: 下午 shows the afternoon only.</param>
public readonly record struct Reading(string? Key = null, string? Why = null, FlowAnswer? Note = null);

/// <summary>What the citizen sees: a prompt and, for a pick, its options in order; null asks for the citizen's own words.</summary>
public sealed record Question(string Prompt, IReadOnlyList<FlowChoice>? Choices)
{
    /// <summary>Not on the list, and can be named all the same.</summary>
    public IReadOnlyList<FlowChoice> Beside { get; init; } = [];

    public IReadOnlyList<FlowChoice> Nameable => [.. Choices ?? [], .. Beside];

    /// <summary>Set when there is nothing to ask: this is the answer.</summary>
    public string? Settled { get; init; }

    public static Question SettledAs(string answer) => new("", null) { Settled = answer };
}

public readonly record struct FlowChoice(string Key, string Label);

/// <summary>A value that the citizen can pick, and the words shown for it.</summary>
public readonly record struct Option<T>(T Value, string Label) where T : IParsable<T>;

/// <summary>The draft with the answer in it, or why the answer will not do, in words for the citizen.</summary>
public readonly record struct Taken<TDraft>(TDraft Draft, string? Why = null);
