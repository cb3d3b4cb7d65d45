using System.Collections.Concurrent;

namespace Bot.Handlers.Policies;

/// <summary>Counts readings behind the messages' way; somebody takes the counts now and then.</summary>
public sealed class ReadingLog
{
    private ConcurrentDictionary<string, int> _counts = new();

    public void Note(string id) => _counts.AddOrUpdate(id, 1, (_, n) => n + 1);

    /// <summary>The counts since the last time.</summary>
    public IReadOnlyDictionary<string, int> Take() => Interlocked.Exchange(ref _counts, new());

    /// <summary>Puts back counts that could not be kept.</summary>
    public void Return(IReadOnlyDictionary<string, int> counts)
    {
        foreach (var (id, count) in counts)
            _counts.AddOrUpdate(id, count, (_, n) => n + count);
    }
}
