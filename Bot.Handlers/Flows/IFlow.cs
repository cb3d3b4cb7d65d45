using System.Collections.Immutable;
using Bot.Handlers.Routing;
using Bot.WeChat;

namespace Bot.Handlers.Flows;

/// <summary>A flow as the dispatcher sees it.</summary>
public interface IFlow
{
    /// <summary>Stable: it is kept in sessions.</summary>
    string Name { get; }

    /// <summary>How citizens call what they are filling in: “预约”.</summary>
    string Title { get; }

    /// <summary>True when the step on the screen waits for words of the citizen's own, so that only exact commands interrupt it.</summary>
    bool AwaitsWords(FlowState state);

    Task<FlowTurn> StartAsync(Request request, DateTimeOffset now, CancellationToken ct);

    /// <param name="said">Null when the message is not words; the step may still understand it, as it does a location.</param>
    /// <returns>Null when the message means nothing to the step on the screen and is better answered by somebody else.</returns>
    Task<FlowTurn?> AnswerAsync(Request request, Utterance? said, FlowState state, DateTimeOffset now, CancellationToken ct);

    /// <summary>Asks the question on the screen again.</summary>
    /// <param name="lead">Why, in words for the citizen; may be empty.</param>
    Task<FlowTurn> RepeatAsync(Request request, FlowState state, string lead, DateTimeOffset now, CancellationToken ct);
}

/// <summary>A form that is kept beside the session when it is left: 继续 takes it up again.</summary>
public interface IKeptFlow : IFlow
{
    /// <returns>Null when nothing of the citizen's is kept.</returns>
    Task<FlowState?> KeptAsync(OpenId citizen, CancellationToken ct);
}

/// <summary>What one turn leaves behind (null: the flow is over) and what the citizen is told.</summary>
public readonly record struct FlowTurn(FlowState? State, Answer Answer)
{
    /// <summary>True when the question stays as it was: what was sent before this turn may still answer it.</summary>
    public bool SameQuestion { get; init; }

    public static FlowTurn Closed(string words) => new(null, Answer.Say(words));
}

/// <summary>How a filled-in form ends.</summary>
public abstract record Ending
{
    private Ending()
    {
    }

    /// <summary>Done, or refused for good; the answer may offer choices of what to do next.</summary>
    public sealed record Done(Answer Answer) : Ending;

    /// <summary>One answer went stale while the citizen was choosing: ask again from that step on.</summary>
    public sealed record BackTo(string Step, string Why) : Ending
    {
        /// <summary>Only these answers are asked for again, and what else was filled in stays; empty: everything from the step on.</summary>
        public ImmutableArray<string> Only { get; init; } = [];
    }

    /// <summary>Not to be had as it was filled in: the citizen says what to change, and the form stays open.</summary>
    /// <param name="Why">Tells what to reply.</param>
    public sealed record Choose(string Why, ImmutableArray<Way> Ways) : Ending;

    /// <param name="Steps">Asked for again; what else was filled in stays.</param>
    public sealed record Way(string Label, params ImmutableArray<string> Steps);
}
