using System.Collections.Concurrent;

namespace Bot.Data.ApiKeys;

/// <summary>The calls to this process alone: demo mode, and while Redis is away.</summary>
/// <remarks>Kept for each caller as long as the process runs; callers have a key each, so they are few.</remarks>
internal sealed class LocalCallLimit(TimeProvider clock) : ICallLimit
{
    private readonly ConcurrentDictionary<string, Window> _windows = new(StringComparer.Ordinal);

    public ValueTask<TimeSpan> CountAsync(string caller, int most, TimeSpan window) =>
        new(_windows.GetOrAdd(caller, _ => new()).Count(clock.GetElapsedTime(0), most, window));

    private sealed class Window
    {
        private readonly Lock _gate = new();
        private TimeSpan _end;
        private int _calls;

        public TimeSpan Count(TimeSpan now, int most, TimeSpan length)
        {
            lock (_gate)
            {
                if (now >= _end)
                    (_end, _calls) = (now + length, 0);
                if (_calls >= most)
                    return _end - now;
                _calls++;
                return TimeSpan.Zero;
            }
        }
    }
}
