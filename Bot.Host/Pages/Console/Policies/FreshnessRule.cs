using Bot.Data.Policies;

namespace Bot.Host.Pages.Console.Policies;

/// <summary><c>Policies:…</c>: when the office is reminded that its shelf gets old.</summary>
public sealed class FreshnessRule
{
    /// <summary>Days in which a document counts as soon to lapse.</summary>
    public int LapseWarningDays { get; set; } = 30;

    /// <summary>Days without anything published after which the editors are told.</summary>
    public int SilentDays { get; set; } = 14;

    /// <returns>What to say when nothing was published for too long; null when all is well.</returns>
    internal string? Stale(PolicyFreshness fresh, DateTimeOffset now) =>
        fresh.LastPublishedAt is { } last && (now - last).TotalDays >= SilentDays ? $"已有 {(int)(now - last).TotalDays} 天没有发布或更新内容" : null;
}
