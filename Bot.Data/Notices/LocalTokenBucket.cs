using System.Collections.Concurrent;

namespace Bot.Data.Notices;

/// <summary>The rate of this process alone: demo mode, and while Redis is away.</summary>
internal sealed class LocalTokenBucket(TimeProvider clock) : ITokenBucket
{
    private readonly ConcurrentDictionary<string, Line> _lines = new(StringComparer.Ordinal);

    public ValueTask<TimeSpan> ReserveAsync(string name, int count, int perSecond) =>
        new(_lines.GetOrAdd(name, _ => new()).Reserve(clock.GetElapsedTime(0).Ticks, count, perSecond));

    private sealed class Line
    {
        private readonly Lock _gate = new();
        private long _free;

        // The time at which the next send is free moves on by what is reserved; a quiet time is not saved up.
        public TimeSpan Reserve(long now, int count, int perSecond)
        {
            lock (_gate)
            {
                var at = Math.Max(_free, now);
                _free = at + TimeSpan.TicksPerSecond * count / perSecond;
                return TimeSpan.FromTicks(at - now);
            }
        }
    }
}
