using Microsoft.Extensions.Options;

namespace Bot.WeChat.Api;

/// <summary>Asks the platform for the account's token.</summary>
/// <remarks>Source: WeChat Official Accounts documentation, “获取稳定版接口调用凭据”.</remarks>
internal sealed class StableToken(ApiTransport transport, IOptions<WeChatOptions> options, TimeProvider clock)
{
    private static readonly ApiCall Normal = ApiCall.Repeat("/cgi-bin/stable_token");

    // At most 20 a day, and each kills the token that others hold.
    private static readonly ApiCall Forced = ApiCall.Once("/cgi-bin/stable_token");

    public async Task<ApiResult<StoredToken>> FetchAsync(bool force, CancellationToken ct)
    {
        var asked = clock.GetUtcNow();
        using var body = JsonBody.Of(new StableTokenBody
        {
            GrantType = "client_credential",
            Appid = options.Value.AppId,
            Secret = options.Value.AppSecret,
            ForceRefresh = force,
        });
        var call = force ? Forced : Normal;
        var answer = await transport.SendAsync(new(call, "", body, call.Repeatable), JsonReader<StableTokenAnswer>.Instance, ct);
        var token = answer.Map(a => a.AccessToken is { Length: > 0 } value ? new StoredToken(value, asked.AddSeconds(a.ExpiresIn)) : null);
        return token.Ok ? token : AsSeenByTheCaller(token.Error);
    }

    /// <summary>Without a token the caller's own request was not sent, whatever became of ours; and here 40001 means a wrong secret.</summary>
    private static ApiError AsSeenByTheCaller(ApiError error) => error.Class switch
    {
        ErrorClass.NotSent or ErrorClass.OutcomeUnknown or ErrorClass.Retry => ApiError.NotSent($"no access token: {error.Message}"),
        ErrorClass.Backoff => error,
        _ => error with { Message = "no access token: " + error.Message, Class = ErrorClass.Alert },
    };
}

// Classes and not records: a record's ToString would print the secret.
internal sealed class StableTokenBody
{
    public required string GrantType { get; init; }
    public required string Appid { get; init; }
    public required string Secret { get; init; }
    public required bool ForceRefresh { get; init; }
}

internal sealed class StableTokenAnswer : Answer
{
    public string? AccessToken { get; init; }

    /// <summary>Seconds left, at least 300.</summary>
    public int ExpiresIn { get; init; }
}
