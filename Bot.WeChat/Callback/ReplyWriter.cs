using System.Buffers;

namespace Bot.WeChat;

/// <summary>Writes named values as the platform's XML or JSON, both as raw UTF-8.</summary>
internal ref struct ReplyWriter(IBufferWriter<byte> target, DataFormat format, int expected)
{
    // What the text cannot be copied over; the rest goes in one piece.
    private static readonly SearchValues<char> XmlSpecial = SearchValues.Create([.. Forbidden(), .. Surrogates(), '>']);
    private static readonly SearchValues<char> JsonSpecial = SearchValues.Create([.. Forbidden(), .. Surrogates(), '"', '\\', '\t', '\n', '\r']);

    private readonly bool json = format == DataFormat.Json;
    private Utf8Output output = new(target, expected);
    private bool comma;

    public void Begin() => output.Raw(json ? "{"u8 : "<xml>"u8);

    public void End()
    {
        output.Raw(json ? "}"u8 : "</xml>"u8);
        output.Flush();
    }

    public void Text(ReadOnlySpan<byte> name, ReadOnlySpan<char> value)
    {
        Name(name);
        output.Raw(json ? "\""u8 : "<![CDATA["u8);
        if (json)
            JsonText(value);
        else
            XmlText(value);
        output.Raw(json ? "\""u8 : "]]>"u8);
        EndName(name);
    }

    /// <summary>Nothing when there is nothing to say.</summary>
    public void TextIfAny(ReadOnlySpan<byte> name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            Text(name, value);
    }

    /// <summary>For words of ours, which need no escaping.</summary>
    public void Word(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Name(name);
        output.Raw(json ? "\""u8 : "<![CDATA["u8);
        output.Raw(value);
        output.Raw(json ? "\""u8 : "]]>"u8);
        EndName(name);
    }

    public void Number(ReadOnlySpan<byte> name, long value)
    {
        Name(name);
        output.Number(value);
        EndName(name);
    }

    public void Open(ReadOnlySpan<byte> name)
    {
        Name(name);
        if (json)
            output.Raw("{"u8);
        comma = false;
    }

    public void Close(ReadOnlySpan<byte> name)
    {
        if (json)
            output.Raw("}"u8);
        EndName(name);
    }

    /// <summary>A list of <c>item</c> elements; in JSON an array.</summary>
    public void OpenList(ReadOnlySpan<byte> name)
    {
        Name(name);
        if (json)
            output.Raw("["u8);
        comma = false;
    }

    public void OpenItem()
    {
        output.Raw(!json ? "<item>"u8 : comma ? ",{"u8 : "{"u8);
        comma = false;
    }

    public void CloseItem()
    {
        output.Raw(json ? "}"u8 : "</item>"u8);
        comma = true;
    }

    public void CloseList(ReadOnlySpan<byte> name)
    {
        if (json)
            output.Raw("]"u8);
        EndName(name);
    }

    private void Name(ReadOnlySpan<byte> name)
    {
        output.Raw(!json ? "<"u8 : comma ? ",\""u8 : "\""u8);
        output.Raw(name);
        output.Raw(json ? "\":"u8 : ">"u8);
    }

    private void EndName(ReadOnlySpan<byte> name)
    {
        comma = true;
        if (json)
            return;
        output.Raw("</"u8);
        output.Raw(name);
        output.Raw(">"u8);
    }

    private void XmlText(ReadOnlySpan<char> text)
    {
        var brackets = 0; // the `]` that stand last in what was written, so that `]]>` is seen across what was left out
        for (int special; (special = text.IndexOfAny(XmlSpecial)) >= 0;)
        {
            brackets = Write(text[..special], brackets);
            text = text[special..];
            if (text[0] == '>' && brackets >= 2)
                output.Raw("]]><![CDATA["u8);
            var taken = Special(text);
            brackets = taken.Written ? 0 : brackets;
            text = text[taken.Length..];
        }

        output.Raw(text);
    }

    private void JsonText(ReadOnlySpan<char> text)
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
            text = text[(escape.IsEmpty ? Special(text).Length : 1)..];
        }

        output.Raw(text);
    }

    private int Write(ReadOnlySpan<char> text, int brackets)
    {
        output.Raw(text);
        var last = text.LastIndexOfAnyExcept(']');
        return last < 0 ? brackets + text.Length : text.Length - last - 1;
    }

    /// <summary>Writes a pair of surrogates and leaves out what is forbidden.</summary>
    private (int Length, bool Written) Special(ReadOnlySpan<char> text)
    {
        var (length, carried) = ReplyText.First(text);
        if (carried)
            output.Raw(text[..length]);
        return (length, carried);
    }

    private static IEnumerable<char> Forbidden() => Enumerable.Range(0, 0x10000).Select(c => (char)c).Where(ReplyText.IsForbidden);

    private static IEnumerable<char> Surrogates() => Enumerable.Range(0xD800, 0x800).Select(c => (char)c);
}
