namespace Bot.WeChat.Api;

internal sealed class QrCodes(WeChatApi api, ApiHosts hosts) : IQrCodes
{
    // A double costs nothing: temporary codes lapse, and the same permanent scene is the same code.
    private static readonly ApiCall Create = ApiCall.Repeat("/cgi-bin/qrcode/create");

    public async Task<ApiResult<QrTicket>> CreateAsync(QrScene scene, CancellationToken ct) =>
        (await api.PostAsync<QrBody, QrAnswer>(Create, QrBody.Of(scene), ct))
        .Map(a => a is { Ticket: { } ticket, Url: { } url } ? new QrTicket(ticket, url, a.ExpireSeconds) : null);

    public Uri PictureOf(QrTicket ticket) =>
        new($"{hosts.Configured ?? "https://mp.weixin.qq.com"}/cgi-bin/showqrcode?ticket={Uri.EscapeDataString(ticket.Ticket)}");
}

// Without expire_seconds a temporary code lives 30 s, or so it did once: it is always sent.
internal sealed record QrBody(long? ExpireSeconds, string ActionName, QrAction ActionInfo)
{
    public static QrBody Of(QrScene scene) => new(
        scene.Life is { } life ? (long)life.TotalSeconds : null,
        (scene.Life is null, scene.Text is null) switch
        {
            (false, true) => "QR_SCENE",
            (false, false) => "QR_STR_SCENE",
            (true, true) => "QR_LIMIT_SCENE",
            (true, false) => "QR_LIMIT_STR_SCENE",
        },
        new(new(scene.Number, scene.Text)));
}

internal sealed record QrAction(QrSceneBody Scene);

internal sealed record QrSceneBody(int? SceneId, string? SceneStr);

internal sealed class QrAnswer : Answer
{
    public string? Ticket { get; init; }
    public string? Url { get; init; }
    public int? ExpireSeconds { get; init; }
}
