namespace Bot.Handlers.Routing;

/// <summary>Numbers as citizens write them: 2, 2., (2), ②, 二, 第二个, 选2, 十二.</summary>
public static class Numerals
{
    private const string Digits = "零一二三四五六七八九";

    private static readonly string[] s_before = ["我", "选择", "选", "要", "第", "序号"];
    private static readonly string[] s_behind = ["吧", "个", "项", "条", "号", "种", "家"];

    /// <param name="words">Folded, as <see cref="Utterance.Words"/> is.</param>
    /// <returns>1 to 99, or null when the words are more or other than one number.</returns>
    public static int? Pick(ReadOnlySpan<char> words)
    {
        if (words.Length is 0 or > 8)
            return null;
        words = words.Trim(" .。、,，()[]【】#\uFE0F\u20E3");       // the last two make 2 a key: 2️⃣
        words = Bare(words);
        return words switch
        {
            [>= '0' and <= '9', ..] => Arabic(words),
            [>= '①' and <= '⑳'] => words[0] - '①' + 1,
            [] => null,
            _ => Chinese(words),
        };
    }

    // People combine them as they like: 我要选第二个吧.
    private static ReadOnlySpan<char> Bare(ReadOnlySpan<char> words)
    {
        for (var before = -1; before != words.Length;)
        {
            before = words.Length;
            foreach (var word in s_before)
            {
                if (words.StartsWith(word))
                    words = words[word.Length..];
            }

            foreach (var word in s_behind)
            {
                if (words.Length > word.Length && words.EndsWith(word))
                    words = words[..^word.Length];
            }
        }

        return words;
    }

    private static int? Arabic(ReadOnlySpan<char> words) =>
        words.Length <= 2 && int.TryParse(words, System.Globalization.NumberStyles.None, null, out var number) && number > 0 ? number : null;

    // 三, 十, 十三, 二十, 二十三; 两 counts as two, as in 第两个.
    private static int? Chinese(ReadOnlySpan<char> words)
    {
        var ten = words.IndexOf('十');
        if (ten < 0)
            return words.Length == 1 && Digit(words[0]) is > 0 and var one ? one : null;
        if (ten > 1 || words.Length > ten + 2)
            return null;
        var tens = ten == 0 ? 1 : Digit(words[0]);
        var units = words.Length == ten + 1 ? 0 : Digit(words[^1]);
        return tens > 0 && units >= 0 ? tens * 10 + units : null;
    }

    private static int Digit(char c) => c switch
    {
        '两' => 2,
        '〇' => 0,
        _ => Digits.IndexOf(c, StringComparison.Ordinal),
    };
}
