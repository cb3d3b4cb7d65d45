using System.Text.Json.Serialization;

namespace Bot.WeChat.Api;

/// <summary>The body of custom/send: one of the members is set, and <see cref="MsgType"/> is its name.</summary>
internal sealed class CustomSendBody
{
    [JsonPropertyName("touser")]
    public required string ToUser { get; init; }

    [JsonPropertyName("msgtype")]
    public required string MsgType { get; init; }

    public CustomerMessage.Text? Text { get; private init; }
    public CustomerMessage.Image? Image { get; private init; }
    public CustomerMessage.Voice? Voice { get; private init; }
    public CustomerMessage.Video? Video { get; private init; }
    public CustomerMessage.Music? Music { get; private init; }
    public Articles? News { get; private init; }

    [JsonPropertyName("mpnews")]
    public CustomerMessage.MpNews? MpNews { get; private init; }

    [JsonPropertyName("mpnewsarticle")]
    public CustomerMessage.MpNewsArticle? MpNewsArticle { get; private init; }

    [JsonPropertyName("msgmenu")]
    public CustomerMessage.Menu? Menu { get; private init; }

    [JsonPropertyName("wxcard")]
    public CustomerMessage.Card? Card { get; private init; }

    [JsonPropertyName("miniprogrampage")]
    public CustomerMessage.MiniProgram? MiniProgram { get; private init; }

    [JsonPropertyName("customservice")]
    public Speaker? CustomService { get; private init; }

    public static CustomSendBody Of(OpenId to, CustomerMessage message, string? agent)
    {
        var speaker = agent is null ? null : new Speaker(agent);
        var user = to.Value;
        return message switch
        {
            CustomerMessage.Text m => new() { ToUser = user, CustomService = speaker, MsgType = "text", Text = m },
            CustomerMessage.Image m => new() { ToUser = user, CustomService = speaker, MsgType = "image", Image = m },
            CustomerMessage.Voice m => new() { ToUser = user, CustomService = speaker, MsgType = "voice", Voice = m },
            CustomerMessage.Video m => new() { ToUser = user, CustomService = speaker, MsgType = "video", Video = m },
            CustomerMessage.Music m => new() { ToUser = user, CustomService = speaker, MsgType = "music", Music = m },
            CustomerMessage.News m => new() { ToUser = user, CustomService = speaker, MsgType = "news", News = new([m]) },
            CustomerMessage.MpNews m => new() { ToUser = user, CustomService = speaker, MsgType = "mpnews", MpNews = m },
            CustomerMessage.MpNewsArticle m => new() { ToUser = user, CustomService = speaker, MsgType = "mpnewsarticle", MpNewsArticle = m },
            CustomerMessage.Menu m => new() { ToUser = user, CustomService = speaker, MsgType = "msgmenu", Menu = m },
            CustomerMessage.Card m => new() { ToUser = user, CustomService = speaker, MsgType = "wxcard", Card = m },
            CustomerMessage.MiniProgram m => new() { ToUser = user, CustomService = speaker, MsgType = "miniprogrampage", MiniProgram = m },
            _ => throw new ArgumentOutOfRangeException(nameof(message), message.GetType().Name, "no such kind of message"),
        };
    }

    public sealed record Articles([property: JsonPropertyName("articles")] CustomerMessage.News[] List);

    public sealed record Speaker(string KfAccount);
}

internal sealed record TypingBody([property: JsonPropertyName("touser")] string ToUser, string Command);
