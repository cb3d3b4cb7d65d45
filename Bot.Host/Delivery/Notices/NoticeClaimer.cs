using Bot.Data.Notices;
using Bot.Handlers.Notices;
using Bot.Host.Settings;
using Microsoft.Extensions.Options;

namespace Bot.Host.Delivery.Notices;

/// <summary>Takes work from the queue: single notices whenever there are any, others as fast as this host sends them.</summary>
internal sealed class NoticeClaimer(
    INoticeQueue queue, NoticeLines lines, ResultWriter writer, SendPause pause, NoticeTiming timing, IOptions<NoticesOptions> options, TimeProvider clock)
    : IDisposable
{
    private const int MostFirst = 200;
    private const int MostBulk = 4_000;

    private readonly SemaphoreSlim _bell = new(0, 1);
    private readonly QuietHours _quiet = QuietHours.TryParse(options.Value.QuietHours, out var hours) ? hours : QuietHours.None;
    private int _wanted = 4 * options.Value.Workers;
    private long _lastClaim = clock.GetTimestamp();

    public void Ring()
    {
        if (_bell.CurrentCount == 0)
        {
            try
            {
                _bell.Release();
            }
            catch (SemaphoreFullException)
            {
                // Somebody else rang at the same moment.
            }
        }
    }

    /// <summary>A sender took one: when the line has become short, it is time for more.</summary>
    public void Taken()
    {
        if (lines.Bulk <= Volatile.Read(ref _wanted) / 2)
            Ring();
    }

    public void Dispose() => _bell.Dispose();

    /// <summary>Claims until cancelled.</summary>
    public async Task RunAsync(Action<Exception> failed, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var taken = 0;
            try
            {
                // Never cancelled: a claim may be made although its answer is not waited for, and nobody would give it back.
                taken = pause.IsClosed ? 0 : await ClaimAsync(CancellationToken.None);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                failed(e);
            }

            if (taken == 0)
                await WaitAsync(ct);
        }
    }

    private async Task<int> ClaimAsync(CancellationToken ct)
    {
        var taken = 0;
        if (MostFirst - lines.First is > 0 and var room)
        {
            taken += Keep(NoticeLane.Single, await queue.ClaimSinglesAsync(room, timing.Lease, ct));
            if (MostFirst - lines.First is > 0 and var left)
                taken += Keep(NoticeLane.Urgent, await queue.ClaimAsync(NoticeLane.Urgent, left, timing.Lease, quiet: false, ct));
        }

        if (lines.Bulk <= _wanted / 2)
        {
            Pace();
            taken += Keep(
                NoticeLane.Bulk, await queue.ClaimAsync(NoticeLane.Bulk, _wanted - lines.Bulk, timing.Lease, _quiet.IsQuiet(clock.GetUtcNow()), ct));
        }

        return taken;
    }

    // About a second's work: enough that senders never wait for the database, little enough that a dead host delays little.
    private void Pace()
    {
        var seconds = Math.Max(0.02, clock.GetElapsedTime(_lastClaim).TotalSeconds);
        _lastClaim = clock.GetTimestamp();
        var sent = _wanted - lines.Bulk;
        Volatile.Write(ref _wanted, Math.Clamp((int)(sent / seconds), 4 * options.Value.Workers, MostBulk));
    }

    private int Keep(NoticeLane lane, Claim claim)
    {
        if (claim.Lease is null)
            return 0;
        writer.Expect(claim);
        lines.Add(lane, claim.Rows);
        return claim.Rows.Count;
    }

    private async Task WaitAsync(CancellationToken ct)
    {
        using var poll = new CancellationTokenSource(timing.Poll, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, poll.Token);
        await _bell.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
