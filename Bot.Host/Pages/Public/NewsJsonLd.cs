using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Bot.Data.Articles;
using Bot.Handlers.Desk;
using Bot.Handlers.Publishing;

namespace Bot.Host.Pages.Public;

/// <summary>An article in the words of schema.org, for search engines.</summary>
internal static class NewsJsonLd
{
    // Escapes < > & ' " too: no text can end the script element that the JSON stands in.
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static string Write(PublicArticle article, string column, AccountProfile account)
    {
        var url = account.PublicBaseUrl + NewsAddress.Of(article.Id);
        var json = new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "NewsArticle",
            ["@id"] = url,
            ["mainEntityOfPage"] = url,
            ["headline"] = article.Content.Title,
            ["description"] = NewsWords.Digest(article.Content),
            ["articleSection"] = column,
            ["inLanguage"] = "zh-CN",
            ["datePublished"] = article.FirstAt.ToString("O"),
            ["dateModified"] = article.PublishedAt.ToString("O"),
            ["publisher"] = new JsonObject { ["@type"] = "GovernmentOrganization", ["name"] = account.Name },
        };
        if (article.Content.Source.Length > 0)
            json["sourceOrganization"] = new JsonObject { ["@type"] = "Organization", ["name"] = article.Content.Source };
        if (article.Content.Author.Length > 0)
            json["author"] = new JsonObject { ["@type"] = "Person", ["name"] = article.Content.Author };
        if (article.Content.Cover is { } cover)
            json["image"] = account.PublicBaseUrl + NewsAddress.OfFile(cover);
        if (article.Content.LapsesOn is { } lapses)
            json["expires"] = lapses.ToString("O", null);
        if (article.Content.Correction.Length > 0)
            json["correction"] = article.Content.Correction;
        return json.ToJsonString(s_json);
    }
}
