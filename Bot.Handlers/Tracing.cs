using System.Diagnostics;

namespace Bot.Handlers;

/// <summary>The six stops of a message as activities, for whoever listens; while nobody does, each costs a look at one field.</summary>
/// <remarks>They name kinds and routes, never a citizen or what was said.</remarks>
public static class Tracing
{
    public const string SourceName = "Bot";

    /// <summary>The outermost one, from the last byte of a callback to its answer.</summary>
    public const string Callback = "callback";

    public static ActivitySource Source { get; } = new(SourceName);
}
