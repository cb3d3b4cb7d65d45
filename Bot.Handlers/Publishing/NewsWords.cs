using System.Text;
using System.Xml;
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
        return Cut(words, LongestStart);
    }

    /// <summary>The beginning; no character is cut in two.</summary>
    public static string Cut(string words, int most) =>
        words.Length <= most ? words : $"{words.AsSpan(0, char.IsHighSurrogate(words[most - 2]) ? most - 2 : most - 1)}…";

    /// <summary>Without what no feed can carry: control characters, as Word leaves them, and halves of characters.</summary>
    public static string Printable(string words)
    {
        StringBuilder printable = new(words.Length);
        for (var i = 0; i < words.Length; i++)
        {
            if (i + 1 < words.Length && char.IsSurrogatePair(words[i], words[i + 1]))
                printable.Append(words, i++, 2);
            else if (XmlConvert.IsXmlChar(words[i]))
                printable.Append(words[i]);
        }

        return printable.ToString();
    }

    /// <summary>How far it holds; empty where nothing limits it.</summary>
    public static string Validity(PublicArticle article, DateOnly today) => article.Content.LapsesOn switch
    {
        { } end when end <= today => Lapsed.Say(),
        { } end => Until.Say(end.AddDays(-1).ToString("yyyy年M月d日", null)),
        null => "",
    };
}
