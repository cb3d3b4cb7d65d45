using System.Collections.Frozen;

namespace Bot.Handlers.Language;

/// <summary>What a question asks once the words are gone that any question may have: 请问你们那里几点下班呢 asks 几点下班.</summary>
internal static class BareQuestion
{
    // Longer, it speaks of something.
    private const int Longest = 24;
    private const int LongestCore = 8;

    // By their first character; the longer before what it begins with.
    private static readonly FrozenDictionary<char, string[]> s_fillers = new[]
    {
        "请问", "请告诉", "告诉", "麻烦", "问一下", "问下", "一下", "想问", "想知道", "知道", "我想", "我要", "我", "你们", "您们", "咱们", "你", "您", "它", "那个", "这个", "这件事", "这事",
        "那里", "那儿", "那边", "这里", "这儿", "这边", "政务服务中心", "政务服务", "政务中心", "政务大厅", "办事大厅", "服务大厅", "服务中心", "市民中心", "大厅", "中心", "单位",
        "今天", "明天", "后天", "周末", "周六", "周日", "星期六", "星期天", "星期日", "节假日", "上午", "下午", "中午", "晚上", "现在", "平时", "一般", "大概", "一共", "总共",
        "办理", "办好", "办完", "办下来", "办", "拿到", "下来", "申请", "需要", "还需要", "得", "要", "能", "可以", "会", "才", "还", "都", "到", "用", "有没有", "有", "没有", "是", "的", "在", "去", "来",
        "什么", "哪些", "多少", "怎么样", "怎样", "呢", "啊", "吗", "呀", "吧", "那", "这", "?", " ", ",", "，",
    }.GroupBy(w => w[0]).ToFrozenDictionary(g => g.Key, g => g.OrderByDescending(w => w.Length).ToArray());

    /// <param name="words">Folded.</param>
    /// <returns>Empty for fillers alone; null for what speaks of more than a bare question does.</returns>
    public static string? Of(ReadOnlySpan<char> words)
    {
        if (words.Length > Longest)
            return null;
        Span<char> core = stackalloc char[LongestCore];
        var length = 0;
        while (words.Length > 0)
        {
            var filler = Filler(words);
            if (filler == 0 && length == LongestCore)
                return null;
            if (filler == 0)
                core[length++] = words[0];
            words = words[Math.Max(1, filler)..];
        }

        return core[..length].ToString();
    }

    private static int Filler(ReadOnlySpan<char> rest)
    {
        foreach (var filler in s_fillers.GetValueOrDefault(rest[0], []))
        {
            if (rest.StartsWith(filler, StringComparison.Ordinal))
                return filler.Length;
        }

        return 0;
    }
}
