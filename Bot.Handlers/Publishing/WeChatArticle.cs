using Bot.Data.Articles;
using Bot.WeChat.Api;

namespace Bot.Handlers.Publishing;

/// <summary>An article as the platform takes it.</summary>
public static class WeChatArticle
{
    /// <summary>Sources say 32 and 64; above this the platform may refuse.</summary>
    public const int SafeTitle = 32;

    /// <summary>Sources say 8 and 16.</summary>
    public const int LongestAuthor = 8;

    /// <summary>Characters of HTML.</summary>
    public const int LongestContent = 20_000;

    private const string Frame = "<section style=\"font-size:16px;line-height:1.8;color:#222\">";

    /// <param name="picture">The platform's address of one of our pictures.</param>
    public static string Content(ArticleContent content, Func<string, string> picture)
    {
        var body = ArticleHtml.Parse(content.Body);
        foreach (var shown in body.QuerySelectorAll("img").ToArray())
        {
            if (NewsAddress.FileIn(shown.GetAttribute("src")) is not { } id)
            {
                shown.Remove();
                continue;
            }

            shown.SetAttribute("src", picture(id));
            shown.SetAttribute("style", "max-width:100%");
        }

        // The platform drops links that lead out of it: the words stay, and 阅读原文 leads to our page with all of them.
        foreach (var link in body.QuerySelectorAll("a").ToArray())
            link.Replace([.. link.ChildNodes]);
        foreach (var cell in body.QuerySelectorAll("td, th"))
            cell.SetAttribute("style", "border:1px solid #ccc;padding:6px");
        var correction = content.Correction.Length == 0 ? "" : $"<p><strong>更正说明：</strong>{System.Net.WebUtility.HtmlEncode(content.Correction)}</p>";
        return $"{Frame}{correction}{body.InnerHtml}</section>";
    }

    /// <summary>Behind 阅读原文: our page, and by the marker our own article among all that the account has.</summary>
    public static string SourceUrl(string baseUrl, long article, string marker) => $"{baseUrl}{NewsAddress.Of(article)}?m={marker}";

    public static bool IsMarked(OfficialArticle article, string marker) =>
        article.ContentSourceUrl?.EndsWith($"?m={marker}", StringComparison.Ordinal) == true;

    /// <returns>Ids of the pictures in the body.</returns>
    public static IReadOnlyList<string> PicturesIn(string body) =>
        [.. ArticleHtml.AddressesIn(body).Select(NewsAddress.FileIn).OfType<string>().Distinct()];
}
