using System.Text.Json;

namespace Bot.WeChat;

/// <summary>Reads the platform's JSON into the fields that its XML would give: an array is a name repeated.</summary>
internal static class JsonFields
{
    private static readonly JsonReaderOptions Strict = new()
    {
        MaxDepth = FieldTable.MaxDepth,
        CommentHandling = JsonCommentHandling.Disallow,
    };

    /// <summary>False when the text is not JSON, not an object, or goes beyond the table's bounds.</summary>
    public static bool Read(ref FieldTable table)
    {
        try
        {
            var reader = new Utf8JsonReader(table.Source, Strict);
            return reader.Read()
                && reader.TokenType == JsonTokenType.StartObject
                && table.Add(-1, 0, 0) == FieldTable.Root
                && ReadObject(ref reader, ref table, FieldTable.Root)
                && !reader.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false; // InvalidOperationException: an escape that is half a character
        }
    }

    private static bool ReadObject(ref Utf8JsonReader reader, ref FieldTable table, int parent)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (name, length) = Text(ref reader, ref table);
            if (length is < 0 or > FieldTable.MaxName || !reader.Read() || !ReadValue(ref reader, ref table, parent, name, length))
                return false;
        }

        return true;
    }

    private static bool ReadValue(ref Utf8JsonReader reader, ref FieldTable table, int parent, int name, int length)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (!ReadValue(ref reader, ref table, parent, name, length))
                    return false;
            }

            return true;
        }

        var field = table.Add(parent, name, length);
        if (field < 0)
            return false;
        if (reader.TokenType == JsonTokenType.StartObject)
            return ReadObject(ref reader, ref table, field);
        table[field].Leaf = true;
        if (reader.TokenType == JsonTokenType.Null)
            return true;
        (table[field].Value, table[field].ValueLength) = Text(ref reader, ref table);
        return table[field].ValueLength >= 0;
    }

    /// <returns>A length below zero for a text that holds NUL, which XML would not have let in.</returns>
    private static (int Place, int Length) Text(ref Utf8JsonReader reader, ref FieldTable table)
    {
        if (reader.ValueIsEscaped)
        {
            var length = reader.CopyString(table.Scratch);
            if (table.Scratch[..length].Contains((byte)0))
                return (0, -1);
            return (table.Keep(length), length);
        }

        var quote = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? 1 : 0;
        return ((int)reader.TokenStartIndex + quote, reader.ValueSpan.Length);
    }
}
