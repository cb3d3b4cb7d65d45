using Bot.Handlers.Language;

namespace Bot.Handlers.Policies.Search;

/// <summary>Reads the grams of a document's text, with repeats. Not for questions: those carry weights, see <see cref="Question"/>.</summary>
internal static class GramReader
{
    /// <param name="text">Folded.</param>
    /// <param name="rich">Also the grams that mend typing mistakes and abbreviations; for short texts.</param>
    public static void Read(ReadOnlySpan<char> text, bool rich, KeyBuffer keys)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (!Grams.IsWord(c))
                continue;
            keys.Add(Grams.Single(c));
            var next = At(text, i + 1);
            if (next == 0)
                continue;
            keys.Add(Grams.Pair(c, next));
            ReadSounds(c, next, keys);
            if (rich)
                ReadRich(c, next, At(text, i + 2), keys);
        }
    }

    private static char At(ReadOnlySpan<char> text, int i) => i < text.Length && Grams.IsWord(text[i]) ? text[i] : '\0';

    // A character with two readings is found by either.
    private static void ReadSounds(char c, char next, KeyBuffer keys)
    {
        var (a, b) = (Pinyin.Syllable(c), Pinyin.Syllable(next));
        if (a == Pinyin.None || b == Pinyin.None)
            return;
        keys.Add(Grams.Sound(a, b));
        var (otherA, otherB) = (Pinyin.SecondSyllable(c), Pinyin.SecondSyllable(next));
        if (otherA != Pinyin.None)
            keys.Add(Grams.Sound(otherA, b));
        if (otherB != Pinyin.None)
            keys.Add(Grams.Sound(a, otherB));
    }

    private static void ReadRich(char a, char b, char c, KeyBuffer keys)
    {
        if (c != 0 && Chinese.IsIdeograph(a) && Chinese.IsIdeograph(c))
            keys.Add(Grams.Skip(a, c));
        var (x, y) = (Initial(a), Initial(b));
        if (x == 0 || y == 0)
            return;
        keys.Add(Grams.Initials(x, y, '\0'));
        if (c != 0 && Initial(c) is var z and not '\0')
            keys.Add(Grams.Initials(x, y, z));
    }

    private static char Initial(char c) => Pinyin.Syllable(c) is var s and not Pinyin.None ? Pinyin.Name(s)[0] : '\0';
}
