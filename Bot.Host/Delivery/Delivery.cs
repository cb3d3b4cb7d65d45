using Bot.WeChat;

namespace Bot.Host.Delivery;

/// <summary>One callback on its way: decides, once, whether the answer goes out with it or after it.</summary>
/// <param name="lease">Names this attempt at the citizen's turn.</param>
/// <param name="arrivedAt">A timestamp of <see cref="TimeProvider.GetTimestamp"/>.</param>
internal sealed class Delivery(Inbound message, DataFormat format, string lease, long arrivedAt)
{
    // The answer's first reader is the callback, which only writes it out: it may go on in the worker's place.
    private readonly TaskCompletionSource<ReadOnlyMemory<byte>> _closed = new();
    private int _decided;
    private int _holdsTurn;

    public Inbound Message => message;

    public DataFormat Format => format;

    public string Lease => lease;

    public long ArrivedAt => arrivedAt;

    /// <summary>What the callback is closed with.</summary>
    public Task<ReadOnlyMemory<byte>> Closed => _closed.Task;

    /// <summary>True when the callback was closed without its answer.</summary>
    public bool IsAcknowledged => Volatile.Read(ref _decided) == 1;

    /// <summary>True while this attempt has the citizen's turn, so that somebody has to renew it.</summary>
    public bool HoldsTurn
    {
        get => Volatile.Read(ref _holdsTurn) == 1;
        set => Volatile.Write(ref _holdsTurn, value ? 1 : 0);
    }

    /// <summary>Its neighbours in <see cref="TurnKeeper"/>, oldest first.</summary>
    public Delivery? Older { get; set; }

    public Delivery? Newer { get; set; }

    /// <summary>Closes the callback without its answer; false when the answer came first.</summary>
    public bool TryAcknowledge(ReadOnlyMemory<byte> success) => TryClose(1, success);

    /// <summary>Closes the callback with its answer; false when it was acknowledged, so that the answer must follow by itself.</summary>
    public bool TryAnswer(ReadOnlyMemory<byte> reply) => TryClose(2, reply);

    private bool TryClose(int how, ReadOnlyMemory<byte> reply)
    {
        if (Interlocked.CompareExchange(ref _decided, how, 0) != 0)
            return false;
        _closed.SetResult(reply);
        return true;
    }
}
