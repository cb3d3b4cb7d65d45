namespace Bot.WeChat.Api;

/// <summary>Where all hosts of one account keep what the platform issues to the account as a whole: its access token, its JS-SDK ticket.</summary>
/// <remarks>
/// Names look like <c>access_token:wx…</c>. What is kept is a secret. An implementation that cannot reach its server throws;
/// the callers then ask the platform, which gives the same token to everyone who asks.
/// </remarks>
public interface ITokenStore
{
    /// <summary>The token as last stored, even past its time; null when there is none (any more).</summary>
    ValueTask<StoredToken?> GetAsync(string name, CancellationToken ct);

    /// <summary>
    /// Stores <paramref name="newToken"/> only if the value stored now is <paramref name="oldToken"/> (null: only if there is none),
    /// as one atomic step. False when another host was quicker; nothing changes then. The entry may vanish after it expires, not before.
    /// </summary>
    ValueTask<bool> TryReplaceAsync(string name, string? oldToken, StoredToken newToken, CancellationToken ct);

    /// <summary>Takes the right to ask the platform; disposing gives it back. It ends by itself after <paramref name="lifetime"/>, should the host die.</summary>
    /// <param name="patience">How long to wait while another host holds it.</param>
    /// <returns>Null when it could not be had in time.</returns>
    ValueTask<IAsyncDisposable?> AcquireRefreshLeaseAsync(string name, TimeSpan lifetime, TimeSpan patience, CancellationToken ct);
}

/// <param name="Value">A secret of up to 512 characters and more.</param>
/// <param name="ExpiresAt">By our clock, counted from before the platform was asked.</param>
public sealed record StoredToken(string Value, DateTimeOffset ExpiresAt)
{
    /// <summary>Tells nothing of the value, so that a careless log line gives nothing away.</summary>
    public override string ToString() => $"token until {ExpiresAt:O}";
}
