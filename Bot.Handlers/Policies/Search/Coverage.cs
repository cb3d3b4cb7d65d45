using Bot.Handlers.Language;

namespace Bot.Handlers.Policies.Search;

/// <summary>How much of a question a document speaks of at all: what tells an answer from the best of many that do not fit.</summary>
internal readonly ref struct Coverage(Question question, PolicyIndex index, Segment segment, int document, ReadOnlySpan<float> phraseScores)
{
    // How well a character is covered: by a pair it is in, by the sound of that pair, by a word that means the same, or just by itself.
    private const float ByPair = 1f, BySound = 0.8f, BySynonym = 0.9f, BySingle = 0.2f;

    // What is said in passing says less than what a document is called.
    private const float InPassing = 0.75f;

    private const float Least = 0.2f;

    // A letter of pinyin is a part of a syllable.
    private const float Letter = 0.4f;

    private readonly int _phrase = segment.BestPhrase(document, phraseScores);

    /// <returns>0 to 1.</returns>
    public float Share()
    {
        Span<float> covered = stackalloc float[question.Length + 1];
        Span<bool> asking = stackalloc bool[question.Length];
        covered.Clear();
        question.Filler.CopyTo(asking);
        CoverCharacters(covered);
        CoverSounds(covered, asking);
        CoverSynonyms(covered);
        UncoverOtherNumbers(covered);
        var (asked, answered) = (0f, 0f);
        for (var i = 0; i < question.Length; i++)
        {
            if (asking[i] || question.Word(i) == 0)
                continue;
            var weight = WeightOf(i, covered[i]);
            asked += weight;
            answered += weight * covered[i];
        }

        return asked == 0 ? 0 : answered / asked;
    }

    // A word that many documents have says little of what is asked, one that none has says much.
    private float WeightOf(int i, float covered)
    {
        if (!Chinese.IsIdeograph(question.Text[i]))
            return Letter;
        var weight = Math.Max(index.RarityOf(Grams.Single(question.Text[i])), Least);
        if (covered < BySound * InPassing)
            return weight;
        if (i > 0 && question.Word(i - 1) != 0 && Has(Grams.Pair(question.Text[i - 1], question.Text[i])) > 0)
            weight = Math.Max(weight, index.RarityOf(Grams.Pair(question.Text[i - 1], question.Text[i])));
        if (question.Word(i + 1) != 0 && Has(Grams.Pair(question.Text[i], question.Text[i + 1])) > 0)
            weight = Math.Max(weight, index.RarityOf(Grams.Pair(question.Text[i], question.Text[i + 1])));
        return weight;
    }

    private void CoverCharacters(Span<float> covered)
    {
        for (var i = 0; i < question.Length; i++)
        {
            var (a, b) = (question.Word(i), question.Word(i + 1));
            if (a == 0)
                continue;
            Raise(covered.Slice(i, 1), BySingle * Has(Grams.Single(a)));
            if (b != 0)
                Raise(covered.Slice(i, 2), ByPair * Has(Grams.Pair(a, b)));
        }
    }

    private void CoverSounds(Span<float> covered, Span<bool> asking)
    {
        for (var i = 0; i < question.Length; i++)
        {
            for (var length = 1; length <= SoundLattice.MaxSyllable && i + length < question.Length; length++)
            {
                var a = question.Lattice.At(i, length);
                var second = question.Next(i + length);
                for (var more = 1; a != Pinyin.None && more <= SoundLattice.MaxSyllable && second + more <= question.Length; more++)
                {
                    var b = question.Lattice.At(second, more);
                    if (b == Pinyin.None)
                        continue;
                    var key = Grams.Sound(a, b);
                    var isLatin = char.IsAsciiLetterLower(question.Text[i]) || char.IsAsciiLetterLower(question.Text[second]);
                    if (isLatin && Fillers.HasSound(key))
                        asking[i..(second + more)].Fill(true);
                    if (Has(key) is var has and > 0)
                        Raise(covered.Slice(i, second + more - i), has * (isLatin ? ByPair : BySound));
                }
            }
        }
    }

    private void CoverSynonyms(Span<float> covered)
    {
        for (var i = 0; i < question.Length;)
        {
            var length = index.Synonyms.Match(question.Text, i, out var keys);
            foreach (var key in keys)
            {
                if (Grams.ChannelOf(key) != Channel.Pair || Has(key) == 0)
                    continue;
                Raise(covered.Slice(i, length), BySynonym * Has(key));
                break;
            }

            i += Math.Max(length, 1);
        }
    }

    // 123456 is not 12345: a number is the whole of it or another one.
    private void UncoverOtherNumbers(Span<float> covered)
    {
        for (var i = 0; i < question.Length; i++)
        {
            var end = i;
            while (end < question.Length && char.IsAsciiDigit(question.Text[end]))
                end++;
            if (end == i)
                continue;
            if (covered[i..end].ContainsAnyExcept(1f, InPassing))
                covered[i..end].Clear();
            i = end;
        }
    }

    private static void Raise(Span<float> covered, float to)
    {
        foreach (ref var c in covered)
            c = Math.Max(c, to);
    }

    private float Has(uint key)
    {
        if (_phrase >= 0 && segment.Phrases.Find(key) is var phrase and >= 0 && segment.Phrases.Has(phrase, _phrase))
            return 1;
        return segment.Bodies.Find(key) is var body and >= 0 && segment.Bodies.Has(body, document) ? InPassing : 0;
    }
}
