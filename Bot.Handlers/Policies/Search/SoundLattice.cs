using Bot.Handlers.Language;

namespace Bot.Handlers.Policies.Search;

/// <summary>
/// The syllables that a text may be read as: of Chinese characters and of pinyin, joined or spaced (juzhuzheng, ju zhu zheng, 居zhu证).
/// Joined pinyin can often be split in several ways (fangan: fang an, fan gan): all good ways are kept, what is wrong finds nothing.
/// </summary>
internal sealed class SoundLattice(int capacity)
{
    public const int MaxSyllable = 6;
    private const int Stride = MaxSyllable + 1;
    private const int SyllableCost = 2, JunkCost = 6, Slack = 2;

    private readonly ushort[] _syllables = new ushort[(capacity + 1) * Stride];
    private readonly int[] _before = new int[capacity + 1];
    private readonly int[] _after = new int[capacity + 1];

    public ushort At(int start, int length) => _syllables[start * Stride + length];

    /// <summary>Chinese characters have one syllable of length 1.</summary>
    public void Clear(int length) => Array.Clear(_syllables, 0, (length + 1) * Stride);

    public void AddCharacter(int at, char c) => _syllables[at * Stride + 1] = Pinyin.Syllable(c);

    /// <summary>Reads a run of Latin letters as pinyin.</summary>
    /// <returns>How many letters fit no syllable.</returns>
    public int AddLatin(ReadOnlySpan<char> text, int start, int end)
    {
        _before.AsSpan(start + 1, end - start).Fill(int.MaxValue / 2);
        _before[start] = 0;
        for (var i = start; i < end; i++)
        {
            Lower(_before, i + 1, _before[i] + JunkCost);
            for (var length = 1; length <= Math.Min(MaxSyllable, end - i); length++)
            {
                if (Pinyin.Find(text.Slice(i, length)) is not (var syllable and not Pinyin.None))
                    continue;
                _syllables[i * Stride + length] = syllable;
                Lower(_before, i + length, _before[i] + SyllableCost);
            }
        }

        _after[end] = 0;
        for (var i = end - 1; i >= start; i--)
        {
            _after[i] = _after[i + 1] + JunkCost;
            for (var length = 1; length <= Math.Min(MaxSyllable, end - i); length++)
            {
                if (At(i, length) != Pinyin.None)
                    Lower(_after, i, _after[i + length] + SyllableCost);
            }
        }

        return Prune(start, end);
    }

    public void Forget(int start, int end) => _syllables.AsSpan(start * Stride, (end - start) * Stride).Clear();

    // Drops the syllables that are on no good way, and counts the letters that are on no syllable left.
    private int Prune(int start, int end)
    {
        var (junk, covered) = (0, start);
        for (var i = start; i < end; i++)
        {
            for (var length = 1; length <= Math.Min(MaxSyllable, end - i); length++)
            {
                ref var syllable = ref _syllables[i * Stride + length];
                if (syllable != Pinyin.None && _before[i] + SyllableCost + _after[i + length] > _before[end] + Slack)
                    syllable = Pinyin.None;
                else if (syllable != Pinyin.None)
                    covered = Math.Max(covered, i + length);
            }

            if (covered <= i)
                junk++;
        }

        return junk;
    }

    private static void Lower(int[] costs, int at, int cost) => costs[at] = Math.Min(costs[at], cost);
}
