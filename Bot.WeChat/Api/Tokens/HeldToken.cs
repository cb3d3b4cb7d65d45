namespace Bot.WeChat.Api;

/// <summary>A token in this process's memory and the two moments that matter to it.</summary>
internal sealed record HeldToken(ApiResult<StoredToken> Result, DateTimeOffset UsableUntil, DateTimeOffset RenewAt)
{
    /// <summary>A call must not start with a token that expires under way.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    /// <summary>Renewal begins 5 to 10 minutes ahead, at random so that hosts do not all ask at once.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>Up to 5 minutes before its end the platform gives the same token again; asking more often gains nothing.</summary>
    private static readonly TimeSpan BetweenRenewals = TimeSpan.FromMinutes(1);

    public string Value => Result.Value!.Value;

    public static HeldToken From(StoredToken token, DateTimeOffset now)
    {
        var renewAt = token.ExpiresAt - Ahead - Ahead * Random.Shared.NextDouble();
        var earliest = now + BetweenRenewals;
        return new(token, token.ExpiresAt - Margin, renewAt > earliest ? renewAt : earliest);
    }
}
