using Microsoft.Extensions.Options;

namespace Bot.WeChat.Api;

internal sealed class WebAuthorization(ApiTransport transport, ApiHosts hosts, SpentCodes codes, IOptions<WeChatOptions> options, TimeProvider clock)
    : IWebAuthorization
{
    // Not repeated when its outcome is unknown: the code may be spent, and 40163 would hide the first answer.
    private static readonly ApiCall Exchange = ApiCall.GetOnce("/sns/oauth2/access_token");
    private static readonly ApiCall Refresh = ApiCall.Get("/sns/oauth2/refresh_token");
    private static readonly ApiCall Check = ApiCall.Get("/sns/auth");
    private static readonly ApiCall User = ApiCall.Get("/sns/userinfo");

    // The order of the parameters matters to the platform, and so does the fragment.
    public Uri AuthorizeUrl(Uri returnTo, string state, WebScope scope) => new(
        $"{hosts.Configured ?? "https://open.weixin.qq.com"}/connect/oauth2/authorize?appid={Id}&redirect_uri={Uri.EscapeDataString(returnTo.AbsoluteUri)}"
        + $"&response_type=code&scope={(scope is WebScope.Base ? "snsapi_base" : "snsapi_userinfo")}&state={Uri.EscapeDataString(state)}#wechat_redirect");

    private string Id => Uri.EscapeDataString(options.Value.AppId);

    public Task<ApiResult<WebGrant>> ExchangeAsync(string code, CancellationToken ct) => codes.OnceAsync(code, () => GrantAsync(
        Exchange, $"appid={Id}&secret={Uri.EscapeDataString(options.Value.AppSecret)}&code={Uri.EscapeDataString(code)}&grant_type=authorization_code",
        CancellationToken.None), ct);

    public Task<ApiResult<WebGrant>> RefreshAsync(WebGrant grant, CancellationToken ct) =>
        GrantAsync(Refresh, $"appid={Id}&grant_type=refresh_token&refresh_token={Uri.EscapeDataString(grant.RefreshToken)}", ct);

    public async Task<ApiResult<Done>> CheckAsync(WebGrant grant, CancellationToken ct) =>
        (await AskAsync<Answer>(Check, Of(grant), ct)).Pick<Done>(_ => default(Done));

    public async Task<ApiResult<WebUser>> UserAsync(WebGrant grant, CancellationToken ct) =>
        (await AskAsync<WebUserAnswer>(User, Of(grant) + "&lang=zh_CN", ct)).Map(a => a.ToUser());

    private static string Of(WebGrant grant) =>
        $"access_token={Uri.EscapeDataString(grant.AccessToken)}&openid={Uri.EscapeDataString(grant.OpenId.Value)}";

    private async Task<ApiResult<WebGrant>> GrantAsync(ApiCall call, string query, CancellationToken ct)
    {
        var asked = clock.GetUtcNow();
        return (await AskAsync<WebGrantAnswer>(call, query, ct)).Map(a => a.ToGrant(asked));
    }

    private async Task<ApiResult<T>> AskAsync<T>(ApiCall call, string query, CancellationToken ct)
        where T : Answer
    {
        var result = await transport.SendAsync(new(call, query, null, call.Repeatable), JsonReader<T>.Instance, ct);
        // The token that was refused here is the citizen's: no use in renewing ours.
        return result.Error is { Class: ErrorClass.RefreshToken } error ? error with { Class = ErrorClass.ReauthoriseUser } : result;
    }
}
