using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Bot.Handlers.Publishing;

namespace Bot.Handlers.Policies.Import;

/// <summary>
/// Documents in a web page: a table whose first row names the columns, or articles. An article's facts come from the meta elements that
/// government sites carry (ArticleTitle, PubDate, ContentSource, ColumnName, Description).
/// </summary>
/// <remarks>Source: 《政府网站发展指引》（国办发〔2017〕47号）, annex 2.</remarks>
internal static class PolicyWebFile
{
    private const int IdLength = 16;

    public static PolicyFile Read(string html)
    {
        var page = new HtmlParser().ParseDocument(html);
        if (page.QuerySelectorAll("table").OfType<IHtmlTableElement>().FirstOrDefault(IsOfDocuments) is { } table)
            return PolicyImport.FromTable(table.Rows.Select(r => (IReadOnlyList<string>)[.. r.Cells.Select(Cell)]));

        IElement[] articles = [.. page.QuerySelectorAll("article")];
        if (articles.Length == 0 && page.QuerySelector("h1, meta[name=ArticleTitle i]") is not null && page.Body is { } body)
            articles = [body];
        if (articles.Length == 0)
            return PolicyFile.Wrong("网页里没有找到内容：应为带列名的表格，或带标题（h1）的文章。");
        if (articles.Length > PolicyImport.MostRows)
            return PolicyFile.Wrong($"一次最多导入 {PolicyImport.MostRows} 条。");
        PolicyRows rows = new();
        foreach (var (index, article) in articles.Index())
            rows.Add(index + 1, Record(page, article, alone: articles.Length == 1));
        return rows.Done();
    }

    private static bool IsOfDocuments(IHtmlTableElement table) =>
        table.Rows.Length > 0 && table.Rows[0].Cells.Count(c => PolicyFields.NameOf(c.TextContent) is "id" or "title") == 2;

    private static string Cell(IElement cell)
    {
        // Line breaks in the source are blanks; those that show are elements.
        foreach (var text in cell.Descendants<IText>().ToArray())
            text.NodeValue = string.Join(' ', text.Data.Split((char[])['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));
        foreach (var line in cell.QuerySelectorAll("br").ToArray())
            line.Replace(cell.Owner!.CreateTextNode("\n"));
        return cell.TextContent.Trim(' ');
    }

    private static JsonElement Record(IDocument page, IElement article, bool alone)
    {
        var heading = article.QuerySelector("h1, h2");
        var title = alone && Meta("ArticleTitle") is { Length: > 0 } named ? named : heading?.TextContent.Trim() ?? "";
        heading?.Remove();
        var html = ArticleHtml.Clean(article.InnerHtml).Html;
        var date = Data("published", Meta("PubDate")).Split(' ', 'T')[0];
        return JsonSerializer.SerializeToElement(new Dictionary<string, string>
        {
            // The same page imported again is the same document.
            ["id"] = article.Id is { Length: > 0 } id ? id : $"W{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(title)))[..IdLength]}",
            ["type"] = Data("type", "policy"), ["title"] = title, ["doc"] = Data("doc", ""), ["issuer"] = Data("issuer", Meta("ContentSource")),
            ["category"] = Data("category", Meta("ColumnName")), ["published_on"] = date, ["summary"] = Data("summary", Meta("Description")), ["html"] = html,
        });

        // Facts of one page are not those of each of many articles on it, but for where they come from.
        string Meta(string name) => page.QuerySelector($"meta[name=\"{name}\" i]")?.GetAttribute("content")?.Trim() ?? "";
        string Data(string name, string otherwise) => article.GetAttribute($"data-{name}")?.Trim() ?? otherwise;
    }
}
