namespace Bot.Handlers.Policies.Search;

/// <summary>Whole numbers below a million, in digits (663), read out (六六三, 二〇二〇) or counted (六百六十三).</summary>
internal static class ChineseNumeral
{
    private const int Limit = 1_000_000;
    private const string Digits = "零一二三四五六七八九";

    /// <param name="at">Moved behind the number if there is one.</param>
    public static bool TryRead(ReadOnlySpan<char> text, ref int at, out int value)
    {
        var (start, sum, digit, counted) = (at, 0, 0, false);
        for (; at < text.Length; at++)
        {
            if (DigitOf(text[at]) is var d and >= 0)
                digit = counted ? d : Math.Min(digit * 10 + d, Limit);
            else if (UnitOf(text[at]) is var unit and > 0)
                (sum, digit, counted) = (sum + Math.Max(digit, at == start ? 1 : 0) * unit, 0, true);
            else
                break;
        }

        value = sum + digit;
        return at > start && value < Limit;
    }

    private static int DigitOf(char c) => c is >= '0' and <= '9' ? c - '0' : c is '〇' or '○' ? 0 : Digits.IndexOf(c, StringComparison.Ordinal);

    private static int UnitOf(char c) => c switch { '十' => 10, '百' => 100, '千' => 1000, _ => 0 };
}
