using System.Collections.Immutable;
using Bot.WeChat;

namespace Bot.Handlers.Routing;

/// <summary>One line of the table: every door that leads to one handler or flow.</summary>
/// <param name="Name">Stable: it is kept in sessions as the first word of a choice's command.</param>
public sealed record Route(string Name, Type Target)
{
    /// <summary>Typed or spoken, the whole message.</summary>
    public ImmutableArray<string> Words { get; init; } = [];

    /// <summary>Typed or spoken, followed by an argument.</summary>
    public ImmutableArray<string> Prefixes { get; init; } = [];

    /// <summary>Which arguments a prefix takes; others are not meant for it, such as 查 with no number behind.</summary>
    public Func<string, bool> Accepts { get; init; } = static argument => argument.Length > 0;

    /// <summary>Menu keys.</summary>
    public ImmutableArray<string> Keys { get; init; } = [];

    /// <summary>What a QR scene begins with; the rest is the argument.</summary>
    public ImmutableArray<string> Scenes { get; init; } = [];

    /// <summary>Kinds of message.</summary>
    public ImmutableArray<Type> Messages { get; init; } = [];

    /// <summary>Takes whatever nothing else took.</summary>
    public bool TakesAnything { get; init; }

    public bool StartsFlow { get; init; }

    /// <summary>What the route's words and keys stand for: the first word of the argument.</summary>
    public string Meaning { get; init; } = "";

    /// <summary>A word to begin with; the builder reads as a sentence: <c>On("help").Words("帮助").Key("HELP").To&lt;Help&gt;()</c>.</summary>
    public static Doors On(string name) => new(new(name, typeof(void)));

    /// <summary>A route without its handler yet.</summary>
    public readonly record struct Doors(Route Route)
    {
        public Doors Words(params ImmutableArray<string> words) => new(Route with { Words = words });

        /// <summary>A word alone, or with an argument behind it.</summary>
        public Doors WordsAnd(Func<string, bool>? accepts, params ImmutableArray<string> words) =>
            new(Route with { Words = words, Prefixes = words, Accepts = accepts ?? Route.Accepts });

        /// <summary>A word that means nothing without an argument behind it.</summary>
        public Doors Prefix(Func<string, bool> accepts, params ImmutableArray<string> words) =>
            new(Route with { Prefixes = words, Accepts = accepts });

        /// <summary>The words lead here with an argument behind them, too.</summary>
        public Doors AndBehind(Func<string, bool> accepts) => new(Route with { Prefixes = Route.Words, Accepts = accepts });

        public Doors Key(params ImmutableArray<string> keys) => new(Route with { Keys = keys });

        public Doors Scene(params ImmutableArray<string> prefixes) => new(Route with { Scenes = prefixes });

        public Doors Message<TMessage>() where TMessage : Inbound => new(Route with { Messages = Route.Messages.Add(typeof(TMessage)) });

        /// <summary>One handler for several routes is told by this word which one led to it.</summary>
        public Doors Means(string word) => new(Route with { Meaning = word });

        public Doors Anything() => new(Route with { TakesAnything = true });

        public Route To<THandler>() where THandler : IHandler => Route with { Target = typeof(THandler) };

        public Route Starts<TFlow>() where TFlow : Flows.IFlow => Route with { Target = typeof(TFlow), StartsFlow = true };
    }
}

/// <summary>Where a message goes, and what came with it.</summary>
public readonly record struct Matched(Route Route, string Argument = "");
