namespace Bot.WeChat.Api;

/// <summary>JS-SDK: lets a page of ours use the client's camera, location and open tags.</summary>
/// <remarks>Source: WeChat Official Accounts documentation, “JS-SDK说明文档”, appendix 1.</remarks>
public interface IJsSdk
{
    /// <summary>What <c>wx.config</c> needs on this page.</summary>
    /// <param name="page">The page's whole address as the browser has it; what follows <c>#</c> is left out.</param>
    Task<ApiResult<JsConfig>> SignAsync(string page, CancellationToken ct);
}

/// <param name="Timestamp">Seconds since 1970-01-01 UTC.</param>
public sealed record JsConfig(string AppId, long Timestamp, string NonceStr, string Signature);
