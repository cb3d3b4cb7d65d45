using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Ganss.Xss;

namespace Bot.Handlers.Policies.Import;

/// <summary>HTML from elsewhere: only what structures a text stays; no script, style, picture, form or foreign frame.</summary>
public static class PolicyHtml
{
    private static readonly string[] s_tags =
    [
        "p", "br", "h2", "h3", "h4", "ul", "ol", "li", "table", "caption", "thead", "tbody", "tr", "th", "td", "strong", "em", "b", "i", "u", "sub", "sup",
        "blockquote", "a", "hr",
    ];

    // Their words stay, they go.
    private static readonly HashSet<string> s_blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "table", "blockquote", "section", "article", "br", "hr", "ul", "ol", "caption",
    };

    private static readonly HtmlSanitizer s_sanitizer = Make();

    /// <returns>Safe to show as it is.</returns>
    public static string Clean(string html) => s_sanitizer.Sanitize(html).Trim();

    /// <summary>The same in plain words, a block a line.</summary>
    public static string Text(string html)
    {
        var text = new StringBuilder();
        if (new HtmlParser().ParseDocument(html).Body is { } body)
            Write(body, text);
        return string.Join('\n', text.ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }

    private static void Write(INode node, StringBuilder text)
    {
        foreach (var child in node.ChildNodes)
        {
            if (child is IText words)
            {
                text.Append(string.Join(' ', words.Data.Split((char[])[' ', '\t', '\r', '\n', '\u00a0'], StringSplitOptions.RemoveEmptyEntries)));
            }
            else if (child is IElement element)
            {
                var block = s_blocks.Contains(element.LocalName);
                if (block)
                    text.Append('\n');
                Write(element, text);
                text.Append(block ? "\n" : element.LocalName is "td" or "th" ? " " : "");
            }
        }
    }

    private static HtmlSanitizer Make()
    {
        var sanitizer = new HtmlSanitizer { KeepChildNodes = true };
        Keep(sanitizer.AllowedTags, s_tags);
        Keep(sanitizer.AllowedAttributes, ["href", "colspan", "rowspan"]);
        Keep(sanitizer.AllowedSchemes, ["http", "https", "tel", "mailto"]);
        sanitizer.AllowedCssProperties.Clear();
        sanitizer.AllowedAtRules.Clear();
        sanitizer.AllowedClasses.Clear();
        // What is no text at all goes with all that it holds.
        sanitizer.RemovingTag += (_, e) =>
        {
            if (e.Tag.LocalName is "script" or "style" or "iframe" or "object" or "embed" or "template" or "svg" or "math" or "noscript" or "title" or "textarea" or "select")
                e.Tag.InnerHtml = "";
        };
        sanitizer.PostProcessNode += (_, e) =>
        {
            if (e.Node is IElement { LocalName: "a" } link)
                link.SetAttribute("rel", "nofollow noopener");
        };
        return sanitizer;
    }

    private static void Keep<T>(ISet<T> set, IEnumerable<T> only)
    {
        set.Clear();
        foreach (var one in only)
            set.Add(one);
    }
}
