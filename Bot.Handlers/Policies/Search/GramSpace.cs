namespace Bot.Handlers.Policies.Search;

/// <summary>An inverted index from grams to numbered units (documents, or phrases of documents). Immutable.</summary>
/// <remarks>
/// The table is open-addressing with linear probing, and a slot has all that is to know of its gram: a look is one step into memory. A posting is
/// the unit in 24 bits and its count, at most 255, in 8.
/// </remarks>
internal sealed class GramSpace(GramSpace.Term[] table, uint[] postings, ushort[][] lengths)
{
    public const int MaxUnits = 1 << 24;

    /// <summary>How many grams of a channel each unit has.</summary>
    public ushort[][] Lengths => lengths;

    public int Units => lengths[0].Length;

    /// <summary>Terms are numbered below this; most numbers are of no term.</summary>
    public int MaxTerms => table.Length;

    /// <summary>The term's number, or -1.</summary>
    public int Find(uint key)
    {
        var mask = table.Length - 1;
        for (var slot = Slot(key, mask); ; slot = (slot + 1) & mask)
        {
            if (table[slot].Key == key)
                return slot;
            if (table[slot].Key == 0)
                return -1;
        }
    }

    /// <summary>How many units have the term.</summary>
    public int Frequency(int term) => table[term].Frequency;

    public ReadOnlySpan<uint> Postings(int term) => postings.AsSpan(table[term].Start, table[term].Frequency);

    /// <summary>Adds the BM25 part of one term to every unit that has it.</summary>
    /// <param name="norms">k1 × (1 - b + b × length ÷ mean length) of each unit.</param>
    public void Score(int term, float weight, ReadOnlySpan<float> norms, Span<float> scores)
    {
        foreach (var posting in Postings(term))
        {
            var unit = (int)(posting >> 8);
            float count = posting & 0xff;
            scores[unit] += weight * count / (count + norms[unit]);
        }
    }

    /// <summary>Whether a unit has the term: a binary search, as postings ascend.</summary>
    public bool Has(int term, int unit)
    {
        var list = Postings(term);
        var (low, high) = (0, list.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            var found = (int)(list[middle] >> 8);
            if (found == unit)
                return true;
            if (found < unit)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return false;
    }

    /// <param name="Key">The gram; 0 in a free slot.</param>
    /// <param name="Start">Where its postings begin.</param>
    /// <param name="Frequency">How many units have it.</param>
    internal readonly record struct Term(uint Key, int Start, int Frequency);

    internal static int Slot(uint key, int mask) => (int)((key * 0x9E3779B1u) >> 7) & mask;
}
