using Bot.Data.Notices;
using Bot.Handlers.Notices;

namespace Bot.Host.Delivery.Notices;

/// <summary>
/// Fresh rows of one lane that this host took and did not begin. They are begun a little at a time, in the database first: when a host dies, only what it had
/// begun may have been sent, and the rest is as if never taken. Used by the claimer alone.
/// </summary>
internal sealed class HeldNotices(INoticeQueue queue, ResultWriter writer, TimeProvider clock)
{
    private readonly Queue<ClaimedNotice> _rows = [];

    public int Count => _rows.Count;

    public void Add(IEnumerable<ClaimedNotice> rows)
    {
        foreach (var row in rows)
            _rows.Enqueue(row);
    }

    /// <returns>Those that may be sent now.</returns>
    public async Task<IReadOnlyCollection<ClaimedNotice>> BeginAsync(int most, CancellationToken ct)
    {
        var some = _rows.Take(most).ToArray();
        if (some.Length == 0)
            return [];
        var begun = await queue.BeginAsync(some, ct);
        // Not before: when the database was away they are begun the next time.
        for (var i = 0; i < some.Length; i++)
            _rows.Dequeue();
        if (begun.Count == some.Length)
            return some;
        var lost = some.Except(begun).ToArray();
        GiveBack(lost);
        return begun;
    }

    public void GiveBackOld(DateTimeOffset claimedBefore)
    {
        while (_rows.TryPeek(out var first) && first.ClaimedAt <= claimedBefore)
            GiveBack(_rows.Dequeue());
    }

    public void GiveBackAll()
    {
        while (_rows.TryDequeue(out var row))
            GiveBack(row);
    }

    private void GiveBack(params IEnumerable<ClaimedNotice> rows)
    {
        foreach (var row in rows)
            writer.Add(NoticeVerdict.GiveBack(row, clock.GetUtcNow()));
    }
}
