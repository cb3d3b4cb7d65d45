namespace Bot.WeChat.Api;

/// <summary>For one host: demo mode, tests, and small offices. Several hosts share a store of their own.</summary>
internal sealed class InProcessTokenStore : ITokenStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, StoredToken> _tokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SemaphoreSlim> _leases = new(StringComparer.Ordinal);

    public ValueTask<StoredToken?> GetAsync(string name, CancellationToken ct)
    {
        lock (_gate)
            return new(_tokens.GetValueOrDefault(name));
    }

    public ValueTask<bool> TryReplaceAsync(string name, string? oldToken, StoredToken newToken, CancellationToken ct)
    {
        lock (_gate)
        {
            if (_tokens.GetValueOrDefault(name)?.Value != oldToken)
                return new(false);
            _tokens[name] = newToken;
            return new(true);
        }
    }

    // The holder lives as long as this store does, so the lifetime needs no watching.
    public async ValueTask<IAsyncDisposable?> AcquireRefreshLeaseAsync(string name, TimeSpan lifetime, TimeSpan patience, CancellationToken ct)
    {
        SemaphoreSlim? lease;
        lock (_gate)
        {
            if (!_leases.TryGetValue(name, out lease))
                _leases[name] = lease = new SemaphoreSlim(1);
        }
        return await lease.WaitAsync(patience, ct) ? new Lease(lease) : null;
    }

    private sealed class Lease(SemaphoreSlim held) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            held.Release();
            return default;
        }
    }
}
