namespace Bot.Host.Delivery.Jobs;

/// <summary>How long a failed job waits: ten seconds, then four times as long each time, at most an hour.</summary>
internal static class RetryPause
{
    private static readonly TimeSpan[] s_pauses =
        [TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(160), TimeSpan.FromSeconds(640), TimeSpan.FromSeconds(2560), TimeSpan.FromHours(1)];

    /// <param name="attempts">So far; at least one.</param>
    public static TimeSpan After(int attempts) => s_pauses[Math.Min(attempts, s_pauses.Length) - 1];
}
