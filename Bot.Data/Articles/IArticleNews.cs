using Bot.Data.Messages;

namespace Bot.Data.Articles;

/// <summary>What subscribers are told of articles.</summary>
public interface IArticleNews
{
    /// <summary>Each message once, whoever asks again; none of an article that was withdrawn meanwhile. Those that wait go with a withdrawal.</summary>
    /// <param name="messages">With keys that <see cref="KeyOf"/> makes.</param>
    /// <returns>False when the article is not public any more.</returns>
    Task<bool> TellAsync(long article, IReadOnlyCollection<NewCitizenMessage> messages, CancellationToken ct);

    /// <summary>Of the message of an article to a citizen: several subscriptions that it fits tell of it once.</summary>
    static string KeyOf(long article, Bot.WeChat.OpenId citizen) => string.Create(null, $"{KeyStart(article)}{citizen.Value}");

    internal static string KeyStart(long article) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"article:{article}:");
}
