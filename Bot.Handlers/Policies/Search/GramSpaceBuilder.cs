namespace Bot.Handlers.Policies.Search;

/// <summary>Collects the grams of units, one unit after the other, and freezes them into a <see cref="GramSpace"/>.</summary>
internal sealed class GramSpaceBuilder
{
    private const int ChunkBits = 18;
    private const uint MaxCount = 255;

    private uint[] _table = new uint[1 << 10];
    private int[] _terms = new int[1 << 10];
    private int _termCount;
    private int[] _frequency = new int[512];
    private int[] _lastUnit = new int[512];
    private int[] _lastEntry = new int[512];

    // Term and count of every unit in turn, packed; chunks, because one array would be copied as it grows.
    private readonly List<uint[]> _chunks = [];
    private int _entries;
    private readonly List<int> _unitEnds = [];
    private readonly List<ushort>[] _lengths = [.. Enumerable.Range(0, Grams.Channels).Select(_ => new List<ushort>())];
    private readonly int[] _unitLengths = new int[Grams.Channels];

    public void Add(ReadOnlySpan<uint> keys)
    {
        var unit = _unitEnds.Count;
        if (unit >= GramSpace.MaxUnits)
            throw new InvalidOperationException("More units than a posting can number.");
        Array.Clear(_unitLengths);
        foreach (var key in keys)
        {
            _unitLengths[(int)Grams.ChannelOf(key)]++;
            var term = Intern(key);
            if (_lastUnit[term] == unit + 1)
            {
                ref var entry = ref Entry(_lastEntry[term]);
                if ((entry & 0xff) < MaxCount)
                    entry++;
                continue;
            }

            _lastUnit[term] = unit + 1;
            _lastEntry[term] = _entries;
            _frequency[term]++;
            if (_entries >> ChunkBits == _chunks.Count)
                _chunks.Add(new uint[1 << ChunkBits]);
            Entry(_entries++) = ((uint)term << 8) | 1;
        }

        _unitEnds.Add(_entries);
        for (var channel = 0; channel < Grams.Channels; channel++)
            _lengths[channel].Add((ushort)Math.Min(_unitLengths[channel], ushort.MaxValue));
    }

    public GramSpace Freeze()
    {
        var starts = new int[_termCount + 1];
        for (var term = 0; term < _termCount; term++)
            starts[term + 1] = starts[term] + _frequency[term];
        var next = starts.AsSpan(0, _termCount).ToArray();
        var postings = new uint[_entries];
        for (var (unit, at) = (0, 0); unit < _unitEnds.Count; unit++)
        {
            for (; at < _unitEnds[unit]; at++)
            {
                var entry = Entry(at);
                postings[next[entry >> 8]++] = ((uint)unit << 8) | (entry & 0xff);
            }
        }

        var table = new GramSpace.Term[_table.Length];
        for (var slot = 0; slot < table.Length; slot++)
        {
            if (_table[slot] != 0)
                table[slot] = new(_table[slot], starts[_terms[slot]], _frequency[_terms[slot]]);
        }

        return new(table, postings, [.. _lengths.Select(l => l.ToArray())]);
    }

    private ref uint Entry(int index) => ref _chunks[index >> ChunkBits][index & ((1 << ChunkBits) - 1)];

    private int Intern(uint key)
    {
        var mask = _table.Length - 1;
        var slot = GramSpace.Slot(key, mask);
        for (; _table[slot] != 0; slot = (slot + 1) & mask)
        {
            if (_table[slot] == key)
                return _terms[slot];
        }

        if (_termCount * 2 >= _table.Length)
        {
            Grow();
            return Intern(key);
        }

        if (_termCount == _frequency.Length)
        {
            Array.Resize(ref _frequency, _termCount * 2);
            Array.Resize(ref _lastUnit, _termCount * 2);
            Array.Resize(ref _lastEntry, _termCount * 2);
        }

        (_table[slot], _terms[slot]) = (key, _termCount);
        return _termCount++;
    }

    private void Grow()
    {
        var (table, terms) = (_table, _terms);
        _table = new uint[table.Length * 2];
        _terms = new int[_table.Length];
        var mask = _table.Length - 1;
        for (var i = 0; i < table.Length; i++)
        {
            if (table[i] == 0)
                continue;
            var slot = GramSpace.Slot(table[i], mask);
            while (_table[slot] != 0)
                slot = (slot + 1) & mask;
            (_table[slot], _terms[slot]) = (table[i], terms[i]);
        }
    }
}
