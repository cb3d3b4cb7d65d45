using System.Globalization;
using Bot.Data.Jobs;

namespace Bot.Data.Articles;

/// <summary>Kinds of background work on articles.</summary>
public static class ArticleJobs
{
    /// <summary>A signed version becomes public at its time; data: article and version.</summary>
    public const string Publish = "article.publish";

    /// <summary>A version goes to WeChat; the key is the push's id.</summary>
    public const string Push = "article.push";

    /// <summary>A withdrawn article is taken off WeChat; the key is the push's id.</summary>
    public const string Takedown = "article.takedown";

    /// <summary>Subscribers are told of an article; the key is its id.</summary>
    public const string Tell = "article.tell";

    /// <summary>The nightly look for broken links and missing files.</summary>
    public const string Check = "article.check";

    public static NewJob PushOf(long push, DateTimeOffset at) => new(Push, Key(push), "{}", at);

    public static NewJob TakedownOf(long push) => new(Takedown, Key(push), "{}", DateTimeOffset.UnixEpoch);

    public static NewJob TellOf(long article) => new(Tell, Key(article), "{}", DateTimeOffset.UnixEpoch);

    private static string Key(long push) => push.ToString(CultureInfo.InvariantCulture);
}
