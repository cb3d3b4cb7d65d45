using System.Buffers;

namespace Bot.WeChat.Api;

/// <summary>Bytes that grow in rented arrays, so that a hundred thousand notices leave little for the collector.</summary>
internal sealed class PooledBytes(int capacity = 1024) : IBufferWriter<byte>, IDisposable
{
    private byte[] _array = ArrayPool<byte>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _array.AsMemory(0, Length);

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _array.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose()
    {
        if (_array.Length > 0)
            ArrayPool<byte>.Shared.Return(_array);
        (_array, Length) = ([], 0);
    }

    private void Reserve(int more)
    {
        if (_array.Length - Length >= more)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(Length + more), _array.Length * 2));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_array);
        _array = larger;
    }
}
