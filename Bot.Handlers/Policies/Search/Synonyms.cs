using System.Text.Json;
using Bot.Data.Policies;
using Bot.Handlers.Language;

namespace Bot.Handlers.Policies.Search;

/// <summary>What citizens say and what documents say instead: 退休金 → 养老金. Immutable.</summary>
public sealed class Synonyms
{
    // A question is bounded, its synonyms must be too: more words for one word only blur it.
    private const int MaxWords = 8;

    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>> _words;
    private readonly PhraseTable _phrases;
    private readonly uint[][] _keys;

    /// <param name="words">The citizens' word, then the words of the documents.</param>
    public Synonyms(IReadOnlyDictionary<string, IReadOnlyList<string>> words)
    {
        _words = words;
        Count = words.Count;
        _phrases = new(words.Keys);
        _keys = [.. words.Values.Select(Read)];
    }

    /// <summary>The words that this project ships.</summary>
    public static Synonyms Own { get; } = Parse(SearchData.Open("synonyms.json"));

    public static Synonyms None { get; } = new(new Dictionary<string, IReadOnlyList<string>>());

    public int Count { get; }

    /// <summary>Reads <c>{"citizens' word": ["words of the documents", …], …}</c>.</summary>
    /// <exception cref="JsonException">The file has another shape.</exception>
    public static Synonyms Parse(Stream json)
    {
        using (json)
        {
            return new(JsonSerializer.Deserialize<Dictionary<string, IReadOnlyList<string>>>(json)
                ?? throw new JsonException("null instead of synonyms"));
        }
    }

    /// <summary>With the office's own words, which win over those that are shipped; a word without a meaning is silenced.</summary>
    public Synonyms With(IReadOnlyCollection<PolicySynonym> own)
    {
        if (own.Count == 0)
            return this;
        var words = new Dictionary<string, IReadOnlyList<string>>(_words);
        foreach (var (word, means) in own)
            words[word] = means;
        return new(words.Where(w => w.Value.Count > 0).ToDictionary());
    }

    /// <summary>With more words; what both know means what either says.</summary>
    public Synonyms And(Synonyms more)
    {
        var words = new Dictionary<string, IReadOnlyList<string>>(_words);
        foreach (var (word, means) in more._words)
            words[word] = [.. words.GetValueOrDefault(word, []).Union(means)];
        return new(words);
    }

    /// <returns>The length of the word known at <paramref name="at"/>, or 0; and the grams of the words that mean it.</returns>
    internal int Match(ReadOnlySpan<char> text, int at, out ReadOnlySpan<uint> keys)
    {
        var length = _phrases.Match(text, at, out var number);
        keys = length == 0 ? [] : _keys[number];
        return length;
    }

    private static uint[] Read(IReadOnlyList<string> words)
    {
        KeyBuffer keys = new();
        foreach (var word in words.Take(MaxWords))
            GramReader.Read(Chinese.Fold(word), rich: false, keys);
        return [.. keys.Keys.ToArray().Distinct().Where(key => Grams.ChannelOf(key) is Channel.Pair or Channel.Single)];
    }
}
