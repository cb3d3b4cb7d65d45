using System.Collections.Frozen;

namespace Bot.Handlers.Policies.Import;

/// <summary>The columns of a table of documents: their names in JSON, and their headings for people.</summary>
public static class PolicyFields
{
    internal static readonly (string Name, string Heading)[] All =
    [
        ("id", "编号"), ("type", "类型"), ("title", "标题"), ("doc", "文号"), ("issuer", "发布机构"), ("category", "主题分类"), ("written_on", "成文日期"),
        ("published_on", "发布日期"), ("effective_on", "生效日期"), ("lapses_on", "失效日期"), ("status", "状态"), ("successor", "替代文件"), ("explains", "解读对象"),
        ("summary", "要点"), ("who", "适用对象"), ("conditions", "办理条件"), ("materials", "所需材料"), ("steps", "办理步骤"), ("where", "办理地点"), ("fee", "费用"),
        ("time_limit", "办理时限"), ("legal_basis", "法律依据"), ("body", "正文"), ("html", "网页正文"), ("aliases", "别名"), ("source", "资料来源"), ("note", "提示"),
    ];

    internal static readonly string[] Required = ["id", "title", "issuer", "category"];

    private static readonly FrozenDictionary<string, string> s_names = All.SelectMany(f => new[] { (f.Name, f.Name), (f.Heading, f.Name) })
        .ToFrozenDictionary(f => f.Item1, f => f.Item2, StringComparer.OrdinalIgnoreCase);

    /// <summary>The JSON name behind a heading in either language; null for one that nobody knows.</summary>
    internal static string? NameOf(string heading) => s_names.GetValueOrDefault(heading.Trim().TrimStart('*', '＊').Trim());

    /// <returns>The name itself for one that nobody knows.</returns>
    public static string HeadingOf(string name) => Array.Find(All, f => f.Name == name) is { Heading: { } heading } ? heading : name;

    internal static bool IsList(string name) => name is "materials" or "steps" or "legal_basis" or "aliases";

    /// <summary>Several items in one cell: a line each, or, on a single line, parted by semicolons.</summary>
    internal static string[] Items(string cell) => cell.Contains('\n', StringComparison.Ordinal)
        ? cell.Split('\n', StringSplitOptions.TrimEntries)
        : cell.Split([';', '；'], StringSplitOptions.TrimEntries);

    /// <summary>What <see cref="Items"/> reads as the same items.</summary>
    internal static string Cell(IReadOnlyList<string> items) => items is [var only] && only.AsSpan().ContainsAny(';', '；') ? $"{only}\n" : string.Join('\n', items);
}
