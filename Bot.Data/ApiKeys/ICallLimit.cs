namespace Bot.Data.ApiKeys;

/// <summary>How often somebody may call, counted over all hosts.</summary>
public interface ICallLimit
{
    /// <summary>Counts one call. A window begins with its first call.</summary>
    /// <param name="most">Calls in a window; positive.</param>
    /// <returns>Zero when the call may go on; else how long the window lasts yet.</returns>
    ValueTask<TimeSpan> CountAsync(string caller, int most, TimeSpan window);
}
