using System.Collections.Concurrent;

namespace Bot.Host.Endpoints.Api;

/// <summary>Room for the bulk requests that are worked on, each whole in memory: for two on a host, and one of each owner.</summary>
internal sealed class BulkRoom : IDisposable
{
    private const int AtOnce = 2;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _all = new(AtOnce);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _owners = new(StringComparer.Ordinal);

    /// <returns>To be disposed on leaving; null: nobody left in time.</returns>
    public async Task<IDisposable?> EnterAsync(string owner, CancellationToken ct)
    {
        // First among its own: whoever sends many waits in a row of its own.
        var own = _owners.GetOrAdd(owner, _ => new(1));
        if (!await own.WaitAsync(s_patience, ct))
            return null;
        var entered = false;
        try
        {
            entered = await _all.WaitAsync(s_patience, ct);
            return entered ? new Place(_all, own) : null;
        }
        finally
        {
            if (!entered)
                own.Release();
        }
    }

    public void Dispose()
    {
        _all.Dispose();
        foreach (var own in _owners.Values)
            own.Dispose();
    }

    private sealed class Place(SemaphoreSlim all, SemaphoreSlim own) : IDisposable
    {
        public void Dispose()
        {
            all.Release();
            own.Release();
        }
    }
}
