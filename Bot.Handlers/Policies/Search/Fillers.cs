using Bot.Handlers.Language;

namespace Bot.Handlers.Policies.Search;

/// <summary>Words that ask without saying about what.</summary>
internal static class Fillers
{
    private static readonly string[] Words =
    [
        "怎么办理", "怎么办", "怎么弄", "怎么搞", "怎么走", "怎么样", "怎么", "怎样", "咋办", "咋弄", "咋整", "咋", "如何办理", "如何", "需要什么", "要什么", "要准备什么", "准备什么",
        "什么", "哪些", "哪里", "哪儿", "去哪办", "去哪", "在哪", "到哪里", "哪个", "找谁", "谁", "请问", "你好", "您好", "我想", "我要", "想要", "想问一下", "想问", "问一下", "问下", "咨询一下", "咨询",
        "一下", "能不能", "可不可以", "可以吗", "可以", "行不行", "吗", "呢", "吧", "啊", "呀", "嘛", "么", "了", "的", "我", "要不要", "是不是", "有没有", "麻烦", "谢谢", "帮我", "给我",
        "应该", "需要", "还", "能", "要", "想", "是", "有", "就", "都", "也", "和", "与", "在", "呃", "嗯", "哦", "这个", "那个", "办理", "办", "多少钱", "多少", "多久", "多长时间", "几天", "好的", "收到", "知道了", "一个",
    ];

    private static readonly PhraseTable Table = new(Words);
    private static readonly HashSet<uint> Sounds = [.. Words.SelectMany(SoundsOf)];

    /// <summary>Marks the characters that belong to a filler.</summary>
    public static void Mark(ReadOnlySpan<char> text, Span<bool> filler)
    {
        for (var i = 0; i < text.Length;)
        {
            var length = Table.Match(text, i, out _);
            filler.Slice(i, Math.Max(length, 1)).Fill(length > 0);
            i += Math.Max(length, 1);
        }
    }

    /// <summary>Blanks the fillers, unless there is nothing else.</summary>
    public static string Without(string text)
    {
        var filler = new bool[text.Length];
        Mark(text, filler);
        var kept = string.Create(text.Length, (text, filler), (to, from) =>
        {
            for (var i = 0; i < to.Length; i++)
                to[i] = from.filler[i] ? ' ' : from.text[i];
        });
        return string.IsNullOrWhiteSpace(kept) ? text : kept;
    }

    public static bool HasSound(uint key) => Sounds.Contains(key);

    private static IEnumerable<uint> SoundsOf(string word) =>
        word.Zip(word.Skip(1), (a, b) => Grams.Sound(Pinyin.Syllable(a), Pinyin.Syllable(b)));
}
