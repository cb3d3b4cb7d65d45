using System.Globalization;

namespace Bot.WeChat.Api;

internal sealed class MassMessages(WeChatApi api) : IMassMessages
{
    private static readonly ApiCall SendAll = ApiCall.Once("/cgi-bin/message/mass/sendall");
    private static readonly ApiCall Send = ApiCall.Once("/cgi-bin/message/mass/send");
    private static readonly ApiCall Preview = ApiCall.Once("/cgi-bin/message/mass/preview");
    private static readonly ApiCall Status = ApiCall.Repeat("/cgi-bin/message/mass/get");
    private static readonly ApiCall Delete = ApiCall.Repeat("/cgi-bin/message/mass/delete");
    private static readonly ApiCall Speed = ApiCall.Repeat("/cgi-bin/message/mass/speed/set");

    public Task<ApiResult<MassReceipt>> SendToAllAsync(MassContent content, string? clientMsgId, CancellationToken ct) =>
        SendAsync(SendAll, MassBody.Of(content) with { Filter = new(true, null), ClientMsgId = clientMsgId }, ct);

    public Task<ApiResult<MassReceipt>> SendToTagAsync(int tagId, MassContent content, string? clientMsgId, CancellationToken ct) =>
        SendAsync(SendAll, MassBody.Of(content) with { Filter = new(false, tagId), ClientMsgId = clientMsgId }, ct);

    public Task<ApiResult<MassReceipt>> SendToAsync(
        IReadOnlyList<OpenId> citizens, MassContent content, string? clientMsgId, CancellationToken ct) =>
        SendAsync(Send, MassBody.Of(content) with { ToUsers = citizens, ClientMsgId = clientMsgId }, ct);

    public Task<ApiResult<Done>> PreviewAsync(OpenId reader, MassContent content, CancellationToken ct)
    {
        var body = MassBody.Of(content);
        // Here a picture is one media id, not a list.
        var picture = body.Images is { MediaIds: [var first, ..] } ? new MassMediaId(first) : null;
        return api.DoAsync(Preview, new MassPreviewBody(reader, body.MpNews, body.Text, picture, body.MsgType), ct);
    }

    public async Task<ApiResult<string>> StatusAsync(long msgId, CancellationToken ct) =>
        (await api.PostAsync<MassIdBody, MassStatusAnswer>(Status, new(msgId.ToString(CultureInfo.InvariantCulture)), ct)).Map(a => a.MsgStatus);

    public Task<ApiResult<Done>> DeleteAsync(long msgId, int article, CancellationToken ct) =>
        api.DoAsync(Delete, new MassDeleteBody(msgId, article), ct);

    public Task<ApiResult<Done>> SetSpeedAsync(int speed, CancellationToken ct) =>
        api.DoAsync(Speed, new MassSpeedBody(speed), ct);

    private async Task<ApiResult<MassReceipt>> SendAsync(ApiCall call, MassBody body, CancellationToken ct) =>
        (await api.PostAsync<MassBody, MassAnswer>(call, body, ct, dedupId: body.ClientMsgId is not null))
        .Map(a => a.MsgId is { } id ? new MassReceipt(id, a.MsgDataId) : null);
}
