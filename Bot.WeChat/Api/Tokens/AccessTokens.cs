using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bot.WeChat.Api;

internal sealed class AccessTokens : IAccessTokens
{
    private readonly SharedToken _token;

    public AccessTokens(
        StableToken stable, ITokenStore store, IOptions<WeChatOptions> options, IApiObserver observer, TimeProvider clock, ILogger<SharedToken> log) =>
        _token = new($"access_token:{options.Value.AppId}", stable.FetchAsync, store, observer.TokenRefreshed, clock, log);

    public ValueTask<ApiResult<StoredToken>> GetAsync(CancellationToken ct) => _token.GetAsync(ct);

    public ValueTask<ApiResult<StoredToken>> ReplaceAsync(string refused, CancellationToken ct) => _token.ReplaceAsync(refused, ct);
}
