namespace Bot.WeChat.Api;

/// <summary>网页授权: who is looking at our page inside WeChat.</summary>
/// <remarks>Verified 服务号, and verified government accounts. Source: WeChat Official Accounts documentation, “网页授权”.</remarks>
public interface IWebAuthorization
{
    /// <summary>Where to send the browser; it comes back to <paramref name="returnTo"/> with <c>code</c> and <c>state</c>.</summary>
    /// <param name="returnTo">Its host is the account's 网页授权域名, exactly.</param>
    /// <param name="state">Random letters and digits, at most 128, checked on return.</param>
    Uri AuthorizeUrl(Uri returnTo, string state, WebScope scope);

    /// <summary>
    /// Spends the code, which works once and for 5 minutes. A reload brings it again, so this process gives the same grant for that time.
    /// </summary>
    Task<ApiResult<WebGrant>> ExchangeAsync(string code, CancellationToken ct);

    Task<ApiResult<WebGrant>> RefreshAsync(WebGrant grant, CancellationToken ct);

    /// <summary>Whether the grant still holds.</summary>
    Task<ApiResult<Done>> CheckAsync(WebGrant grant, CancellationToken ct);

    /// <summary>Needs <see cref="WebScope.UserInfo"/>.</summary>
    Task<ApiResult<WebUser>> UserAsync(WebGrant grant, CancellationToken ct);
}

/// <summary>Silent, openid only; or asks the citizen, with nickname and picture.</summary>
public enum WebScope { Base, UserInfo }

/// <param name="AccessToken">Not the account's token; good for <see cref="IWebAuthorization.UserAsync"/> alone.</param>
/// <param name="RefreshToken">30 days.</param>
/// <param name="IsSnapshotUser">A snapshot page: the ids are virtual. Never bind a case to them.</param>
public sealed record WebGrant(
    OpenId OpenId, string Scope, string AccessToken, string RefreshToken, DateTimeOffset ExpiresAt, string? UnionId, bool IsSnapshotUser)
{
    /// <summary>Without the tokens, so that a careless log line gives nothing away.</summary>
    public override string ToString() => $"{Scope} by {OpenId} until {ExpiresAt:O}";
}

/// <summary>As the citizen calls themselves; anyone can call themselves anything.</summary>
public sealed record WebUser(OpenId OpenId, string Nickname, string PictureUrl, string? UnionId);
