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

    private readonly SemaphoreSlim _bell = new(0, 1);
    private readonly QuietHours _quiet = QuietHours.TryParse(options.Value.QuietHours, out var hours) ? hours : QuietHours.None;

    private readonly LanePace _urgent = new(16 * options.Value.Workers, clock);
    private readonly LanePace _bulk = new(16 * options.Value.Workers, clock);

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
    public void Taken(NoticeLane lane)
    {
        if (lane is NoticeLane.Single)
            return;
        Pace(lane).Sent();
        if (IsShort(lane))
            Ring();
    }

    /// <summary>New work, or word about a notice of which this host may hold rows.</summary>
    public void Hear(NoticeHalt? halt)
    {
        if (halt is { NoticeId: NoticeHalt.Everything })
            pause.Open();
        else if (halt is { Stopped: true })
            pause.Pause(halt.NoticeId);
        else if (halt is not null)
            pause.Resume(halt.NoticeId);
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
                GiveBackOld();
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
        if (Room(NoticeLane.Single) is > 0 and var singles)
            taken += Keep(NoticeLane.Single, await queue.ClaimSinglesAsync(singles, timing.Lease, ct));
        if (Room(NoticeLane.Urgent) is > 0 and var repeats)
            taken += Keep(NoticeLane.Urgent, await queue.ClaimRepeatsAsync(repeats, timing.Lease, ct));
        taken += await RefillAsync(NoticeLane.Urgent, quiet: false, ct);
        // Bulk rows behind a line of urgent ones would only grow old, go back and be taken again.
        return IsShort(NoticeLane.Urgent) ? taken + await RefillAsync(NoticeLane.Bulk, _quiet.IsQuiet(clock.GetUtcNow()), ct) : taken;
    }

    private async Task<int> RefillAsync(NoticeLane lane, bool quiet, CancellationToken ct)
    {
        if (!IsShort(lane))
            return 0;
        var pace = Pace(lane);
        pace.Next();
        return Keep(lane, await queue.ClaimAsync(lane, Wanted(pace) - lines.Count(lane), timing.Lease, quiet, ct));
    }

    private bool IsShort(NoticeLane lane) => lines.Count(lane) <= Wanted(Pace(lane)) / 2;

    private LanePace Pace(NoticeLane lane) => lane is NoticeLane.Urgent ? _urgent : _bulk;

    // What is held must be sent within a part of its lease, and other hosts may have a share of the rate.
    private int Most => options.Value.RatePerSecond is > 0 and var rate ? 2 * rate : int.MaxValue;

    private int Wanted(LanePace pace) => Math.Min(pace.Wanted, Most);

    private int Room(NoticeLane lane) => Math.Min(MostFirst, Most) - lines.Count(lane);

    // A rest or a low rate may outlast a lease: what would be too old to send is somebody else's, untried.
    private void GiveBackOld()
    {
        var now = clock.GetUtcNow();
        foreach (var notice in lines.TakeOld(now - timing.SendWithin))
            writer.Add(NoticeVerdict.GiveBack(notice, now));
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
