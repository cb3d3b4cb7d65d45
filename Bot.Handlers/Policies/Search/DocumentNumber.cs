using Bot.Handlers.Language;

namespace Bot.Handlers.Policies.Search;

/// <summary>A 文号 in any written form: 国发〔2020〕5号, 国发[2020]5, 国务院令第663号, 国务院第六百六十三号令.</summary>
/// <param name="year">0 when it has none, as an order (令).</param>
/// <param name="issuer">The characters before the year or the 第, as far as they can belong to it; 令 left out. A question may have more before it.</param>
internal readonly ref struct DocumentNumber(int year, int number, ReadOnlySpan<char> issuer)
{
    private const int MaxIssuer = 16;
    private const string Issuing = "发办函字令规通告政文号";

    public ReadOnlySpan<char> Issuer { get; } = issuer;

    /// <summary>Year and serial number: equal in equal numbers.</summary>
    public long Key { get; } = ((long)year << 32) | (uint)number;

    /// <summary>Finds the next 文号.</summary>
    /// <param name="text">Folded.</param>
    /// <param name="at">Where to look from; moved behind what was found.</param>
    public static bool TryRead(ReadOnlySpan<char> text, ref int at, out DocumentNumber found)
    {
        while (at < text.Length)
        {
            var start = at;
            if (!ChineseNumeral.TryRead(text, ref at, out var value))
            {
                at++;
                continue;
            }

            if (TryDated(text, start, ref at, value, out found) || TryOrder(text, start, ref at, value, out found))
                return true;
        }

        found = default;
        return false;
    }

    /// <summary>Whether both name the same issuer, as far as both say: “请问国发” and “国发” do, “国发” and “国办发” do not.</summary>
    public static bool SameIssuer(ReadOnlySpan<char> one, ReadOnlySpan<char> other) =>
        one.EndsWith(other, StringComparison.Ordinal) || other.EndsWith(one, StringComparison.Ordinal);

    // 国发〔2020〕5号, 国发2020年第5号
    private static bool TryDated(ReadOnlySpan<char> text, int start, ref int at, int year, out DocumentNumber found)
    {
        found = default;
        if (year is < 1949 or > 2100)
            return false;
        var end = start;
        var opened = Back(text, ref end, "〔[({【〈「");
        var next = at;
        Skip(text, ref next);
        var closed = Take(text, ref next, "〕])}】〉」");
        var spaced = next > at;
        var dated = !closed && Take(text, ref next, "年-");
        Skip(text, ref next);
        Take(text, ref next, "第");
        Skip(text, ref next);
        if (!ChineseNumeral.TryRead(text, ref next, out var number))
            return false;
        Skip(text, ref next);
        var ended = Take(text, ref next, "号");
        var issuer = IssuerBefore(text, end);
        if (!(opened && closed) && !(issuer is [.., var last] && Issuing.Contains(last) && (ended || opened || closed || dated || spaced)))
            return false;
        at = next;
        found = new(year, number, issuer);
        return true;
    }

    // 国务院令第663号, 国务院令663, 第663号令
    private static bool TryOrder(ReadOnlySpan<char> text, int start, ref int at, int number, out DocumentNumber found)
    {
        var (end, next) = (start, at);
        Back(text, ref end, "第");
        Skip(text, ref next);
        var ended = Take(text, ref next, "号");
        var before = end;
        if (Back(text, ref before, "令") || (ended && Take(text, ref next, "令")))
        {
            at = next;
            found = new(0, number, IssuerBefore(text, before));
            return true;
        }

        found = default;
        return false;
    }

    private static ReadOnlySpan<char> IssuerBefore(ReadOnlySpan<char> text, int end)
    {
        while (end > 0 && text[end - 1] == ' ')
            end--;
        var start = end;
        while (start > 0 && end - start < MaxIssuer && Chinese.IsIdeograph(text[start - 1]))
            start--;
        return text[start..end];
    }

    private static void Skip(ReadOnlySpan<char> text, ref int at)
    {
        while (at < text.Length && text[at] == ' ')
            at++;
    }

    private static bool Take(ReadOnlySpan<char> text, ref int at, string any)
    {
        if (at >= text.Length || !any.Contains(text[at]))
            return false;
        at++;
        return true;
    }

    private static bool Back(ReadOnlySpan<char> text, ref int end, string any)
    {
        var at = end;
        while (at > 0 && text[at - 1] == ' ')
            at--;
        if (at == 0 || !any.Contains(text[at - 1]))
            return false;
        end = at - 1;
        return true;
    }
}
