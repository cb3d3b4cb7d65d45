using Bot.Handlers.Language;

namespace Bot.Handlers.Policies.Search;

/// <summary>Finds the longest of many phrases that a text has at a place.</summary>
internal sealed class PhraseTable
{
    private readonly Dictionary<char, (string Phrase, int Number)[]> _byFirst;

    /// <param name="phrases">A phrase's number is its place here.</param>
    public PhraseTable(IEnumerable<string> phrases) => _byFirst = phrases
        .Select((phrase, number) => (Phrase: Chinese.Fold(phrase), Number: number))
        .Where(entry => entry.Phrase.Length > 0)
        .GroupBy(entry => entry.Phrase[0])
        .ToDictionary(group => group.Key, group => group.OrderByDescending(entry => entry.Phrase.Length).ToArray());

    /// <returns>The length of the longest phrase that begins at <paramref name="at"/>, or 0.</returns>
    public int Match(ReadOnlySpan<char> text, int at, out int number)
    {
        if (_byFirst.TryGetValue(text[at], out var entries))
        {
            foreach (var (phrase, found) in entries)
            {
                if (!text[at..].StartsWith(phrase, StringComparison.Ordinal))
                    continue;
                number = found;
                return phrase.Length;
            }
        }

        number = -1;
        return 0;
    }
}
