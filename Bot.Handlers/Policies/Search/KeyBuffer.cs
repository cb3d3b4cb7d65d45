namespace Bot.Handlers.Policies.Search;

/// <summary>A list of grams that is filled again and again.</summary>
internal sealed class KeyBuffer
{
    private uint[] _keys = new uint[1024];

    public int Count { get; private set; }

    public ReadOnlySpan<uint> Keys => _keys.AsSpan(0, Count);

    public void Add(uint key)
    {
        if (Count == _keys.Length)
            Array.Resize(ref _keys, _keys.Length * 2);
        _keys[Count++] = key;
    }

    public void Clear() => Count = 0;
}
