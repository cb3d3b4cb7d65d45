using System.Collections.Concurrent;

namespace Bot.Host.Pages.Console;

/// <summary>What takes long to count, kept for a while. Nobody waits for it to be counted anew: meanwhile the old is shown; but the first.</summary>
/// <param name="time">How old it may get before it is counted anew.</param>
internal sealed class Kept<TKey, TValue>(TimeSpan time, TimeProvider clock)
    where TKey : notnull
{
    // Where nobody looked for this long, the old is too old to be shown.
    private const int TooOld = 5;

    private readonly ConcurrentDictionary<TKey, Entry> _known = new();

    public async Task<TValue> GetAsync(TKey key, Func<Task<TValue>> count)
    {
        var now = clock.GetUtcNow();
        var known = _known.GetValueOrDefault(key);
        if (known is null || now - known.At > time * TooOld || known.Value is { IsCompleted: true, IsCompletedSuccessfully: false })
            return await Begin(key, null, now, count).Value;
        if (now - known.At > time && known.Value.IsCompletedSuccessfully && Interlocked.Exchange(ref known.Renewed, 1) == 0)
            Begin(key, known, now, count);
        return await known.Value;
    }

    // The old stays while the new one is counted, and when that fails.
    private Entry Begin(TKey key, Entry? old, DateTimeOffset now, Func<Task<TValue>> count)
    {
        Entry fresh = new(now, count());
        if (old is null)
            return _known[key] = fresh;
        fresh.Value.ContinueWith(done =>
        {
            if (done.IsCompletedSuccessfully)
                _known[key] = fresh;
            else
                (_, old.Renewed) = (done.Exception, 0);
        }, TaskScheduler.Default);
        return fresh;
    }

    private sealed class Entry(DateTimeOffset at, Task<TValue> value)
    {
        public int Renewed;

        public DateTimeOffset At => at;

        public Task<TValue> Value => value;
    }
}
