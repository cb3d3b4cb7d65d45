using System.Text.Json.Serialization;

namespace Bot.WeChat.Api;

/// <summary>What a customer-service message may be. Names follow the wire.</summary>
public abstract record CustomerMessage
{
    private CustomerMessage()
    {
    }

    /// <param name="Content">Not empty, about 2048 bytes of UTF-8; <see cref="From"/> cuts longer text into several.</param>
    public sealed record Text(string Content) : CustomerMessage;

    public sealed record Image(string MediaId) : CustomerMessage;

    public sealed record Voice(string MediaId) : CustomerMessage;

    public sealed record Video(string MediaId, string? ThumbMediaId = null, string? Title = null, string? Description = null) : CustomerMessage;

    public sealed record Music(
        [property: JsonPropertyName("musicurl")] string Url,
        [property: JsonPropertyName("hqmusicurl")] string HqUrl,
        string ThumbMediaId,
        string? Title = null,
        string? Description = null) : CustomerMessage;

    /// <summary>One link outside WeChat.</summary>
    public sealed record News(string Title, string Description, string Url, [property: JsonPropertyName("picurl")] string PictureUrl) : CustomerMessage;

    /// <summary>An article of ours by media id.</summary>
    public sealed record MpNews(string MediaId) : CustomerMessage;

    /// <summary>A published article of ours.</summary>
    public sealed record MpNewsArticle(string ArticleId) : CustomerMessage;

    /// <summary>A question with answers to tap; the tap comes back as a text with <see cref="TextMessage.MenuItemId"/>.</summary>
    public sealed record Menu(
        string HeadContent, [property: JsonPropertyName("list")] IReadOnlyList<MenuItem> Items, string? TailContent = null) : CustomerMessage;

    public sealed record MenuItem(string Id, string Content);

    public sealed record Card(string CardId) : CustomerMessage;

    public sealed record MiniProgram(
        string Title, [property: JsonPropertyName("appid")] string AppId, [property: JsonPropertyName("pagepath")] string PagePath, string ThumbMediaId) : CustomerMessage;

    /// <summary>A reply that came too late for its callback. Long text becomes several; nothing, and a hand-over to a person, become none.</summary>
    public static IReadOnlyList<CustomerMessage> From(Reply reply) => reply switch
    {
        Reply.Text text => [.. TextPieces.Of(text.Content, Reply.MaxTextBytes).Select(piece => new Text(piece))],
        Reply.Image image => [new Image(image.MediaId)],
        Reply.Voice voice => [new Voice(voice.MediaId)],
        Reply.Video video => [new Video(video.MediaId, null, video.Title, video.Description)],
        Reply.Music music => [new Music(music.Url ?? "", music.HqUrl ?? music.Url ?? "", music.ThumbMediaId, music.Title, music.Description)],
        // The platform takes one article a message here.
        Reply.News news => [.. news.Articles.Select(a => new News(a.Title, a.Description, a.Url, a.PictureUrl))],
        _ => [],
    };
}
