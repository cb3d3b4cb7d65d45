using System.Buffers;
using System.Collections.Frozen;

namespace Bot.Handlers.Language;

/// <summary>
/// 敏感词: finds the office's listed words in what is to become public, however they are spelled: full-width, traditional, in capitals, or
/// with spaces and marks between the characters. Swapped whole when the list changes.
/// </summary>
public sealed class SensitiveWords
{
    private const char Blot = '＊';

    private volatile WordList _list = new([]);

    /// <param name="words">Those without a letter, digit or Chinese character in them are left out.</param>
    public void Replace(IEnumerable<string> words) => _list = new(words);

    public bool Holds(string text) => Find(text).Count > 0;

    /// <returns>The words as the list has them and where they stand in <paramref name="text"/>, in order, none overlapping another.</returns>
    public IReadOnlyList<SensitiveSpot> Find(string text)
    {
        var list = _list;
        var (skeleton, places) = Skeleton(text);
        List<SensitiveSpot> found = [];
        for (var from = 0; from < skeleton.Length;)
        {
            var at = skeleton.AsSpan(from).IndexOfAny(list.Any);
            if (at < 0)
                break;
            from += at;
            if (list.LongestAt(skeleton, from) is not { } word || CutsAWord(text, word, places[from], places[from + word.Length - 1]))
            {
                from++;
                continue;
            }

            var (start, end) = (places[from], places[from + word.Length - 1] + 1);
            found.Add(new(list.AsListed(word), start, end - start));
            from += word.Length;
        }

        return found;
    }

    /// <summary>The text with each listed word blotted out.</summary>
    public string Mask(string text)
    {
        var found = Find(text);
        return found.Count == 0 ? text : string.Create(text.Length, (text, found), static (span, from) =>
        {
            from.text.CopyTo(span);
            foreach (var spot in from.found)
                span.Slice(spot.Start, spot.Length).Fill(Blot);
        });
    }

    // What is left when spaces, marks and invisible characters are taken out, and where each of its characters stood.
    private static (string Skeleton, int[] Places) Skeleton(string text)
    {
        var (kept, places, length) = (new char[text.Length], new int[text.Length], 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsLetterOrDigit(text[i]))
                continue;
            (kept[length], places[length]) = (Chinese.Fold(text[i]), i);
            length++;
        }

        return (new string(kept, 0, length), places);
    }

    // “class” is not “ass”: a word in Latin letters counts only where it stands alone.
    private static bool CutsAWord(string text, string word, int first, int last) =>
        (char.IsAsciiLetterOrDigit(word[0]) && first > 0 && char.IsAsciiLetterOrDigit(Chinese.Fold(text[first - 1])))
        || (char.IsAsciiLetterOrDigit(word[^1]) && last + 1 < text.Length && char.IsAsciiLetterOrDigit(Chinese.Fold(text[last + 1])));

    private sealed class WordList
    {
        private readonly FrozenDictionary<string, string> _listed;
        private readonly FrozenDictionary<char, string[]> _byFirst;

        public WordList(IEnumerable<string> words)
        {
            _listed = words.Select(word => (word, Skeleton(word).Skeleton)).Where(w => w.Skeleton.Length > 0)
                .DistinctBy(w => w.Skeleton).ToFrozenDictionary(w => w.Skeleton, w => w.word, StringComparer.Ordinal);
            _byFirst = _listed.Keys.GroupBy(word => word[0]).ToFrozenDictionary(same => same.Key, same => same.OrderByDescending(w => w.Length).ToArray());
            Any = SearchValues.Create(_listed.Keys.AsSpan(), StringComparison.Ordinal);
        }

        public SearchValues<string> Any { get; }

        public string AsListed(string word) => _listed[word];

        public string? LongestAt(string text, int at) => _byFirst.TryGetValue(text[at], out var words)
            ? Array.Find(words, word => text.AsSpan(at).StartsWith(word, StringComparison.Ordinal))
            : null;
    }
}

/// <param name="Word">As it stands on the list.</param>
/// <param name="Start">In the text that was searched.</param>
public readonly record struct SensitiveSpot(string Word, int Start, int Length);
