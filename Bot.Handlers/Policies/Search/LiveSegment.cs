namespace Bot.Handlers.Policies.Search;

/// <summary>A segment with the documents that have left it, and the length norms of the index it is part of.</summary>
internal sealed class LiveSegment
{
    private readonly int[] _deadBodyTerms;
    private readonly int[] _deadPhraseTerms;

    public LiveSegment(Segment segment, bool[] dead)
    {
        Segment = segment;
        Dead = dead;
        HasDead = dead.Contains(true);
        _deadBodyTerms = HasDead ? new int[segment.Bodies.MaxTerms] : [];
        _deadPhraseTerms = HasDead ? new int[segment.Phrases.MaxTerms] : [];
        if (HasDead)
            CountDead();
        Alive = dead.Count(d => !d);
        AlivePhrases = segment.Owners.Count(owner => !dead[owner]);
    }

    public Segment Segment { get; }

    /// <summary>By document: gone, or replaced in a later segment.</summary>
    public bool[] Dead { get; }

    public bool HasDead { get; }

    public int Alive { get; }

    public int AlivePhrases { get; }

    public float[][] BodyNorms { get; private set; } = [];

    public float[][] PhraseNorms { get; private set; } = [];

    /// <summary>What each document's score is multiplied by, for its type and rank; 0 for the dead.</summary>
    public float[] Boosts { get; private set; } = [];

    public int BodyFrequency(int term) => term < 0 ? 0 : Segment.Bodies.Frequency(term) - (HasDead ? _deadBodyTerms[term] : 0);

    public int PhraseFrequency(int term) => term < 0 ? 0 : Segment.Phrases.Frequency(term) - (HasDead ? _deadPhraseTerms[term] : 0);

    public long BodyLength(Channel channel)
    {
        var (sum, lengths) = (0L, Segment.Bodies.Lengths[(int)channel]);
        for (var unit = 0; unit < lengths.Length; unit++)
            sum += Dead[unit] ? 0 : lengths[unit];
        return sum;
    }

    public long PhraseLength(Channel channel)
    {
        var (sum, lengths) = (0L, Segment.Phrases.Lengths[(int)channel]);
        for (var unit = 0; unit < lengths.Length; unit++)
            sum += Dead[Segment.Owners[unit]] ? 0 : lengths[unit];
        return sum;
    }

    /// <summary>Sets the boosts, and the norms from the mean lengths of the whole index, by channel.</summary>
    public void SetNorms(float[] bodyMeans, float[] phraseMeans, SearchWeights weights)
    {
        BodyNorms = [.. Segment.Bodies.Lengths.Select((l, c) => Norms(l, bodyMeans[c], weights.BodyK1, weights.BodyB))];
        Boosts = [.. Dead.Select((dead, n) => dead ? 0 : weights.Types[(int)Segment.Documents[n].Type] * weights.OfRank(Segment.Ranks[n]))];
        PhraseNorms = [.. Segment.Phrases.Lengths.Select((l, c) => Norms(l, phraseMeans[c], weights.PhraseK1, weights.PhraseB))];
    }

    // A channel that a space does not have costs nothing.
    private static float[] Norms(ushort[] lengths, float mean, float k1, float b)
    {
        if (mean == 0)
            return [];
        var norms = new float[lengths.Length];
        for (var unit = 0; unit < norms.Length; unit++)
            norms[unit] = k1 * (1 - b + b * lengths[unit] / mean);
        return norms;
    }

    // The dead are few: reading them again is cheaper than to keep what every document has.
    private void CountDead()
    {
        KeyBuffer keys = new();
        for (var number = 0; number < Dead.Length; number++)
        {
            if (!Dead[number])
                continue;
            Segment.ReadBody(Segment.Documents[number], keys);
            Count(keys, Segment.Bodies, _deadBodyTerms);
            foreach (var (phrase, _) in Segment.PhrasesOf(Segment.Documents[number]))
            {
                Segment.ReadPhrase(phrase, keys);
                Count(keys, Segment.Phrases, _deadPhraseTerms);
            }
        }
    }

    private static void Count(KeyBuffer keys, GramSpace space, int[] counts)
    {
        foreach (var key in keys.Keys.ToArray().Distinct())
            counts[space.Find(key)]++;
    }
}
