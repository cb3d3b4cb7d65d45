using System.Buffers;

namespace Bot.WeChat;

/// <summary>Writes named values as the platform's XML or JSON, both as raw UTF-8.</summary>
internal ref struct ReplyWriter(IBufferWriter<byte> target, DataFormat format, int expected)
{
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
            EscapedText.WriteJson(ref output, value);
        else
            EscapedText.WriteXml(ref output, value);
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
}
