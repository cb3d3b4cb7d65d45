namespace Bot.WeChat;

/// <summary>Reads the platform's XML into fields, in one pass and without a document.</summary>
/// <remarks>
/// Elements, CDATA, character references and comments; attributes are stepped over. No DTD, no processing
/// instruction but the declaration, no entity of one's own: such a body is not the platform's.
/// </remarks>
internal ref struct XmlFields
{
    private readonly ReadOnlySpan<byte> text;
    private int at;

    private XmlFields(ReadOnlySpan<byte> text) => this.text = text;

    private readonly ReadOnlySpan<byte> Rest => text[at..];

    /// <summary>False when the text is not well-formed or goes beyond the table's bounds.</summary>
    public static bool Read(ref FieldTable table) => new XmlFields(table.Source).ReadDocument(ref table);

    private bool ReadDocument(ref FieldTable table)
    {
        if (Rest.StartsWith("<?xml "u8) && !SkipTo("?>"u8))
            return false;
        var parent = -1;
        var depth = 0;
        do
        {
            var tag = Rest.IndexOf((byte)'<');
            if (tag < 0 || (parent < 0 && !IsBlank(Rest[..tag])))
                return false;
            at += tag;
            if (Rest.StartsWith("</"u8))
            {
                // A document begins with its root, so that there is one to close.
                if (parent < 0 || !SkipEndTag(table.Name(parent)))
                    return false;
                parent = table[parent].Parent;
                depth--;
            }
            else if (Rest.StartsWith("<!--"u8))
            {
                if (!SkipTo("-->"u8))
                    return false;
            }
            else if (Rest.StartsWith("<![CDATA["u8))
            {
                // Text beside child elements says nothing in this protocol.
                if (parent < 0 || !SkipTo("]]>"u8))
                    return false;
            }
            else
            {
                if (!ReadStartTag(ref table, parent, out var element, out var empty))
                    return false;
                var leaf = empty;
                if (!empty && !XmlValue.Read(text, ref at, ref table, element, out leaf))
                    return false;
                table[element].Leaf = leaf;
                if (leaf && !empty && !SkipEndTag(table.Name(element)))
                    return false;
                if (!leaf)
                {
                    parent = element;
                    if (++depth > FieldTable.MaxDepth)
                        return false;
                }
            }
        }
        while (parent >= 0 || table.Count == 0);
        return SkipMisc();
    }

    private bool ReadStartTag(ref FieldTable table, int parent, out int element, out bool empty)
    {
        element = -1;
        empty = false;
        at++;
        var length = Rest.IndexOfAny(Xml.EndOfName);
        if (length is <= 0 or > FieldTable.MaxName || !Xml.StartsName(text[at]))
            return false;
        element = table.Add(parent, at, length);
        at += length;
        return element >= 0 && SkipAttributes(out empty);
    }

    private bool SkipAttributes(out bool empty)
    {
        empty = false;
        while (at < text.Length)
        {
            switch (text[at++])
            {
                case (byte)'>':
                    return true;
                case (byte)'/':
                    empty = true;
                    return at < text.Length && text[at++] == '>';
                case (byte)'<':
                    return false;
                case (byte)'"':
                    if (!SkipTo("\""u8))
                        return false;
                    break;
                case (byte)'\'':
                    if (!SkipTo("'"u8))
                        return false;
                    break;
                default:
                    break;
            }
        }

        return false;
    }

    private bool SkipEndTag(ReadOnlySpan<byte> name)
    {
        at += 2;
        if (!Rest.StartsWith(name))
            return false;
        at += name.Length;
        while (at < text.Length && Xml.IsSpace(text[at]))
            at++;
        return at < text.Length && text[at++] == '>';
    }

    /// <summary>After the root there may be blanks and comments, nothing else.</summary>
    private bool SkipMisc()
    {
        while (true)
        {
            at += Rest.Length - Xml.TrimStart(Rest).Length;
            if (at == text.Length)
                return true;
            if (!Rest.StartsWith("<!--"u8) || !SkipTo("-->"u8))
                return false;
        }
    }

    private bool SkipTo(ReadOnlySpan<byte> end)
    {
        var found = Rest.IndexOf(end);
        at += found + end.Length;
        return found >= 0;
    }

    private static bool IsBlank(ReadOnlySpan<byte> between) => Xml.TrimStart(between).IsEmpty;
}
