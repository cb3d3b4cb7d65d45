using System.Diagnostics.CodeAnalysis;
using Bot.Data.Notices;

namespace Bot.Host.Delivery.Notices;

/// <summary>In the order in which they are sent.</summary>
internal enum SendLine
{
    Single,

    /// <summary>What may have been sent already: the time in which WeChat drops doubles runs out.</summary>
    Repeat,
    Urgent,
    Bulk,
}

/// <summary>What this host has taken and begun and not sent yet.</summary>
internal sealed class NoticeLines : IDisposable
{
    private readonly Queue<ClaimedNotice>[] _lines = [new(), new(), new(), new()];
    private readonly SemaphoreSlim _count = new(0);
    private readonly Lock _gate = new();

    public int Count(SendLine line)
    {
        lock (_gate)
            return Line(line).Count;
    }

    public void Add(SendLine line, IReadOnlyCollection<ClaimedNotice> rows)
    {
        if (rows.Count == 0)
            return;
        lock (_gate)
        {
            foreach (var row in rows)
                Line(line).Enqueue(row);
        }

        _count.Release(rows.Count);
    }

    /// <summary>Returns when there is one for the caller, as far as is known; only <see cref="TryTake"/> decides it, and which.</summary>
    public Task WaitAsync(CancellationToken ct) => _count.WaitAsync(ct);

    public bool TryTake([MaybeNullWhen(false)] out ClaimedNotice row, out SendLine line)
    {
        lock (_gate)
        {
            for (var i = 0; i < _lines.Length; i++)
            {
                line = (SendLine)i;
                if (Line(line).TryDequeue(out row))
                    return true;
            }
        }

        (row, line) = (null, default);
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

    private Queue<ClaimedNotice> Line(SendLine line) => _lines[(int)line];
}
