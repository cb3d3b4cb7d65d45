using System.Text.Json.Serialization;

namespace Bot.WeChat.Api;

internal sealed class WebGrantAnswer : Answer
{
    public string? AccessToken { get; init; }
    public int ExpiresIn { get; init; }
    public string? RefreshToken { get; init; }

    [JsonPropertyName("openid")]
    public string? OpenId { get; init; }

    public string? Scope { get; init; }

    [JsonPropertyName("unionid")]
    public string? UnionId { get; init; }

    [JsonPropertyName("is_snapshotuser"), JsonConverter(typeof(OneIsTrue))]
    public bool IsSnapshotUser { get; init; }

    public WebGrant? ToGrant(DateTimeOffset asked) =>
        AccessToken is { Length: > 0 } && OpenId is { Length: > 0 }
            ? new(new(OpenId), Scope ?? "", AccessToken, RefreshToken ?? "", asked.AddSeconds(ExpiresIn), UnionId, IsSnapshotUser)
            : null;
}

internal sealed class WebUserAnswer : Answer
{
    [JsonPropertyName("openid")]
    public string? OpenId { get; init; }

    public string? Nickname { get; init; }

    [JsonPropertyName("headimgurl")]
    public string? HeadImgUrl { get; init; }

    [JsonPropertyName("unionid")]
    public string? UnionId { get; init; }

    public WebUser? ToUser() => OpenId is { Length: > 0 } ? new(new(OpenId), Nickname ?? "", HeadImgUrl ?? "", UnionId) : null;
}
