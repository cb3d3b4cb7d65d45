using System.Text.Json.Serialization;

namespace Bot.WeChat.Api;

/// <summary>One follower as an answer of its own.</summary>
internal sealed class FollowerAnswer : Answer
{
    [JsonPropertyName("openid")]
    public OpenId OpenId { get; init; }

    [JsonConverter(typeof(OneIsTrue))]
    public bool Subscribe { get; init; }

    public long SubscribeTime { get; init; }

    [JsonPropertyName("unionid")]
    public string? UnionId { get; init; }

    public string? Language { get; init; }
    public string? Remark { get; init; }

    [JsonPropertyName("tagid_list")]
    public IReadOnlyList<int>? TagIds { get; init; }

    public string? SubscribeScene { get; init; }
    public int QrScene { get; init; }
    public string? QrSceneStr { get; init; }

    public Follower? ToFollower() => string.IsNullOrEmpty(OpenId.Value)
        ? null
        : new(OpenId, Subscribe, SubscribeTime, UnionId, Language ?? "", Remark ?? "", TagIds ?? [], SubscribeScene ?? "", QrScene, QrSceneStr ?? "");
}

internal sealed class OpenIdPageAnswer : Answer
{
    public int Total { get; init; }
    public int Count { get; init; }

    /// <summary>Absent when the page is empty.</summary>
    public OpenIdPageData? Data { get; init; }

    [JsonPropertyName("next_openid")]
    public string? NextOpenId { get; init; }

    // The last page of openids still names its own last one as next; the page after it is empty.
    public OpenIdPage ToPage() => new(
        Total,
        Data?.OpenIds ?? [],
        Data?.OpenIds is { Count: > 0 } && NextOpenId is { Length: > 0 } next ? new OpenId(next) : null);
}

internal sealed record OpenIdPageData([property: JsonPropertyName("openid")] IReadOnlyList<OpenId>? OpenIds = null);
