namespace Bot.Data;

/// <summary>Tells every host that published content changed, so that it reads it anew.</summary>
public interface IContentChanges
{
    /// <summary>
    /// Runs <paramref name="onChange"/> at once, then after every change, and when the connection was lost in between. Returns
    /// when <paramref name="ct"/> is cancelled. Changes announced while it runs are answered by one more run.
    /// </summary>
    Task WatchAsync(Func<CancellationToken, Task> onChange, CancellationToken ct);
}
