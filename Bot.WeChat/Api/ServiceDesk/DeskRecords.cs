using System.Text.Json.Serialization;

namespace Bot.WeChat.Api;

/// <param name="WeChatId">Empty until an invitation was accepted.</param>
/// <param name="InvitedWeChatId">Set while an invitation waits; <paramref name="InviteStatus"/> is <c>waiting</c>, <c>rejected</c> or <c>expired</c>.</param>
public sealed record Agent(
    [property: JsonPropertyName("kf_account")] string Account,
    [property: JsonPropertyName("kf_nick")] string Nickname = "",
    [property: JsonPropertyName("kf_id")] string Id = "",
    [property: JsonPropertyName("kf_headimgurl")] string PictureUrl = "",
    [property: JsonPropertyName("kf_wx")] string WeChatId = "",
    [property: JsonPropertyName("invite_wx")] string InvitedWeChatId = "",
    string InviteStatus = "",
    [property: JsonPropertyName("invite_expire_time")] long InviteExpires = 0);

/// <param name="Status">1: online in the browser.</param>
/// <param name="Cases">Sessions under way.</param>
public sealed record OnlineAgent(
    [property: JsonPropertyName("kf_account")] string Account,
    [property: JsonPropertyName("kf_id")] string Id = "",
    int Status = 0,
    [property: JsonPropertyName("accepted_case")] int Cases = 0);

/// <param name="Since">Seconds since 1970-01-01 UTC.</param>
public sealed record Session(string Account, long Since);

/// <param name="Since">Seconds since 1970-01-01 UTC.</param>
public sealed record CitizenInSession(
    [property: JsonPropertyName("openid")] OpenId OpenId, [property: JsonPropertyName("createtime")] long Since = 0);

/// <param name="Count">Of all; <paramref name="Citizens"/> holds the 100 who wait longest.</param>
public sealed record WaitingCitizens(int Count, IReadOnlyList<WaitingCitizen> Citizens);

/// <param name="LatestTime">Of their last message; seconds since 1970-01-01 UTC.</param>
public sealed record WaitingCitizen([property: JsonPropertyName("openid")] OpenId OpenId, long LatestTime = 0);

/// <param name="LastMsgId">Where the next page begins, if this one was full.</param>
public sealed record DeskRecords(IReadOnlyList<DeskRecord> Records, long LastMsgId)
{
    /// <summary>As many as the platform gives at once.</summary>
    public const int PageSize = 10_000;
}

/// <param name="OperCode">2002 said by the agent, 2003 by the citizen.</param>
/// <param name="Time">Seconds since 1970-01-01 UTC.</param>
public sealed record DeskRecord(
    [property: JsonPropertyName("openid")] OpenId OpenId,
    [property: JsonPropertyName("opercode")] int OperCode = 0,
    string Text = "",
    long Time = 0,
    [property: JsonPropertyName("worker")] string Account = "");
