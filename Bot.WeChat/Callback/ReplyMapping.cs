using System.Buffers;

namespace Bot.WeChat;

/// <summary>From a reply to the bytes that the platform reads.</summary>
/// <remarks>Source: WeChat Official Accounts documentation, “被动回复用户消息”.</remarks>
internal static class ReplyMapping
{
    private const int MaxArticlesForEvent = 8;

    /// <param name="time">Seconds since 1970-01-01 UTC.</param>
    public static void Write(Inbound message, Reply reply, DataFormat format, long time, IBufferWriter<byte> output)
    {
        // An empty text or an empty list makes the platform apologise to the citizen; silence does not.
        switch (reply)
        {
            case Reply.Text { Content: var content } when !ReplyText.IsBlank(content):
                var text = content.AsSpan(0, ReplyText.Cut(content, Reply.MaxTextBytes));
                var said = Begin(message, format, time, output, "text"u8, text.Length);
                said.Text("Content"u8, text);
                said.End();
                break;
            case Reply.Image image:
                WriteMedia(Begin(message, format, time, output, "image"u8), "Image"u8, image.MediaId, null, null);
                break;
            case Reply.Voice voice:
                WriteMedia(Begin(message, format, time, output, "voice"u8), "Voice"u8, voice.MediaId, null, null);
                break;
            case Reply.Video video:
                WriteMedia(Begin(message, format, time, output, "video"u8), "Video"u8, video.MediaId, video.Title, video.Description);
                break;
            case Reply.Music music:
                WriteMusic(Begin(message, format, time, output, "music"u8), music);
                break;
            case Reply.News { Articles: { Count: > 0 } articles }:
                WriteNews(Begin(message, format, time, output, "news"u8), articles, message is Event ? MaxArticlesForEvent : 1);
                break;
            case Reply.ToHuman human:
                WriteToHuman(Begin(message, format, time, output, "transfer_customer_service"u8), human.Account);
                break;
            default:
                output.Write(CallbackCodec.Success);
                break;
        }
    }

    private static ReplyWriter Begin(
        Inbound message, DataFormat format, long time, IBufferWriter<byte> output, ReadOnlySpan<byte> type, int characters = 0)
    {
        const int frame = 512; // with names of the usual length; more is asked for when it is needed
        var writer = new ReplyWriter(output, format, frame + (3 * characters));
        writer.Begin();
        writer.Text("ToUserName"u8, message.From.Value);
        writer.Text("FromUserName"u8, message.Account);
        writer.Number("CreateTime"u8, time);
        writer.Word("MsgType"u8, type);
        return writer;
    }

    private static void WriteMedia(ReplyWriter writer, ReadOnlySpan<byte> element, string mediaId, string? title, string? description)
    {
        writer.Open(element);
        writer.Text("MediaId"u8, mediaId);
        writer.TextIfAny("Title"u8, title);
        writer.TextIfAny("Description"u8, description);
        writer.Close(element);
        writer.End();
    }

    private static void WriteMusic(ReplyWriter writer, Reply.Music music)
    {
        writer.Open("Music"u8);
        writer.TextIfAny("Title"u8, music.Title);
        writer.TextIfAny("Description"u8, music.Description);
        writer.TextIfAny("MusicUrl"u8, music.Url);
        writer.TextIfAny("HQMusicUrl"u8, music.HqUrl);
        writer.Text("ThumbMediaId"u8, music.ThumbMediaId);
        writer.Close("Music"u8);
        writer.End();
    }

    private static void WriteNews(ReplyWriter writer, IReadOnlyList<Article> articles, int most)
    {
        var count = Math.Min(articles.Count, most);
        writer.Number("ArticleCount"u8, count);
        writer.OpenList("Articles"u8);
        for (var i = 0; i < count; i++)
        {
            writer.OpenItem();
            writer.Text("Title"u8, articles[i].Title);
            writer.Text("Description"u8, articles[i].Description);
            writer.Text("PicUrl"u8, articles[i].PictureUrl);
            writer.Text("Url"u8, articles[i].Url);
            writer.CloseItem();
        }

        writer.CloseList("Articles"u8);
        writer.End();
    }

    private static void WriteToHuman(ReplyWriter writer, string? agent)
    {
        if (!string.IsNullOrEmpty(agent))
        {
            writer.Open("TransInfo"u8);
            writer.Text("KfAccount"u8, agent);
            writer.Close("TransInfo"u8);
        }

        writer.End();
    }
}
