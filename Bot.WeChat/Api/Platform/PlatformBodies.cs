using System.Text.Json.Serialization;

namespace Bot.WeChat.Api;

internal sealed class IpListAnswer : Answer
{
    public IReadOnlyList<string>? IpList { get; init; }
}

internal sealed record CheckBody(string Action, string CheckOperator);

internal sealed class CheckAnswer : Answer
{
    public IReadOnlyList<DnsCheck>? Dns { get; init; }
    public IReadOnlyList<PingCheck>? Ping { get; init; }
}

internal sealed record AppIdBody([property: JsonPropertyName("appid")] string AppId);

// A class and not a record: a record's ToString would print the secret.
internal sealed class SecretBody
{
    [JsonPropertyName("appid")]
    public required string AppId { get; init; }

    [JsonPropertyName("appsecret")]
    public required string AppSecret { get; init; }
}

internal sealed record QuotaBody(string CgiPath);

internal sealed class QuotaAnswer : Answer
{
    public ApiQuota? Quota { get; init; }
}

internal sealed record RidBody(string Rid);

internal sealed class RidAnswer : Answer
{
    public CallRecord? Request { get; init; }
}
