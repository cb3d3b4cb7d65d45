namespace Bot.WeChat.Api;

/// <summary>Whether a failed attempt is followed by another one, and after how long.</summary>
internal static class RetryPlan
{
    private const int MaxRetries = 3;

    /// <summary>A negative code that the table does not know.</summary>
    private const int MaxRetriesOfUnknown = 2;

    private static readonly TimeSpan AfterFault = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AfterBusy = TimeSpan.FromSeconds(1);

    /// <param name="attempt">The one that failed, from 1.</param>
    /// <returns>Null: give the error to the caller.</returns>
    public static TimeSpan? WaitAfter(ApiError error, int attempt, bool repeatable)
    {
        var (retries, first) = error.Class switch
        {
            ErrorClass.NotSent => (MaxRetries, AfterFault),
            ErrorClass.OutcomeUnknown when repeatable => (MaxRetries, AfterFault),
            ErrorClass.Retry when repeatable => (ErrorTable.Knows(error.Code) ? MaxRetries : MaxRetriesOfUnknown, AfterBusy),
            _ => (0, TimeSpan.Zero),
        };
        if (attempt > retries)
            return null;
        var jitter = 0.8 + Random.Shared.NextDouble() * 0.4;
        return first * Math.Pow(2, attempt - 1) * jitter;
    }
}
