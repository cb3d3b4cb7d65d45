namespace Bot.Handlers.Policies.Search;

/// <summary>A set of grams with weights: an open-addressing table that is cleared in one step and keeps the order of arrival.</summary>
internal sealed class WeightedKeys
{
    private const int Slots = 1 << 13;
    public const int Capacity = Slots / 2;

    private readonly int[] _slots = new int[Slots];
    private readonly uint[] _keys = new uint[Capacity];
    private readonly float[] _weights = new float[Capacity];

    public int Count { get; private set; }

    public ReadOnlySpan<uint> Keys => _keys.AsSpan(0, Count);

    public ReadOnlySpan<float> Weights => _weights.AsSpan(0, Count);

    public void Clear()
    {
        for (; Count > 0; Count--)
            _slots[SlotOf(_keys[Count - 1])] = 0;   // last come, first gone: so no chain of probes is cut
    }

    /// <summary>A gram asked twice counts once, as it came first. Beyond the capacity grams are ignored.</summary>
    public void Add(uint key, float weight)
    {
        var slot = SlotOf(key);
        if (_slots[slot] != 0 || Count == Capacity)
            return;
        (_keys[Count], _weights[Count]) = (key, weight);
        _slots[slot] = ++Count;
    }

    private int SlotOf(uint key)
    {
        var slot = GramSpace.Slot(key, Slots - 1);
        while (_slots[slot] != 0 && _keys[_slots[slot] - 1] != key)
            slot = (slot + 1) & (Slots - 1);
        return slot;
    }
}
