namespace Bot.Host.Delivery.Notices;

/// <summary>The engine's own times; tests shorten them.</summary>
internal sealed record NoticeTiming
{
    /// <summary>How long a host may hold what it took. Its death is noticed after this.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often to look for work without being told.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan Sweep { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Results that come within this are written together.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>A row is given back rather than sent in the last quarter of its lease.</summary>
    public TimeSpan SendWithin => Lease * 0.75;
}
