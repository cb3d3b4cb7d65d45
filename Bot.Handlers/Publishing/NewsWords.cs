using Bot.Data.Articles;
using Bot.Handlers.Texts;

namespace Bot.Handlers.Publishing;

/// <summary>What the chat and the pages both say of an article.</summary>
public static class NewsWords
{
    public static readonly Text Lapsed = Text.Of("news.lapsed");
    public static readonly Text Until = Text.Of("news.until");

    private const int LongestStart = 160;

    public static string Date(DateTimeOffset at) => Beijing.DateOf(at).ToString("yyyy年M月d日", null);

    /// <summary>The digest, or how the article begins.</summary>
    public static string Digest(ArticleContent content)
    {
        if (content.Digest.Length > 0)
            return content.Digest;
        var words = content.Words.ReplaceLineEndings(" ");
        return words.Length <= LongestStart ? words : $"{words.AsSpan(0, LongestStart - 1)}…";
    }

    /// <summary>How far it holds; empty where nothing limits it.</summary>
    public static string Validity(PublicArticle article, DateOnly today) => article.Content.LapsesOn switch
    {
        { } end when end <= today => Lapsed.Say(),
        { } end => Until.Say(end.AddDays(-1).ToString("yyyy年M月d日", null)),
        null => "",
    };
}
