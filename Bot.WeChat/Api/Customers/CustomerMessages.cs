namespace Bot.WeChat.Api;

internal sealed class CustomerMessages(WeChatApi api) : ICustomerMessages
{
    private static readonly ApiCall Send = ApiCall.Once("/cgi-bin/message/custom/send");
    private static readonly ApiCall Typing = ApiCall.Repeat("/cgi-bin/message/custom/typing");

    public Task<ApiResult<Done>> SendAsync(OpenId to, CustomerMessage message, CancellationToken ct, string? agent = null) =>
        api.DoAsync(Send, CustomSendBody.Of(to, message, agent), ct);

    public async Task<ApiResult<Done>> TypingAsync(OpenId to, bool typing, CancellationToken ct)
    {
        var result = await api.DoAsync(Typing, new TypingBody(to.Value, typing ? "Typing" : "CancelTyping"), ct);
        return result.Error is { Class: ErrorClass.Normal } ? default(Done) : result;
    }
}
