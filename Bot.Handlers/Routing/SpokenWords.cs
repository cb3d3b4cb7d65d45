using System.Collections.Frozen;
using Bot.Handlers.Language;

namespace Bot.Handlers.Routing;

/// <summary>Finds the command that a citizen meant by words that sound like it, or miss one character of it.</summary>
/// <remarks>
/// 正策 and zhengce are 政策; 我的预越 is 我的预约. Two characters are too few to allow a wrong one: 政府 is not 政策. What two
/// commands could be meant by is nobody's.
/// </remarks>
internal sealed class SpokenWords
{
    private const int ShortestMended = 3;

    private readonly FrozenDictionary<string, Route?> _sounds;
    private readonly (string Word, Route Route)[] _words;
    private readonly int _longest;
    private readonly int _longestSpelt;

    public SpokenWords(FrozenDictionary<string, Route> words)
    {
        _words = [.. words.Where(w => w.Key.Length >= ShortestMended).Select(w => (w.Key, w.Value))];
        _sounds = words.Where(w => w.Key.Length >= 2)
            .GroupBy(w => Pinyin.Of(w.Key), w => w.Value, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.Distinct().Count() == 1 ? g.First() : null, StringComparer.Ordinal);
        _longest = words.Keys.Max(w => w.Length) + 1;
        _longestSpelt = _sounds.Keys.Max(s => s.Length);
    }

    public Route? Find(string words)
    {
        if (words.Length >= 2 && words.Length <= _longest)
            return _sounds.GetValueOrDefault(Pinyin.Of(words)) ?? OneCharacterOff(words);
        // Spelt out, a command is longer.
        return words.Length > _longest && words.Length <= _longestSpelt && char.IsAsciiLetter(words[0]) ? _sounds.GetValueOrDefault(words) : null;
    }

    private Route? OneCharacterOff(string words)
    {
        Route? found = null;
        foreach (var (word, route) in _words)
        {
            if (!IsOneOff(word, words))
                continue;
            if (found is not null && found != route)
                return null;
            found = route;
        }

        return found;
    }

    // One character replaced, missing or too many.
    private static bool IsOneOff(string word, string typed)
    {
        if (Math.Abs(word.Length - typed.Length) > 1)
            return false;
        var same = word.AsSpan().CommonPrefixLength(typed);
        var rest = word.AsSpan(same);
        var other = typed.AsSpan(same);
        return word.Length == typed.Length ? rest[1..].SequenceEqual(other[1..])
            : word.Length > typed.Length ? rest[1..].SequenceEqual(other)
            : rest.SequenceEqual(other[1..]);
    }
}
