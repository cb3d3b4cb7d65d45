namespace Bot.WeChat.Api;

/// <summary>The account's one access token, shared by everything and every host that calls the platform.</summary>
public interface IAccessTokens
{
    /// <summary>A token that should work now. Waits only when there is none; renewal ahead of time happens behind the callers' backs.</summary>
    ValueTask<ApiResult<StoredToken>> GetAsync(CancellationToken ct);

    /// <summary>
    /// What to use instead of a token that the platform refused (40001, 40014, 42001): another one if somebody has renewed it
    /// meanwhile, else a newly fetched one. When it is the refused one again, the platform insists on it, and a repeat is pointless.
    /// </summary>
    ValueTask<ApiResult<StoredToken>> ReplaceAsync(string refused, CancellationToken ct);
}
