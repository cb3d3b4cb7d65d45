using System.Text.Unicode;

namespace Bot.WeChat;

/// <summary>The door to both readers.</summary>
internal static class Fields
{
    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    /// <summary>The text without what may stand before it.</summary>
    public static ReadOnlySpan<byte> Body(ReadOnlySpan<byte> text) =>
        Xml.TrimStart(text.StartsWith(ByteOrderMark) ? text[ByteOrderMark.Length..] : text);

    /// <summary>False when the text is neither XML nor JSON of the platform's kind, or not UTF-8.</summary>
    public static bool Read(ref FieldTable table, out DataFormat format)
    {
        format = table.Source is [(byte)'{', ..] ? DataFormat.Json : DataFormat.Xml;

        // PostgreSQL keeps no NUL, and no honest platform sends one.
        return Utf8.IsValid(table.Source)
            && !table.Source.Contains((byte)0)
            && (format == DataFormat.Json ? JsonFields.Read(ref table) : XmlFields.Read(ref table));
    }
}
