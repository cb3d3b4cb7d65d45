using System.Text;

namespace Bot.WeChat;

/// <summary>From fields to the record of an ordinary message.</summary>
/// <remarks>Source: WeChat Official Accounts documentation, “接收普通消息”.</remarks>
internal static class MessageMapping
{
    public static Message Map(in FieldTable fields, in Head head, ReadOnlySpan<byte> type, long id)
    {
        var article = fields.Text("MsgDataId"u8);
        var index = article is null ? 0 : fields.Number("Idx"u8);
        if (Is(type, "text"u8))
            return new TextMessage
            {
                Account = head.Account, From = head.From, CreateTime = head.CreateTime, MsgId = id, ArticleId = article, ArticleIndex = index,
                Content = fields.TextOrEmpty("Content"u8),
                MenuItemId = fields.Text("bizmsgmenuid"u8),
            };
        if (Is(type, "image"u8))
            return new ImageMessage
            {
                Account = head.Account, From = head.From, CreateTime = head.CreateTime, MsgId = id, ArticleId = article, ArticleIndex = index,
                MediaId = fields.TextOrEmpty("MediaId"u8),
                PicUrl = fields.Text("PicUrl"u8),
            };
        if (Is(type, "voice"u8))
            return new VoiceMessage
            {
                Account = head.Account, From = head.From, CreateTime = head.CreateTime, MsgId = id, ArticleId = article, ArticleIndex = index,
                MediaId = fields.TextOrEmpty("MediaId"u8),
                Format = fields.Text("Format"u8),
                MediaId16K = fields.Text("MediaId16K"u8),
                Recognition = fields.Text("Recognition"u8),
            };
        if (Is(type, "video"u8) || Is(type, "shortvideo"u8))
            return new VideoMessage
            {
                Account = head.Account, From = head.From, CreateTime = head.CreateTime, MsgId = id, ArticleId = article, ArticleIndex = index,
                MediaId = fields.TextOrEmpty("MediaId"u8),
                ThumbMediaId = fields.Text("ThumbMediaId"u8),
                Short = Is(type, "shortvideo"u8),
            };
        if (Is(type, "location"u8))
            return new LocationMessage
            {
                Account = head.Account, From = head.From, CreateTime = head.CreateTime, MsgId = id, ArticleId = article, ArticleIndex = index,
                Latitude = fields.Degrees("Location_X"u8, 90),
                Longitude = fields.Degrees("Location_Y"u8, 180),
                Scale = fields.Number("Scale"u8),
                Label = fields.Text("Label"u8),
            };
        if (Is(type, "link"u8))
            return new LinkMessage
            {
                Account = head.Account, From = head.From, CreateTime = head.CreateTime, MsgId = id, ArticleId = article, ArticleIndex = index,
                Url = fields.TextOrEmpty("Url"u8),
                Title = fields.Text("Title"u8),
                Description = fields.Text("Description"u8),
            };
        if (Is(type, "file"u8))
            return new FileMessage
            {
                Account = head.Account, From = head.From, CreateTime = head.CreateTime, MsgId = id, ArticleId = article, ArticleIndex = index,
                Title = fields.Text("Title"u8),
                Description = fields.Text("Description"u8),
                FileKey = fields.Text("FileKey"u8),
                FileMd5 = fields.Text("FileMd5"u8),
                TotalLength = FieldReading.TryLong(fields.Bytes("FileTotalLen"u8), out var bytes) ? bytes : 0,
            };
        return new UnknownMessage
        {
            Account = head.Account, From = head.From, CreateTime = head.CreateTime, MsgId = id, ArticleId = article, ArticleIndex = index,
            MsgType = Encoding.UTF8.GetString(type),
            Fields = UnknownFields.Of(fields),
        };
    }

    private static bool Is(ReadOnlySpan<byte> type, ReadOnlySpan<byte> name) => Ascii.EqualsIgnoreCase(type, name);
}
