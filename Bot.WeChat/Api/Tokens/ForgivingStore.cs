using Microsoft.Extensions.Logging;

namespace Bot.WeChat.Api;

/// <summary>A token store whose server may be away. Then there is nothing stored, no lease, and every host asks the platform itself.</summary>
internal sealed partial class ForgivingStore(string name, ITokenStore store, ILogger log)
{
    private static readonly TimeSpan LeaseLifetime = TimeSpan.FromSeconds(30);

    /// <summary>Longer than one token call, so that the second host finds what the first one fetched.</summary>
    private static readonly TimeSpan LeasePatience = TimeSpan.FromSeconds(12);

    public async Task<StoredToken?> GetAsync()
    {
        try
        {
            return await store.GetAsync(name, CancellationToken.None);
        }
        catch (Exception e)
        {
            LogStoreAway(e, name);
            return null;
        }
    }

    /// <summary>True when nobody else has stored another token, as far as we can know.</summary>
    public async Task<bool> TryReplaceAsync(string? oldToken, StoredToken newToken)
    {
        try
        {
            return await store.TryReplaceAsync(name, oldToken, newToken, CancellationToken.None);
        }
        catch (Exception e)
        {
            LogStoreAway(e, name);
            return true;
        }
    }

    public async Task<IAsyncDisposable?> LeaseAsync()
    {
        try
        {
            return await store.AcquireRefreshLeaseAsync(name, LeaseLifetime, LeasePatience, CancellationToken.None);
        }
        catch (Exception e)
        {
            LogStoreAway(e, name);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The token store did not serve {Name}; going on without it")]
    private partial void LogStoreAway(Exception e, string name);
}
