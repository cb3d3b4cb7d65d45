using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Bot.Data.Notices;

namespace Bot.Host.Delivery.Notices;

/// <summary>What this host has taken and not sent yet: a line for single and urgent notices, and one for bulk, which waits for the first.</summary>
internal sealed class NoticeLines : IDisposable
{
    private readonly ConcurrentQueue<ClaimedNotice> _first = new();
    private readonly ConcurrentQueue<ClaimedNotice> _bulk = new();
    private readonly SemaphoreSlim _count = new(0);

    public int First => _first.Count;

    public int Bulk => _bulk.Count;

    public void Add(NoticeLane lane, IReadOnlyList<ClaimedNotice> rows)
    {
        var line = lane is NoticeLane.Bulk ? _bulk : _first;
        foreach (var row in rows)
            line.Enqueue(row);
        if (rows.Count > 0)
            _count.Release(rows.Count);
    }

    /// <summary>Returns when there is one for the caller; which one is decided only by <see cref="TryTake"/>.</summary>
    public Task WaitAsync(CancellationToken ct) => _count.WaitAsync(ct);

    public void Dispose() => _count.Dispose();

    public bool TryTake([MaybeNullWhen(false)] out ClaimedNotice row) => _first.TryDequeue(out row) || _bulk.TryDequeue(out row);
}
