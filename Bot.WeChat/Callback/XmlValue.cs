namespace Bot.WeChat;

/// <summary>The text of an element without children, blanks around it trimmed, those inside CDATA kept.</summary>
internal static class XmlValue
{
    /// <summary>Reads up to the element's end tag, or up to the child that shows it to be no leaf.</summary>
    /// <param name="at">From behind the start tag to the <c>&lt;</c> that follows the value.</param>
    /// <returns>False when the text is not well-formed.</returns>
    public static bool Read(ReadOnlySpan<byte> text, ref int at, ref FieldTable table, int element, out bool leaf) =>
        ReadInPlace(text, ref at, ref table[element], out leaf) || ReadDecoded(text, ref at, ref table, element, out leaf);

    /// <summary>The usual ways: one CDATA section, or text without references. Its bytes are the value.</summary>
    private static bool ReadInPlace(ReadOnlySpan<byte> text, ref int at, ref Field field, out bool leaf)
    {
        leaf = true;
        var rest = Xml.TrimStart(text[at..]);
        var start = text.Length - rest.Length;
        int end;
        if (rest.StartsWith("<![CDATA["u8))
        {
            start += "<![CDATA[".Length;
            var length = text[start..].IndexOf("]]>"u8);
            if (length < 0)
                return false;
            end = start + length;
            rest = Xml.TrimStart(text[(end + "]]>".Length)..]);
        }
        else
        {
            var length = rest.IndexOfAny((byte)'<', (byte)'&');
            if (length < 0)
                return false;
            end = start + Xml.TrimEnd(rest[..length]).Length;
            rest = rest[length..];
        }

        if (!rest.StartsWith("</"u8))
            return false;
        field.Value = start;
        field.ValueLength = end - start;
        at = text.Length - rest.Length;
        return true;
    }

    private static bool ReadDecoded(ReadOnlySpan<byte> text, ref int at, ref FieldTable table, int element, out bool leaf)
    {
        leaf = false;
        if (Xml.TrimStart(text[at..]) is [(byte)'<', not ((byte)'!' or (byte)'/'), ..])
            return true; // a child at once: the usual container needs no room

        var room = table.Scratch;
        var length = 0;
        var first = -1; // from here to `last` blanks belong to the value
        var last = 0;
        while (at < text.Length)
        {
            var rest = text[at..];
            var plain = rest.IndexOfAny((byte)'<', (byte)'&');
            if (plain < 0)
                return false;
            rest[..plain].CopyTo(room[length..]);
            length += plain;
            at += plain;
            rest = rest[plain..];
            if (rest[0] == '&')
            {
                if (!Xml.ReadReference(rest, out var rune, out var taken))
                    return false;
                first = first < 0 ? length : first;
                length += rune.EncodeToUtf8(room[length..]);
                last = length;
                at += taken;
            }
            else if (rest.StartsWith("<![CDATA["u8))
            {
                var section = rest["<![CDATA[".Length..];
                var size = section.IndexOf("]]>"u8);
                if (size < 0)
                    return false;
                first = first < 0 ? length : first;
                section[..size].CopyTo(room[length..]);
                length += size;
                last = length;
                at += "<![CDATA[]]>".Length + size;
            }
            else if (rest.StartsWith("<!--"u8))
            {
                var size = rest.IndexOf("-->"u8);
                if (size < 0)
                    return false;
                at += size + "-->".Length;
            }
            else
            {
                leaf = rest.StartsWith("</"u8);
                if (leaf)
                    Keep(room[..length], first < 0 ? length : first, last, ref table, element);
                return true;
            }
        }

        return false;
    }

    private static void Keep(ReadOnlySpan<byte> value, int first, int last, ref FieldTable table, int element)
    {
        var start = first - Xml.TrimStart(value[..first]).Length;
        last = Math.Max(last, start);
        var end = last + Xml.TrimEnd(value[last..]).Length;
        ref var field = ref table[element];
        field.Value = ~(~table.Keep(value.Length) + start);
        field.ValueLength = end - start;
    }
}
