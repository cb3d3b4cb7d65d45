namespace Bot.Host.Delivery.Jobs;

/// <summary>How long a failed job waits: ten seconds, then four times as long each time, at most an hour; parked after eight tries.</summary>
internal static class RetryPause
{
    public const int Tries = 8;
    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_most = TimeSpan.FromHours(1);

    /// <returns>Null: it was the last try.</returns>
    public static TimeSpan? After(int attempts)
    {
        if (attempts >= Tries)
            return null;
        var pause = s_first * Math.Pow(4, attempts - 1);
        return pause < s_most ? pause : s_most;
    }
}
