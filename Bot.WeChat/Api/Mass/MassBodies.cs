using System.Text.Json.Serialization;

namespace Bot.WeChat.Api;

internal sealed record MassBody
{
    public MassFilter? Filter { get; init; }

    /// <summary>A list in mass/send, one in preview.</summary>
    [JsonPropertyName("touser")]
    public IReadOnlyList<OpenId>? ToUsers { get; init; }

    [JsonPropertyName("mpnews")]
    public MassMediaId? MpNews { get; private init; }

    public MassText? Text { get; private init; }
    public MassImages? Images { get; private init; }

    [JsonPropertyName("msgtype")]
    public required string MsgType { get; init; }

    public int? SendIgnoreReprint { get; private init; }

    [JsonPropertyName("clientmsgid")]
    public string? ClientMsgId { get; init; }

    public static MassBody Of(MassContent content) => content switch
    {
        MassContent.Article a => new() { MsgType = "mpnews", MpNews = new(a.MediaId), SendIgnoreReprint = a.IgnoreReprint ? 1 : 0 },
        MassContent.Text t => new() { MsgType = "text", Text = new(t.Content) },
        MassContent.Images i => new() { MsgType = "image", Images = new(i.MediaIds, i.Recommend) },
        _ => throw new ArgumentOutOfRangeException(nameof(content), content.GetType().Name, "no such kind of message"),
    };
}

internal sealed record MassFilter(bool IsToAll, int? TagId);

internal sealed record MassMediaId(string MediaId);

internal sealed record MassText(string Content);

internal sealed record MassImages(IReadOnlyList<string> MediaIds, string? Recommend, int NeedOpenComment = 0, int OnlyFansCanComment = 0);

internal sealed record MassPreviewBody(
    [property: JsonPropertyName("touser")] OpenId ToUser,
    [property: JsonPropertyName("mpnews")] MassMediaId? MpNews,
    MassText? Text,
    MassMediaId? Image,
    [property: JsonPropertyName("msgtype")] string MsgType);

internal sealed record MassIdBody(string MsgId);

internal sealed record MassDeleteBody(long MsgId, int ArticleIdx);

internal sealed record MassSpeedBody(int Speed);

internal sealed class MassAnswer : Answer
{
    private const int SentBefore = 45065;

    public long? MsgId { get; init; }
    public long MsgDataId { get; init; }

    /// <summary>A dropped double is the success we hoped for, and it names the first task.</summary>
    public override bool Succeeded => base.Succeeded || ErrCode == SentBefore && MsgId is not null;
}

internal sealed class MassStatusAnswer : Answer
{
    public string? MsgStatus { get; init; }
}
