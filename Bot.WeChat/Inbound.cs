namespace Bot.WeChat;

/// <summary>One message or event from the platform, verified, decrypted and parsed.</summary>
/// <remarks>Source: WeChat Official Accounts documentation, “接收普通消息” and “接收事件推送”.</remarks>
public abstract record Inbound
{
    /// <summary>Our account's original id (<c>gh_…</c>); the sender of every reply.</summary>
    public required string Account { get; init; }

    /// <summary>Who sent it. Never empty: a callback without a sender is refused before it gets here.</summary>
    public required OpenId From { get; init; }

    /// <summary>WeChat's clock, whole seconds since 1970-01-01 UTC. Comparable with other messages only, never with our clock.</summary>
    public required long CreateTime { get; init; }

    /// <summary>A short, bounded name for metrics and logs: <c>text</c>, <c>image</c>, <c>subscribe</c>, …, <c>unknown</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>Equal for every delivery of the same message and different for every other one of the same sender.</summary>
    public abstract string DedupeKey { get; }
}
