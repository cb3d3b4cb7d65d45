using Bot.WeChat;

namespace Bot.Host.Delivery;

/// <summary>One callback on its way: decides, once, whether the answer goes out with it or after it.</summary>
internal sealed class Delivery(Inbound message, DataFormat format, long arrivedAt)
{
    private int _decided;

    public Inbound Message => message;

    public DataFormat Format => format;

    /// <summary>A timestamp of <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public long ArrivedAt => arrivedAt;

    /// <summary>True when the callback was closed without its answer.</summary>
    public bool IsAcknowledged => Volatile.Read(ref _decided) == 1;

    /// <summary>Closes the callback without its answer; false when the answer is ready after all.</summary>
    public bool TryAcknowledge() => Interlocked.CompareExchange(ref _decided, 1, 0) == 0;

    /// <summary>Claims the callback for the answer; false when it was closed, so that the answer must follow by itself.</summary>
    public bool TryAnswer() => Interlocked.CompareExchange(ref _decided, 2, 0) == 0;
}
