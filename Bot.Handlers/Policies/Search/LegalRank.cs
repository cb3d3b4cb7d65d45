namespace Bot.Handlers.Policies.Search;

/// <summary>Which law comes first when several say the same: the Legislation Law's order, read from the name.</summary>
/// <remarks>Source: 《立法法》 on 法律, 行政法规, 规章; judicial interpretations are cited beside the law that they interpret.</remarks>
internal enum LegalRank
{
    Law,
    Interpretation,
    Regulation,
    Local,
}

internal static class LegalRanks
{
    private const int ArticleDigits = 9;

    /// <param name="title">The name of the law, perhaps with an article: 民法典第一千二百四十四条.</param>
    public static LegalRank Of(string title)
    {
        var name = WithoutArticle(title).TrimEnd("（）()一二三四五六七八九十试行修正案".AsSpan());
        if (name.StartsWith("最高人民", StringComparison.Ordinal))
            return LegalRank.Interpretation;
        if (IsLocal(name))
            return LegalRank.Local;
        return (name.EndsWith('法') && !name.EndsWith("办法", StringComparison.Ordinal)) || name.EndsWith("法典", StringComparison.Ordinal)
            ? LegalRank.Law
            : LegalRank.Regulation;
    }

    private static ReadOnlySpan<char> WithoutArticle(ReadOnlySpan<char> title)
    {
        var article = title.LastIndexOf('第');
        return article > 0 && title[article..].Contains('条') && title.Length - article <= ArticleDigits + 2 + 4 ? title[..article] : title;
    }

    // 北京市…, 四川省…, 凉山彝族自治州…: a place within the first characters.
    private static bool IsLocal(ReadOnlySpan<char> name)
    {
        var head = name[..Math.Min(name.Length, 14)];
        return head.IndexOfAny('省', '市', '县') is > 0 || head.Contains("自治区", StringComparison.Ordinal)
            || head.Contains("自治州", StringComparison.Ordinal);
    }
}
