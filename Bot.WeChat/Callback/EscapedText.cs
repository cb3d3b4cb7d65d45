using System.Buffers;

namespace Bot.WeChat;

/// <summary>Any text as the inside of an XML or JSON value; what XML cannot carry is left out of both.</summary>
internal static class EscapedText
{
    // What cannot be copied as it stands; all between goes in one piece.
    private static readonly SearchValues<char> XmlSpecial = SearchValues.Create([.. Forbidden(), .. Surrogates(), '>']);
    private static readonly SearchValues<char> JsonSpecial = SearchValues.Create([.. Forbidden(), .. Surrogates(), '"', '\\', '\t', '\n', '\r']);

    /// <summary>For inside a CDATA section; <c>]]&gt;</c> is spread over two.</summary>
    public static void WriteXml(ref Utf8Output output, ReadOnlySpan<char> text)
    {
        var brackets = 0; // the `]` that stand last in what was written, so that `]]>` is seen across what was left out
        for (int special; (special = text.IndexOfAny(XmlSpecial)) >= 0;)
        {
            brackets = Write(ref output, text[..special], brackets);
            text = text[special..];
            if (text[0] == '>' && brackets >= 2)
                output.Raw("]]><![CDATA["u8);
            var taken = Special(ref output, text);
            brackets = taken.Written ? 0 : brackets;
            text = text[taken.Length..];
        }

        output.Raw(text);
    }

    /// <summary>For inside quotes; no <c>\uXXXX</c>, which the platform would show to citizens as it stands.</summary>
    public static void WriteJson(ref Utf8Output output, ReadOnlySpan<char> text)
    {
        for (int special; (special = text.IndexOfAny(JsonSpecial)) >= 0;)
        {
            output.Raw(text[..special]);
            text = text[special..];
            ReadOnlySpan<byte> escape = text[0] switch
            {
                '"' => "\\\""u8,
                '\\' => "\\\\"u8,
                '\n' => "\\n"u8,
                '\r' => "\\r"u8,
                '\t' => "\\t"u8,
                _ => default,
            };
            output.Raw(escape);
            text = text[(escape.IsEmpty ? Special(ref output, text).Length : 1)..];
        }

        output.Raw(text);
    }

    private static int Write(ref Utf8Output output, ReadOnlySpan<char> text, int brackets)
    {
        output.Raw(text);
        var last = text.LastIndexOfAnyExcept(']');
        return last < 0 ? brackets + text.Length : text.Length - last - 1;
    }

    /// <summary>Writes a pair of surrogates and leaves out what is forbidden.</summary>
    private static (int Length, bool Written) Special(ref Utf8Output output, ReadOnlySpan<char> text)
    {
        var (length, carried) = ReplyText.First(text);
        if (carried)
            output.Raw(text[..length]);
        return (length, carried);
    }

    private static IEnumerable<char> Forbidden() => Enumerable.Range(0, 0x10000).Select(c => (char)c).Where(ReplyText.IsForbidden);

    private static IEnumerable<char> Surrogates() => Enumerable.Range(0xD800, 0x800).Select(c => (char)c);
}
