using System.Collections.Immutable;
using Bot.Handlers.Flows;

namespace Bot.Handlers.Conversation;

/// <summary>One citizen's place in the conversation, as kept between two messages.</summary>
public sealed record Session
{
    public static Session New { get; } = new();

    /// <summary>Counts the turns that were kept.</summary>
    public long Turn { get; init; }

    /// <summary>The form being filled in, if any.</summary>
    public FlowState? Flow { get; init; }

    /// <summary>The numbered list that the citizen saw last, unless the flow asked something after it.</summary>
    public Screen? Screen { get; init; }

    /// <summary>The list whose numbers count: one that we sent by ourselves steps back once a form asked something after it, and while a person answers, who may have asked how many.</summary>
    public Screen? OnTop => Screen is { SentAt: { } sent } && (AtDesk || Flow?.AskedAt > sent) ? null : Screen;

    /// <summary>A person at the desk answers: what is no command goes to them.</summary>
    public bool AtDesk { get; init; }

    /// <summary>WeChat's time of the newest message that was answered: what was sent before it cannot answer what came of it.</summary>
    public long CausedAt { get; init; }

    public Pace Pace { get; init; }

    /// <summary>With a list that we sent by ourselves, unless the citizen got another one after it. An open form goes on when they say so.</summary>
    /// <param name="choices">The commands behind 1, 2, 3….</param>
    public Session Prompted(ImmutableArray<string> choices, DateTimeOffset sentAt)
    {
        var newer = Screen is { } shown && (shown.SentAt is { } sent ? sent > sentAt : CausedAt > sentAt.ToUnixTimeSeconds());
        return newer ? this : this with { Screen = new(choices, [Home]) { SentAt = sentAt } };
    }

    // Where 返回 leads from there.
    private const string Home = "help";
}

/// <summary>What numbers mean, and the way back.</summary>
/// <param name="Choices">The commands behind 1, 2, 3….</param>
/// <param name="Trail">The commands that led here, newest last: 返回 goes back along it.</param>
/// <param name="Page">From 0.</param>
/// <param name="More">True when 下一页 shows another page.</param>
public sealed record Screen(ImmutableArray<string> Choices, ImmutableArray<string> Trail, int Page = 0, bool More = false)
{
    /// <summary>Steps back that are remembered.</summary>
    public const int LongestTrail = 6;

    /// <summary>When we sent it by ourselves, our clock; null for a list that answered the citizen. What was said before it cannot be meant for it.</summary>
    public DateTimeOffset? SentAt { get; init; }
}

/// <summary>How many messages came in the current minute.</summary>
/// <param name="Since">Our clock, seconds since 1970-01-01 UTC.</param>
public readonly record struct Pace(long Since, int Count)
{
    public Pace Next(DateTimeOffset now) => now.ToUnixTimeSeconds() is var at && at - Since is >= 0 and < 60 ? this with { Count = Count + 1 } : new(at, 1);
}
