using System.Text.Json.Serialization;

namespace Bot.WeChat.Api;

/// <summary>What operators ask about the platform itself.</summary>
/// <remarks>Source: WeChat Official Accounts documentation, “openApi管理”, “网络检测”.</remarks>
public interface IPlatform
{
    /// <summary>Addresses or CIDR blocks that callbacks come from; they change, and are no proof on their own.</summary>
    Task<ApiResult<IReadOnlyList<string>>> CallbackAddressesAsync(CancellationToken ct);

    Task<ApiResult<IReadOnlyList<string>>> ApiAddressesAsync(CancellationToken ct);

    /// <summary>Lets the platform try our callback's name and host.</summary>
    /// <param name="action"><c>dns</c>, <c>ping</c> or <c>all</c>.</param>
    /// <param name="from"><c>CHINANET</c>, <c>UNICOM</c>, <c>CAP</c> or <c>DEFAULT</c>.</param>
    Task<ApiResult<NetworkCheck>> CheckCallbackAsync(string action, string from, CancellationToken ct);

    /// <summary>Sets every API's count of the day to zero; 10 a month in all (48006).</summary>
    Task<ApiResult<Done>> ClearQuotaAsync(CancellationToken ct);

    /// <summary>The same by secret: works when even the token calls are used up.</summary>
    Task<ApiResult<Done>> ClearQuotaBySecretAsync(CancellationToken ct);

    /// <param name="path">Such as <c>/cgi-bin/message/custom/send</c>.</param>
    Task<ApiResult<ApiQuota>> QuotaAsync(string path, CancellationToken ct);

    /// <summary>What the platform remembers of a failed call, for a few days. The request's address is left out: it holds a token.</summary>
    Task<ApiResult<CallRecord>> ExplainAsync(string rid, CancellationToken ct);
}

public sealed record NetworkCheck(IReadOnlyList<DnsCheck> Dns, IReadOnlyList<PingCheck> Ping);

public sealed record DnsCheck(string Ip, string RealOperator = "");

/// <param name="PackageLoss">Such as <c>0%</c>.</param>
/// <param name="Time">Such as <c>23.079ms</c>.</param>
public sealed record PingCheck(string Ip, string FromOperator = "", string PackageLoss = "", string Time = "");

public sealed record ApiQuota(long DailyLimit, long Used, long Remain);

/// <param name="InvokeTime">Seconds since 1970-01-01 UTC.</param>
public sealed record CallRecord(long InvokeTime, [property: JsonPropertyName("cost_in_ms")] int CostMs = 0, string RequestBody = "", string ResponseBody = "");
