using System.Diagnostics.CodeAnalysis;
using Bot.Data.Notices;

namespace Bot.Host.Delivery.Notices;

/// <summary>What this host has taken and not sent yet: a line for each lane. Single notices go first, then urgent ones, then bulk.</summary>
internal sealed class NoticeLines : IDisposable
{
    private readonly Queue<ClaimedNotice>[] _lines = [new(), new(), new()];
    private readonly SemaphoreSlim _count = new(0);
    private readonly Lock _gate = new();

    public int Count(NoticeLane lane)
    {
        lock (_gate)
            return Line(lane).Count;
    }

    public void Add(NoticeLane lane, IReadOnlyList<ClaimedNotice> rows)
    {
        if (rows.Count == 0)
            return;
        lock (_gate)
        {
            foreach (var row in rows)
                Line(lane).Enqueue(row);
        }

        _count.Release(rows.Count);
    }

    /// <summary>Returns when there is one for the caller, as far as is known; only <see cref="TryTake"/> decides it, and which.</summary>
    public Task WaitAsync(CancellationToken ct) => _count.WaitAsync(ct);

    public bool TryTake([MaybeNullWhen(false)] out ClaimedNotice row, out NoticeLane lane)
    {
        lock (_gate)
        {
            for (var i = 0; i < _lines.Length; i++)
            {
                lane = (NoticeLane)i;
                if (Line(lane).TryDequeue(out row))
                    return true;
            }
        }

        (row, lane) = (null, default);
        return false;
    }

    /// <summary>Takes those that have waited too long to be sent by this host.</summary>
    public List<ClaimedNotice> TakeOld(DateTimeOffset claimedBefore)
    {
        List<ClaimedNotice> old = [];
        lock (_gate)
        {
            foreach (var line in _lines)
            {
                while (line.TryPeek(out var first) && first.ClaimedAt <= claimedBefore)
                    old.Add(line.Dequeue());
            }
        }

        return old;
    }

    public void Dispose() => _count.Dispose();

    private Queue<ClaimedNotice> Line(NoticeLane lane) => _lines[(int)lane];
}
