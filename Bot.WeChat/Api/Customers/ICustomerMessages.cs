namespace Bot.WeChat.Api;

/// <summary>客服消息: what we say to a citizen outside the reply to a callback.</summary>
/// <remarks>
/// Allowed for 48 h and 5 messages after the citizen wrote, 1 minute and 3 messages after a menu tap, a follow or a scan; else 45015
/// or 45047, both <see cref="ErrorClass.DropRecipient"/>. The platform knows no dedup id here, so an unknown outcome is not repeated.
/// Source: WeChat Official Accounts documentation, “发送客服消息”.
/// </remarks>
public interface ICustomerMessages
{
    /// <param name="agent">Speaks as this customer-service account, such as <c>desk@gov</c>; null: as the account itself.</param>
    Task<ApiResult<Done>> SendAsync(OpenId to, CustomerMessage message, CancellationToken ct, string? agent = null);

    /// <summary>Shows or hides 对方正在输入. Succeeds also when the platform says that it need not (45080, 45081).</summary>
    Task<ApiResult<Done>> TypingAsync(OpenId to, bool typing, CancellationToken ct);
}
