namespace Bot.Simulator.World;

/// <summary>Client ids of the last ten minutes: the same one to the same citizen sends once. Under <see cref="Citizens.Gate"/>.</summary>
internal sealed class RecentSends(VirtualClock clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, (long MsgId, DateTimeOffset At)> _byKey = new(StringComparer.Ordinal);
    private readonly Queue<(string Key, DateTimeOffset At)> _order = new();

    public long? Find(string? key)
    {
        Forget();
        return key is not null && _byKey.TryGetValue(key, out var found) ? found.MsgId : null;
    }

    public void Remember(string? key, long msgId)
    {
        if (key is null)
            return;
        var now = clock.Now;
        _byKey[key] = (msgId, now);
        _order.Enqueue((key, now));
    }

    private void Forget()
    {
        while (_order.TryPeek(out var oldest) && clock.Now - oldest.At >= Kept)
        {
            _order.Dequeue();
            if (_byKey.TryGetValue(oldest.Key, out var known) && known.At == oldest.At)
                _byKey.Remove(oldest.Key);
        }
    }
}
