using System.Globalization;
using Bot.Simulator.World;

namespace Bot.Simulator.Callbacks;

/// <summary>Builds what the platform pushes, field by field as its documents list them.</summary>
internal sealed class PushFactory(SimulatorOptions options, VirtualClock clock, Dice dice)
{
    /// <summary>Account-level events come from the administrator, not from a citizen.</summary>
    public const string Administrator = "oSimAdministrator0000000009z";

    public Push Text(string openId, string content, string? menuId = null) =>
        Message(openId, "文本消息", "text", [new("Content", content)], menuId is null ? [] : [new("bizmsgmenuid", menuId)]);

    public Push Image(string openId, string mediaId, string picUrl) =>
        Message(openId, "图片消息", "image", [new("PicUrl", picUrl), new("MediaId", mediaId)]);

    public Push Voice(string openId, string mediaId, string? recognition) => Message(openId, "语音消息", "voice",
    [
        new("MediaId", mediaId), new("Format", "amr"),
        .. recognition is null ? Array.Empty<Field>() : [new("Recognition", recognition)],
        new("MediaId16K", mediaId + "_16k"),
    ]);

    public Push Video(string openId, string mediaId, string thumbId) =>
        Message(openId, "视频消息", "video", [new("MediaId", mediaId), new("ThumbMediaId", thumbId)]);

    public Push Location(string openId, double latitude, double longitude, string label) => Message(openId, "位置消息", "location",
    [
        new("Location_X", Degrees(latitude)), new("Location_Y", Degrees(longitude)), new("Scale", 16L), new("Label", label),
    ]);

    public Push Link(string openId, string title, string description, string url) => Message(openId, "链接消息", "link",
        [new("Title", title), new("Description", description), new("Url", url)]);

    public Push Subscribe(string openId, string? scene, string? ticket) => Event(openId, "关注", "subscribe",
        scene is null ? [new("EventKey", "")] : [new("EventKey", "qrscene_" + scene), new("Ticket", ticket ?? "")]);

    public Push Unsubscribe(string openId) =>
        Event(openId, "取消关注", "unsubscribe", [new("EventKey", "")]) with { ShowsReply = false };

    public Push Scan(string openId, string scene, string ticket) =>
        Event(openId, "扫码", "SCAN", [new("EventKey", scene), new("Ticket", ticket)]);

    public Push Enter(string openId, double latitude, double longitude) => Event(openId, "上报位置", "LOCATION",
        [new("Latitude", Degrees(latitude)), new("Longitude", Degrees(longitude)), new("Precision", 40.0m)]);

    public Push Click(string openId, string key) => Event(openId, $"点击菜单 {key}", "CLICK", [new("EventKey", key)]);

    public Push View(string openId, string url, long menuId) =>
        Event(openId, "点击菜单链接", "VIEW", [new("EventKey", url), new("MenuId", menuId)]) with { ShowsReply = false };

    public Push ViewMiniProgram(string openId, string page, long menuId) =>
        Event(openId, "打开小程序", "view_miniprogram", [new("EventKey", page), new("MenuId", menuId)]) with { ShowsReply = false };

    public Push ScanCode(string openId, string type, string key, string result) => Event(openId, "菜单扫码", type,
    [
        new("EventKey", key), new("ScanCodeInfo", new Field[] { new("ScanType", "qrcode"), new("ScanResult", result) }),
    ]) with { ShowsReply = type == "scancode_waitmsg" };

    public Push Pictures(string openId, string type, string key, string md5) => Event(openId, "菜单发图", type,
    [
        new("EventKey", key),
        new("SendPicsInfo", new Field[]
        {
            new("Count", 1L),
            new("PicList", new Field[] { new("item", new Field[] { new("PicMd5Sum", md5) }) }),
        }),
    ]);

    public Push LocationSelect(string openId, string key, double latitude, double longitude, string label) =>
        Event(openId, "菜单选位置", "location_select",
        [
            new("EventKey", key),
            new("SendLocationInfo", new Field[]
            {
                new("Location_X", Text(latitude)), new("Location_Y", Text(longitude)), new("Scale", "16"),
                new("Label", label), new("Poiname", label),
            }),
        ]);

    public Push Unknown(string openId) =>
        Event(openId, "未知事件", "simulator_unknown_event", [new("EventKey", dice.Text(8))]) with { ShowsReply = false };

    /// <summary>The result of a template, mass or publish job.</summary>
    public Push Job(string openId, string name, params Field[] fields) =>
        Event(openId, JobTitle(name), name, fields) with { ShowsReply = false };

    private static string JobTitle(string name) => name switch
    {
        "TEMPLATESENDJOBFINISH" => "模板消息结果",
        "MASSSENDJOBFINISH" => "群发结果",
        "PUBLISHJOBFINISH" => "发布结果",
        "subscribe_msg_popup_event" => "订阅授权",
        "subscribe_msg_sent_event" => "订阅通知结果",
        _ => name,
    };

    private Push Message(string openId, string title, string type, Field[] fields, Field[]? last = null) => new(openId, title,
    [
        .. Envelope(openId), new("MsgType", type), .. fields, new("MsgId", dice.MessageId()), .. last ?? [],
    ]);

    private Push Event(string openId, string title, string name, Field[] fields) => new(openId, title,
        [.. Envelope(openId), new("MsgType", "event"), new("Event", name), .. fields]);

    private Field[] Envelope(string openId) =>
        [new("ToUserName", options.Account), new("FromUserName", openId), new("CreateTime", clock.WireSeconds)];

    private static decimal Degrees(double value) => Math.Round((decimal)value, 6);

    private static string Text(double value) => Degrees(value).ToString(CultureInfo.InvariantCulture);
}
