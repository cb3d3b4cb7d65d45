namespace Bot.Handlers;

/// <summary>The platform keeps for three days what a citizen sent: it is fetched at once, and then ever more seldom.</summary>
internal static class SentMedia
{
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(3);
    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(1);

    /// <returns>How long to wait before the next try; null when the platform has it no more.</returns>
    public static TimeSpan? PauseAt(TimeSpan age) => age > s_kept ? null : age / 2 < s_shortest ? s_shortest : age / 2 > s_longest ? s_longest : age / 2;
}
