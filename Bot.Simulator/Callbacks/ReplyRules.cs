using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Bot.Simulator.World;

namespace Bot.Simulator.Callbacks;

/// <summary>What a passive reply must look like to be shown.</summary>
/// <remarks>Source: “被动回复用户消息”.</remarks>
internal sealed class ReplyRules(SimulatorOptions options, MediaStore media, Citizens citizens)
{
    public ReplyVerdict Check(Push push, XElement reply, string plain)
    {
        string Part(string name) => reply.Element(name)?.Value.Trim() ?? "";
        ReplyVerdict Wrong(string reason) => new ReplyVerdict.Faulty(reason, plain);

        if (Part("ToUserName") != push.OpenId)
            return Wrong("ToUserName 不是发送者的 openid（收发双方没有对调？）");
        if (Part("FromUserName") != options.Account)
            return Wrong($"FromUserName 应为 {options.Account}");
        if (!long.TryParse(Part("CreateTime"), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            return Wrong("CreateTime 不是整数秒");
        var type = Part("MsgType");
        return type switch
        {
            "text" => Text(reply.Element("Content")?.Value ?? "", plain),
            "image" => Media("image", reply.Element("Image")?.Element("MediaId")?.Value, plain),
            "voice" => Media("voice", reply.Element("Voice")?.Element("MediaId")?.Value, plain),
            "video" => Media("video", reply.Element("Video")?.Element("MediaId")?.Value, plain),
            "music" => Music(reply.Element("Music"), plain),
            "news" => News(push, reply, plain),
            "transfer_customer_service" => new ReplyVerdict.HandedOver(reply.Element("TransInfo")?.Element("KfAccount")?.Value, plain),
            _ => Wrong($"MsgType“{type}”不能用于被动回复"),
        };
    }

    private ReplyVerdict Text(string content, string plain)
    {
        if (content.Length == 0)
            return new ReplyVerdict.Faulty("文本回复的 Content 为空", plain);
        var bytes = Encoding.UTF8.GetByteCount(content);
        return bytes > options.Limits.ReplyTextBytes
            ? new ReplyVerdict.Faulty($"文本回复有 {bytes} 字节，超过 {options.Limits.ReplyTextBytes} 字节", plain)
            : new ReplyVerdict.Shown("text", new JsonObject { ["text"] = content }, plain);
    }

    private ReplyVerdict Media(string type, string? id, string plain)
    {
        Media? found;
        lock (citizens.Gate)
            found = media.Find(id?.Trim());
        return found is null || found.Type != type
            ? new ReplyVerdict.Faulty($"MediaId 不存在、已过期或不是 {type}", plain)
            : new ReplyVerdict.Shown(type, new JsonObject { ["mediaId"] = found.Id }, plain);
    }

    private static ReplyVerdict Music(XElement? music, string plain) =>
        music?.Element("ThumbMediaId") is null
            ? new ReplyVerdict.Faulty("音乐回复缺少 ThumbMediaId", plain)
            : new ReplyVerdict.Shown("music", new JsonObject
            {
                ["title"] = music.Element("Title")?.Value,
                ["description"] = music.Element("Description")?.Value,
                ["url"] = music.Element("MusicUrl")?.Value,
            }, plain);

    private ReplyVerdict News(Push push, XElement reply, string plain)
    {
        var items = reply.Element("Articles")?.Elements("item").ToList() ?? [];
        if (items.Count == 0)
            return new ReplyVerdict.Faulty("图文回复没有文章", plain);
        if (reply.Element("ArticleCount")?.Value.Trim() != items.Count.ToString(CultureInfo.InvariantCulture))
            return new ReplyVerdict.Faulty($"ArticleCount 与文章数 {items.Count} 不一致", plain);
        if (items.Any(i => i.Element("Title") is null or { Value: "" }))
            return new ReplyVerdict.Faulty("图文回复有文章没有标题", plain);
        var allowed = push.IsMessage ? options.Limits.NewsPerMessageReply : options.Limits.NewsPerEventReply;
        var shown = new JsonArray([.. items.Take(allowed).Select(i => new JsonObject
        {
            ["title"] = i.Element("Title")!.Value,
            ["description"] = i.Element("Description")?.Value,
            ["picUrl"] = i.Element("PicUrl")?.Value,
            ["url"] = i.Element("Url")?.Value,
        })]);
        return new ReplyVerdict.Shown("news", new JsonObject { ["articles"] = shown }, plain,
            items.Count > allowed ? $"只显示前 {allowed} 篇，丢弃 {items.Count - allowed} 篇" : "");
    }
}
