using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Ganss.Xss;

namespace Bot.Handlers.Publishing;

/// <summary>Turns whatever was pasted or imported into the few elements that an article or a document is made of. What comes out is safe to show.</summary>
public static partial class ArticleHtml
{
    // Far more than any text has. What walks a tree calls itself for each step down.
    private const int Deepest = 200;

    private static readonly string[] s_tags =
    [
        "p", "h2", "h3", "h4", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "caption", "blockquote", "strong", "em", "u", "s", "sub", "sup",
        "a", "img", "br", "hr",
    ];

    private static readonly string[] s_blocks = ["p", "h2", "h3", "h4", "ul", "ol", "li", "table", "tr", "caption", "blockquote", "hr"];
    private static readonly string[] s_dropped = ["script", "style", "meta", "link", "title", "xml", "object", "embed", "iframe", "noscript", "template", "svg", "math", "head", "textarea", "select"];
    private static readonly Dictionary<string, string> s_renamed = new(StringComparer.Ordinal)
    {
        ["b"] = "strong", ["i"] = "em", ["strike"] = "s", ["del"] = "s", ["h1"] = "h2", ["h5"] = "h4", ["h6"] = "h4",
    };

    private static readonly HtmlParser s_parser = new();
    private static readonly HtmlSanitizer s_gate = Gate();

    /// <param name="pasted">Any HTML at all, as from Word or a web page.</param>
    public static CleanHtml Clean(string pasted)
    {
        var body = Parse(pasted);
        if (IsTooDeep(body, out var bare))
            body = Parse($"<p>{WebUtility.HtmlEncode(bare)}</p>");
        Tidy(body, out var dropped);
        var safe = Parse(s_gate.Sanitize(body.InnerHtml).Trim());
        // What led to a script or a file leads nowhere now.
        foreach (var link in safe.QuerySelectorAll("a:not([href])").ToArray())
            link.Replace([.. link.ChildNodes]);
        return new(safe.InnerHtml, WordsOf(safe), dropped);
    }

    /// <returns>What links lead to and pictures show, in order.</returns>
    public static IReadOnlyList<string> AddressesIn(string html) =>
    [
        .. Parse(html).QuerySelectorAll("a[href], img[src]").Select(e => e.GetAttribute("href") ?? e.GetAttribute("src") ?? ""),
    ];

    internal static IHtmlElement Parse(string html) => s_parser.ParseDocument($"<body>{html}").Body!;

    // Step by step, as the tree may be deeper than a stack.
    private static bool IsTooDeep(INode body, out string words)
    {
        var (depth, deepest, text) = (0, 0, new StringBuilder());
        for (INode? node = body; node is not null;)
        {
            if (node is IText { Parent: not IElement { LocalName: "script" or "style" } } said)
                text.Append(said.Data);
            if (node.FirstChild is { } child)
            {
                (node, deepest) = (child, Math.Max(deepest, ++depth));
                continue;
            }

            for (; node is not null && node != body && node.NextSibling is null; depth--)
                node = node.Parent;
            node = node == body ? null : node?.NextSibling;
        }

        words = text.ToString();
        return deepest > Deepest;
    }

    private static void Tidy(IHtmlElement body, out int droppedPictures)
    {
        foreach (var comment in body.Descendants<IComment>().ToArray())
            comment.Remove();
        foreach (var element in body.QuerySelectorAll(string.Join(',', s_dropped)).ToArray())
            element.Remove();

        foreach (var named in body.QuerySelectorAll("a[href], img[src]"))
        {
            var place = named.HasAttribute("src") ? "src" : "href";
            named.SetAttribute(place, NewsAddress.Kept(named.GetAttribute(place)!));
        }

        IElement[] strangers = [.. body.QuerySelectorAll("img").Where(img => !NewsAddress.IsFile(img.GetAttribute("src")))];
        droppedPictures = strangers.Length;
        foreach (var picture in strangers)
            picture.Remove();

        // From the leaves up, so that what contains something knows what it contains.
        foreach (var element in body.QuerySelectorAll("*").Reverse().ToArray())
        {
            if (s_renamed.TryGetValue(element.LocalName, out var name))
                Rename(element, name);
            else if (element.LocalName is "div" or "section" or "article" or "main" or "center" && !HoldsBlocks(element))
                Rename(element, "p");
            else if (!s_tags.Contains(element.LocalName))
                element.Replace([.. element.ChildNodes]);
        }

        foreach (var text in body.Descendants<IText>().ToArray())
            text.Data = Blanks().Replace(NewsWords.Printable(text.Data.Replace('\u00a0', ' ')), " ");
        foreach (var empty in body.QuerySelectorAll("p, h2, h3, h4, li, blockquote, strong, em, a, u, s").Reverse().ToArray())
        {
            if (string.IsNullOrWhiteSpace(empty.TextContent) && empty.QuerySelector("img, table, br") is null)
                empty.Remove();
        }
    }

    private static bool HoldsBlocks(IElement element) => element.QuerySelector(string.Join(',', s_blocks)) is not null;

    private static void Rename(IElement element, string name)
    {
        var renamed = element.Owner!.CreateElement(name);
        foreach (var child in element.ChildNodes.ToArray())
            renamed.AppendChild(child);
        element.Replace(renamed);
    }

    private static string WordsOf(IElement body)
    {
        var words = new StringBuilder();
        Add(body);
        return Lines().Replace(words.ToString().Trim(), "\n");

        void Add(INode node)
        {
            foreach (var child in node.ChildNodes)
            {
                switch (child)
                {
                    case IText text:
                        words.Append(text.Data);
                        break;
                    case IElement { LocalName: "br" or "hr" }:
                        words.Append('\n');
                        break;
                    case IElement { LocalName: "td" or "th" } cell:
                        Add(cell);
                        words.Append(' ');
                        break;
                    case IElement element:
                        Add(element);
                        if (s_blocks.Contains(element.LocalName))
                            words.Append('\n');
                        break;
                }
            }
        }
    }

    private static HtmlSanitizer Gate()
    {
        var gate = new HtmlSanitizer();
        gate.AllowedTags.Clear();
        gate.AllowedTags.UnionWith(s_tags);
        gate.AllowedAttributes.Clear();
        gate.AllowedAttributes.UnionWith(["href", "src", "alt", "colspan", "rowspan", "start"]);
        gate.AllowedCssProperties.Clear();
        gate.AllowedAtRules.Clear();
        gate.AllowedSchemes.Clear();
        gate.AllowedSchemes.UnionWith(["http", "https", "tel", "mailto"]);
        gate.AllowDataAttributes = false;
        return gate;
    }

    [GeneratedRegex(@"[ \t\r\n]+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"[ \t]*\n\s*")]
    private static partial Regex Lines();
}

/// <param name="Words">The same without markup, a line a block.</param>
/// <param name="DroppedPictures">How many pictures of others were left out: only uploaded ones can stay.</param>
public sealed record CleanHtml(string Html, string Words, int DroppedPictures);
