using System.Collections.Immutable;
using Bot.WeChat;

namespace Bot.Handlers;

/// <summary>A reply, and what the numbers on the citizen's screen mean from now on.</summary>
/// <param name="Choices">The commands behind 1, 2, 3…; empty leaves the numbers of the last list as they were.</param>
/// <param name="More">True when 下一页 shows another page of the same.</param>
public sealed record Answer(Reply Reply, ImmutableArray<string> Choices, bool More = false)
{
    /// <summary>The command that shows this again, when it is not the one that was asked; empty for that one.</summary>
    public string Command { get; init; } = "";

    /// <summary>The message is better answered by this command; the rest of the answer is left aside. Empty for none.</summary>
    public string PassedTo { get; init; } = "";

    public static Answer Pass(string command) => new(Reply.Silence, []) { PassedTo = command };

    /// <summary>Whether a person answers from now on, or the bot again; null changes nothing.</summary>
    public DeskMove? Desk { get; init; }

    public static Answer Say(string words) => new(Reply.Say(words), []);

    public static Answer Of(Reply reply) => new(reply, []);

    public static Task<Answer> SayAsync(string words) => Task.FromResult(Say(words));
}

/// <summary>Who answers from now on.</summary>
public enum DeskMove
{
    /// <summary>A person at the desk.</summary>
    Enters,

    /// <summary>The bot again.</summary>
    Leaves,
}

/// <summary>One line of a numbered list.</summary>
/// <param name="Command">A route's name and its argument, such as <c>policy.card P001</c>.</param>
public readonly record struct Choice(string Label, string Command);
