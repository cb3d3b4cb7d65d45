using System.Text.Json.Serialization;

namespace Bot.WeChat.Api;

/// <summary>What the platform still tells of a citizen.</summary>
/// <param name="Subscribed">False: they do not follow, and nothing but the ids is known.</param>
/// <param name="SubscribeTime">Seconds since 1970-01-01 UTC.</param>
/// <param name="Scene">How they came, such as <c>ADD_SCENE_QR_CODE</c>.</param>
/// <param name="QrScene">The code's number; 0 for none.</param>
public sealed record Follower(
    [property: JsonPropertyName("openid")] OpenId OpenId,
    [property: JsonPropertyName("subscribe"), JsonConverter(typeof(OneIsTrue))] bool Subscribed = false,
    long SubscribeTime = 0,
    [property: JsonPropertyName("unionid")] string? UnionId = null,
    string Language = "",
    string Remark = "",
    [property: JsonPropertyName("tagid_list")] IReadOnlyList<int>? TagIds = null,
    [property: JsonPropertyName("subscribe_scene")] string Scene = "",
    int QrScene = 0,
    string QrSceneStr = "");
