namespace Bot.Simulator.World;

/// <summary>Seeded chance: ids, waits and fault rolls. Not for secrets; the pretend platform has none worth guarding.</summary>
internal sealed class Dice(int seed)
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private readonly Random _random = new(seed);
    private readonly Lock _gate = new();
    private long _messageId = 24_876_543_210_000_000;
    private long _jobId = 3_557_254_367_693_750_000;

    public bool Falls(double rate)
    {
        if (rate >= 1)
            return true;
        lock (_gate)
            return _random.NextDouble() < rate;
    }

    public int Between(int low, int high)
    {
        lock (_gate)
            return _random.Next(low, high + 1);
    }

    public TimeSpan Between(TimeSpan low, TimeSpan high)
    {
        lock (_gate)
            return low + (high - low) * _random.NextDouble();
    }

    public string Text(int length)
    {
        lock (_gate)
            return new string(_random.GetItems<char>(Letters, length));
    }

    public byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        lock (_gate)
            _random.NextBytes(bytes);
        return bytes;
    }

    public string Digits(int length) =>
        string.Concat(Enumerable.Range(0, length).Select(i => (char)('0' + Between(i == 0 ? 1 : 0, 9))));

    public string OpenId() => "oSim" + Text(24);

    public long MessageId() => Interlocked.Add(ref _messageId, Between(1, 9));

    public long JobId() => Interlocked.Add(ref _jobId, Between(1, 9));
}
