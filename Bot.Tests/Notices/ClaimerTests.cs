using Bot.Data.Notices;
using Bot.Host.Delivery.Notices;
using Bot.Host.Settings;
using Bot.WeChat;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Bot.Tests.Notices;

/// <summary>How much of which lane a host takes, from a queue that always has more.</summary>
public sealed class ClaimerTests
{
    private readonly FakeTimeProvider _clock = new();
    private NoticesOptions _options = null!;
    private CancellationTokenSource _stop = null!;
    private EndlessQueue _queue = null!;
    private NoticeLines _lines = null!;
    private NoticeClaimer _claimer = null!;
    private Task _running = null!;

    [SetUp]
    public void Begin()
    {
        (_queue, _lines, _stop) = (new(_clock), new(), new());
        _options = new() { RatePerSecond = 10, QuietHours = "" };
        NoticeTiming timing = new();
        var writer = new ResultWriter(_queue, timing, _clock, NullLogger<ResultWriter>.Instance);
        _claimer = new(_queue, _lines, writer, new(_clock), timing, Options.Create(_options), _clock);
    }

    [TearDown]
    public async Task End()
    {
        await _stop.CancelAsync();
        await _running;
        _claimer.Dispose();
        _lines.Dispose();
        _stop.Dispose();
    }

    [Test]
    public async Task A_rate_that_is_raised_while_the_host_runs_raises_what_it_holds()
    {
        _queue.Has.Add(NoticeLane.Bulk);
        Run();
        await EventuallyAsync(() => _queue.Given == 20);

        _options.RatePerSecond = 100;
        _claimer.Ring();

        await EventuallyAsync(() =>
        {
            Send();
            return _queue.Given >= 200;
        });
    }

    [Test]
    public async Task Bulk_ones_are_left_alone_while_there_is_a_line_of_urgent_ones()
    {
        _queue.Has.UnionWith([NoticeLane.Urgent, NoticeLane.Bulk]);
        Run();
        await EventuallyAsync(() => _lines.Count(SendLine.Urgent) > 0);

        for (var sent = 0; sent < 100; sent++)
        {
            await EventuallyAsync(() => _lines.Count(SendLine.Urgent) > 0);
            Send();
        }

        Assert.That(_lines.Count(SendLine.Bulk), Is.Zero);
        _queue.Repeats = 1;
        _claimer.Ring();
        await EventuallyAsync(() => _lines.Count(SendLine.Repeat) == 1);
        Assert.That((_lines.TryTake(out _, out var first), first), Is.EqualTo((true, SendLine.Repeat)), "what runs out of time goes before them");
        _queue.Has.Remove(NoticeLane.Urgent);
        await EventuallyAsync(() =>
        {
            Send();
            return _lines.Count(SendLine.Bulk) > 0;
        });
    }

    private void Run() => _running = Task.Run(() => _claimer.RunAsync(e => Assert.Fail(e.Message), _stop.Token));

    private void Send()
    {
        if (_lines.TryTake(out _, out var line))
            _claimer.Taken(line);
    }

    private static async Task EventuallyAsync(Func<bool> isSo)
    {
        for (var look = 0; !isSo(); look++)
        {
            Assert.That(look, Is.LessThan(2_000), "it did not come about");
            await Task.Delay(10);
        }
    }

    private sealed class EndlessQueue(TimeProvider clock) : INoticeQueue
    {
        private int _row;

        public HashSet<NoticeLane> Has { get; } = [];

        /// <summary>Rows in all.</summary>
        public int Given => _row;

        public int Repeats { get; set; }

        public Task<Claim> ClaimAsync(NoticeLane lane, int limit, TimeSpan lease, bool quiet, CancellationToken ct) =>
            Task.FromResult(Has.Contains(lane) ? Give(lane, limit, lease) with { Fresh = true } : Claim.Nothing);

        public Task<Claim> ClaimRepeatsAsync(int limit, TimeSpan lease, CancellationToken ct)
        {
            var repeats = Repeats;
            Repeats = 0;
            return Task.FromResult(repeats > 0 ? Give(NoticeLane.Bulk, repeats, lease) : Claim.Nothing);
        }

        public Task<IReadOnlyCollection<ClaimedNotice>> BeginAsync(IReadOnlyCollection<ClaimedNotice> rows, CancellationToken ct) => Task.FromResult(rows);

        private Claim Give(NoticeLane lane, int limit, TimeSpan lease)
        {
            var now = clock.GetUtcNow();
            NoticeHead notice = new((long)lane, "N", "TEMPLATE", "", Simulated: false, now);
            return new(_row, now + lease,
                [.. Enumerable.Range(0, limit).Select(_ => new ClaimedNotice(
                    notice, ++_row, 1, new OpenId("o"), new Dictionary<string, string>(), Single: false, now, UncertainSince: null, Attempt: 1, Skip: null))]);
        }

        public Task<Claim> ClaimSinglesAsync(int limit, TimeSpan lease, CancellationToken ct) => Task.FromResult(Claim.Nothing);

        public Task RecordAsync(IReadOnlyCollection<SendResult> results, IReadOnlyCollection<long> endedLeases, CancellationToken ct) => throw new NotSupportedException();

        public Task SweepAsync(CancellationToken ct, bool quiet) => throw new NotSupportedException();

        public Task CloseGateAsync(DateTimeOffset until, int? code, string? words, CancellationToken ct) => throw new NotSupportedException();

        public Task OpenGateAsync(string by, CancellationToken ct) => throw new NotSupportedException();

        public Task<ClosedGate?> GateAsync(CancellationToken ct) => throw new NotSupportedException();

        public Task PauseAsync(long noticeId, int code, string reason, CancellationToken ct) => throw new NotSupportedException();

        public Task ListenAsync(Action<NoticeHalt?> heard, CancellationToken ct) => throw new NotSupportedException();
    }
}
