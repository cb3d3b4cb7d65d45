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
    private const int LeastUnlimited = 256;

    // Looking for what is mostly not there costs the database as much as a claim; a bell that rang for it is heard at once.
    private static readonly TimeSpan s_glance = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim _bell = new(0, 1);
    private readonly QuietHours _quiet = QuietHours.TryParse(options.Value.QuietHours, out var hours) ? hours : QuietHours.None;

    private readonly LanePace _urgent = new(16 * options.Value.Workers, clock);
    private readonly LanePace _bulk = new(16 * options.Value.Workers, clock);
    private readonly HeldNotices _heldUrgent = new(queue, writer, clock);
    private readonly HeldNotices _heldBulk = new(queue, writer, clock);

    private int _news = 1;
    private long _looked;

    /// <summary>There may be something new to take.</summary>
    public void Ring()
    {
        Volatile.Write(ref _news, 1);
        Wake();
    }

    private void Wake()
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
    public void Taken(SendLine line)
    {
        if (line is SendLine.Urgent or SendLine.Bulk)
        {
            Pace(line).Sent();
            if (IsShort(line))
                Wake();
        }
        else if (lines.Count(line) == Math.Min(MostFirst, Most) / 2)
        {
            Ring();
        }
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
            var more = false;
            try
            {
                GiveBackOld();
                // Never cancelled: a claim may be made although its answer is not waited for, and nobody would give it back.
                more = await ClaimAsync(CancellationToken.None);
            }
            catch (Exception e)
            {
                failed(e);
            }

            // While the account has to wait only tests are claimed; what else came back must not be taken in circles.
            if (!more || pause.IsClosed)
                await WaitAsync(ct);
        }

        _heldUrgent.GiveBackAll();
        _heldBulk.GiveBackAll();
    }

    /// <returns>Whether there may be more to take at once.</returns>
    private async Task<bool> ClaimAsync(CancellationToken ct)
    {
        var (more, looks) = (false, Looks());
        if (looks)
        {
            if (Room(SendLine.Single) is > 0 and var singles)
                more |= Keep(SendLine.Single, await queue.ClaimSinglesAsync(singles, timing.Lease, ct)) == singles;
            if (Room(SendLine.Repeat) is > 0 and var repeats)
                more |= Keep(SendLine.Repeat, await queue.ClaimRepeatsAsync(repeats, timing.Lease, ct)) == repeats;
            if (more)
                Volatile.Write(ref _news, 1);
        }

        if (looks || _urgent.Flows)
            more |= await RefillAsync(SendLine.Urgent, quiet: false, ct);
        // Bulk rows behind a line of urgent ones would only grow old, go back and be taken again.
        return IsShort(SendLine.Urgent) ? more | await RefillAsync(SendLine.Bulk, _quiet.IsQuiet(clock.GetUtcNow()), ct) : more;
    }

    private bool Looks()
    {
        if (Interlocked.Exchange(ref _news, 0) == 0 && clock.GetElapsedTime(_looked) < s_glance)
            return false;
        _looked = clock.GetTimestamp();
        return true;
    }

    private async Task<bool> RefillAsync(SendLine line, bool quiet, CancellationToken ct)
    {
        if (!IsShort(line))
            return false;
        var (pace, held, taken) = (Pace(line), Held(line), 0);
        // First what is at hand, so that senders do not wait for the claim.
        lines.Add(line, await held.BeginAsync(AtOnce(pace), ct));
        if (held.Count <= Wanted(pace) / 2)
        {
            pace.Next();
            taken = Keep(line, await queue.ClaimAsync(line is SendLine.Urgent ? NoticeLane.Urgent : NoticeLane.Bulk, Wanted(pace) - held.Count, timing.Lease, quiet, ct));
            if (IsShort(line))
                lines.Add(line, await held.BeginAsync(AtOnce(pace), ct));
        }

        return taken > 0 && IsShort(line);
    }

    private LanePace Pace(SendLine line) => line is SendLine.Urgent ? _urgent : _bulk;

    private HeldNotices Held(SendLine line) => line is SendLine.Urgent ? _heldUrgent : _heldBulk;

    private bool IsShort(SendLine line) => lines.Count(line) <= AtOnce(Pace(line)) / 2;

    // What is held must be sent within a part of its lease, and other hosts may have a share of the rate.
    private int Most => options.Value.RatePerSecond is > 0 and var rate ? 2 * rate : int.MaxValue;

    private int Wanted(LanePace pace) => Math.Min(pace.Wanted, Most);

    // Begun at once. Little, since what a dead host had begun can be repeated for some minutes only; but senders never wait for the database.
    private int AtOnce(LanePace pace) => options.Value.RatePerSecond > 0 ? Math.Max(1, Wanted(pace) / 8) : Math.Max(LeastUnlimited, Wanted(pace) / 4);

    private int Room(SendLine line) => Math.Min(MostFirst, Most) - lines.Count(line);

    // A rest or a low rate may outlast a lease: what would be too old to send is somebody else's, untried.
    private void GiveBackOld()
    {
        var now = clock.GetUtcNow();
        foreach (var notice in lines.TakeOld(now - timing.SendWithin))
            writer.Add(NoticeVerdict.GiveBack(notice, now));
        _heldUrgent.GiveBackOld(now - timing.SendWithin);
        _heldBulk.GiveBackOld(now - timing.SendWithin);
    }

    private int Keep(SendLine line, Claim claim)
    {
        if (claim.Lease is null)
            return 0;
        writer.Expect(claim);
        // What only pretends needs no turn, and takes nothing of the rate that others share.
        foreach (var pretended in claim.Rows.Where(r => r.Notice.Simulated))
            writer.Add(NoticeVerdict.Pretend(pretended).Result);
        var real = claim.Rows.Any(r => r.Notice.Simulated) ? [.. claim.Rows.Where(r => !r.Notice.Simulated)] : claim.Rows;
        if (claim.Fresh)
            Held(line).Add(real);
        else
            lines.Add(line, real);
        return claim.Rows.Count;
    }

    private async Task WaitAsync(CancellationToken ct)
    {
        using var poll = new CancellationTokenSource(timing.Poll, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, poll.Token);
        await _bell.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
