namespace Bot.Handlers.Notices;

/// <summary>Looks for quotes that do not pair. A cell whose quote is left open swallows what follows it, over lines and rows, up to some other quote or the end.</summary>
internal static class CsvQuotes
{
    /// <param name="text">From the beginning of a record; what comes behind its end is not looked at.</param>
    /// <returns>The first cell that is odd; null when all are well.</returns>
    public static OddQuote? Find(ReadOnlySpan<char> text, char delimiter)
    {
        var (at, line) = (0, 0);
        for (var cell = 1; ; cell++)
        {
            if (at < text.Length && text[at] == '"')
            {
                var opened = line;
                if (!Close(text, ref at, ref line))
                    return new(cell, opened, line, IsOpen: true);
                var isOver = at == text.Length || text[at] == delimiter || text[at] is '\r' or '\n';
                // Words behind the quote that closes: on another line it was meant to open the next cell.
                if (!isOver || line > opened)
                    return new(cell, opened, line, IsOpen: !isOver && line > opened);
            }
            else
            {
                var end = text[at..].IndexOfAny(delimiter, '\r', '\n');
                at = end < 0 ? text.Length : at + end;
            }

            if (at == text.Length || text[at] != delimiter)
                return null;
            at++;
        }
    }

    // To behind the quote that closes; two of them are one that is written.
    private static bool Close(ReadOnlySpan<char> text, ref int at, ref int line)
    {
        while (true)
        {
            var rest = text[(at + 1)..];
            var next = rest.IndexOf('"');
            line += (next < 0 ? rest : rest[..next]).Count('\n');
            if (next < 0)
                return false;
            at += next + 2;
            if (at == text.Length || text[at] != '"')
                return true;
        }
    }
}

/// <param name="Cell">From 1.</param>
/// <param name="Line">Where the quote opens, in lines behind the record's first.</param>
/// <param name="Until">Where it closes, or would.</param>
/// <param name="IsOpen">It was left open, and nobody can tell where the cell and its row end.</param>
internal readonly record struct OddQuote(int Cell, int Line, int Until, bool IsOpen);
