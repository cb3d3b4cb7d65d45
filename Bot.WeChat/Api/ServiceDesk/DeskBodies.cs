using System.Text.Json.Serialization;

namespace Bot.WeChat.Api;

internal sealed record AgentBody(string KfAccount, string? Nickname = null, string? InviteWx = null);

internal sealed record SessionBody(string KfAccount, [property: JsonPropertyName("openid")] OpenId OpenId);

internal sealed record RecordsBody(
    [property: JsonPropertyName("starttime")] long From,
    [property: JsonPropertyName("endtime")] long To,
    [property: JsonPropertyName("msgid")] long MsgId,
    int Number);

internal sealed class AgentsAnswer : Answer
{
    public IReadOnlyList<Agent>? KfList { get; init; }
}

internal sealed class OnlineAgentsAnswer : Answer
{
    public IReadOnlyList<OnlineAgent>? KfOnlineList { get; init; }
}

internal sealed class SessionAnswer : Answer
{
    public string? KfAccount { get; init; }

    [JsonPropertyName("createtime")]
    public long CreateTime { get; init; }
}

internal sealed class SessionsAnswer : Answer
{
    [JsonPropertyName("sessionlist")]
    public IReadOnlyList<CitizenInSession>? SessionList { get; init; }
}

internal sealed class WaitingAnswer : Answer
{
    public int Count { get; init; }

    [JsonPropertyName("waitcaselist")]
    public IReadOnlyList<WaitingCitizen>? WaitCaseList { get; init; }
}

internal sealed class RecordsAnswer : Answer
{
    [JsonPropertyName("recordlist")]
    public IReadOnlyList<DeskRecord>? RecordList { get; init; }

    [JsonPropertyName("msgid")]
    public long MsgId { get; init; }
}
