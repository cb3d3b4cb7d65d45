using System.Collections.Concurrent;
using Bot.Data.Sessions;
using Bot.Host.Delivery;
using Bot.Host.Operation;
using Bot.Host.Settings;
using Bot.Tests.Infrastructure;
using Bot.WeChat;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NUnit.Framework;
using Prometheus;

namespace Bot.Tests.Delivery;

public sealed class TurnKeeperTests
{
    private static readonly TimeSpan s_patient = TimeSpan.FromSeconds(30);

    private readonly OpenId _citizen = new("oKept");

    private WatchedClock _clock = null!;
    private Renewals _renewals = null!;
    private LogLines _log = null!;
    private CollectorRegistry _registry = null!;
    private TurnKeeper _keeper = null!;

    [SetUp]
    public Task Start() => StartAsync(TimeSpan.FromSeconds(4));

    [TearDown]
    public async Task Stop()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _keeper.StopAsync(now.Token);
        _keeper.Dispose();
        _log.Dispose();
    }

    [Test]
    public async Task Closes_whoever_is_still_there_at_the_deadline_in_whatever_order_the_others_left()
    {
        foreach (var order in (int[][])[[], [0], [1], [2], [0, 1], [1, 0], [0, 2], [2, 0], [1, 2], [2, 1], [1, 2, 0]])
        {
            var deliveries = Enumerable.Range(0, 3).Select(_ => Enter()).ToArray();
            foreach (var gone in order)
                _keeper.Leave(deliveries[gone]);
            _clock.Advance(TimeSpan.FromSeconds(4));
            var there = deliveries.Where((_, n) => !order.Contains(n)).ToArray();
            await Task.WhenAll(there.Select(d => d.Closed)).WaitAsync(s_patient);
            Assert.That(there.Select(d => d.IsAcknowledged), Is.All.True);
            Assert.That(order.Select(n => deliveries[n].Closed.IsCompleted), Is.All.False);
            foreach (var delivery in there)
                _keeper.Leave(delivery);
        }
    }

    [TestCase(4000)]
    [TestCase(500)]
    public async Task Closes_nobody_before_the_deadline_and_counts_who_was_late(int milliseconds)
    {
        await Stop();
        await StartAsync(TimeSpan.FromMilliseconds(milliseconds));
        var first = Enter();
        _clock.Advance(TimeSpan.FromMilliseconds(25));
        var second = Enter();
        _clock.Advance(TimeSpan.FromMilliseconds(milliseconds - 25));

        Assert.That((await first.Closed.WaitAsync(s_patient)).ToArray(), Is.EqualTo("success"u8.ToArray()));
        Assert.That(second.Closed.IsCompleted, Is.False);
        Assert.That(first.TryAnswer("too late"u8.ToArray()), Is.False);
        Assert.That((second.TryAnswer("in time"u8.ToArray()), second.TryAcknowledge(default), second.IsAcknowledged), Is.EqualTo((true, false, false)));
        await Eventually.IsTrueAsync(async () =>
        {
            using var scraped = new MemoryStream();
            await _registry.CollectAndExportAsTextAsync(scraped);
            return System.Text.Encoding.UTF8.GetString(scraped.ToArray()).Contains("\nbot_callbacks_total{kind=\"text\",outcome=\"late\"} 1\n", StringComparison.Ordinal);
        }, "counted");
    }

    [Test]
    public async Task Renews_the_turn_of_whoever_holds_one_each_second_for_a_minute_and_not_that_of_others()
    {
        await Stop();
        await StartAsync(TimeSpan.FromMilliseconds(500));
        var (holds, waits) = (Enter(), Enter());
        holds.HoldsTurn = true;
        Assert.That((holds.HoldsTurn, waits.HoldsTurn), Is.EqualTo((true, false)));
        for (var second = 0; second < 2; second++)
        {
            // What is closed by a look tells that those before it were looked at.
            _clock.Advance(TimeSpan.FromMilliseconds(475));
            var closed = Enter().Closed;
            _clock.Advance(TimeSpan.FromMilliseconds(500));
            await closed.WaitAsync(s_patient);
            Assert.That(_renewals.Of(holds), Is.EqualTo(second), "not yet");
            _clock.Advance(TimeSpan.FromMilliseconds(25));
            await Eventually.IsTrueAsync(() => _renewals.Of(holds) == second + 1, "renewed");
        }

        for (var second = 3; second < 60; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Eventually.IsTrueAsync(() => _renewals.Of(holds) == second, $"renewed {second} times");
        }

        var young = Enter();
        young.HoldsTurn = true;
        for (var second = 1; second <= 2; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Eventually.IsTrueAsync(() => _renewals.Of(young) == second, "the young one is renewed");
        }

        Assert.That((_renewals.Of(holds), _renewals.Of(waits)), Is.EqualTo((59, 0)), "a handler that hangs lets the next message run");
    }

    [TestCase(false, "lapsed while its work goes on")]
    [TestCase(null, "could not be renewed")]
    public async Task Logs_a_turn_that_was_lost_or_could_not_be_renewed(bool? renewed, string line)
    {
        _renewals.Outcome = renewed;
        Enter().HoldsTurn = true;
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.IsTrueAsync(() => _log.Lines.Any(l => l.Contains(line, StringComparison.Ordinal)), "logged");
    }

    [Test]
    public async Task Says_nothing_of_a_turn_that_ended_while_it_was_being_renewed()
    {
        var delivery = Enter();
        (_renewals.Outcome, _renewals.Gate, delivery.HoldsTurn) = (false, new(), true);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.IsTrueAsync(() => _renewals.Of(delivery) == 1, "being renewed");
        delivery.HoldsTurn = false;
        _renewals.Gate.SetResult();             // and all that waited for it goes on before this returns
        Assert.That(_log.Lines, Is.Empty);
    }

    [Test]
    public async Task Wakes_one_lease_alone_and_lets_the_others_ask_at_their_time()
    {
        var (one, other) = (_keeper.WaitAsync("one", TimeSpan.FromMinutes(1)), _keeper.WaitAsync("other", TimeSpan.FromMinutes(1)));
        _keeper.Wake(null);
        _keeper.Wake("nobody");
        Assert.That(one.IsCompleted, Is.False);
        _keeper.Wake("one");
        await one.WaitAsync(s_patient);
        Assert.That(other.IsCompleted, Is.False);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await other.WaitAsync(s_patient);

        var again = _keeper.WaitAsync("one", TimeSpan.FromMinutes(1));
        Assert.That(again.IsCompleted, Is.False, "what woke it once is used up");
        _keeper.Wake("one");
        await again.WaitAsync(s_patient);
    }

    [Test]
    public async Task A_stop_waits_for_the_last_work_but_no_longer_than_it_may()
    {
        var delivery = Enter();
        var stop = _keeper.StopAsync(default);
        Assert.That(stop.IsCompleted, Is.False);
        _keeper.Leave(delivery);
        await Eventually.IsTrueAsync(() =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(50));
            return stop.IsCompleted;
        }, "stopped");
        Assert.That(_keeper.ExecuteTask!.IsCompleted, Is.True, "it looks no more");

        Enter();
        using var patience = new CancellationTokenSource();
        stop = _keeper.StopAsync(patience.Token);
        Assert.That(stop.IsCompleted, Is.False);
        await patience.CancelAsync();
        await stop.WaitAsync(s_patient);
    }

    [Test]
    public void No_two_leases_are_equal()
    {
        var other = Keeper(TimeSpan.FromSeconds(4));
        Assert.That(Enumerable.Range(0, 100).SelectMany(_ => (string[])[Enter().Lease, other.Enter(InboxHost.Typed(_citizen, "在吗"), DataFormat.Xml).Lease]), Is.Unique);
    }

    private Bot.Host.Delivery.Delivery Enter() => _keeper.Enter(InboxHost.Typed(_citizen, "在吗"), DataFormat.Xml);

    private async Task StartAsync(TimeSpan replyWithin)
    {
        (_clock, _renewals, _log, _registry) = (new(), new(), new(), Metrics.NewCustomRegistry());
        _keeper = Keeper(replyWithin);
        await _keeper.StartAsync(default);
        await Eventually.IsTrueAsync(() => !_clock.Waits.IsEmpty, "it looks");
    }

    private TurnKeeper Keeper(TimeSpan replyWithin) => new(
        _renewals, new BotMetrics(_registry), Options.Create(new BotOptions { ReplyWithin = replyWithin }), _clock,
        LoggerFactory.Create(log => log.AddProvider(_log)).CreateLogger<TurnKeeper>());

    /// <summary>A session store that only counts what is renewed.</summary>
    private sealed class Renewals : ISessions
    {
        private readonly ConcurrentDictionary<string, int> _renewed = new();

        /// <summary>Null: the store is away.</summary>
        public bool? Outcome { get; set; } = true;

        public TaskCompletionSource? Gate { get; set; }

        public int Of(Bot.Host.Delivery.Delivery delivery) => _renewed.GetValueOrDefault(delivery.Lease);

        public async Task<bool> RenewAsync(OpenId citizen, string message, string lease)
        {
            _renewed.AddOrUpdate(lease, 1, (_, n) => n + 1);
            await (Gate?.Task ?? Task.CompletedTask);
            return Outcome ?? throw new SessionsUnavailableException("away", new TimeoutException());
        }

        public Task<Begun> BeginAsync(OpenId citizen, string message, string lease, bool again = false) => throw new NotSupportedException();

        public Task<Committed> CommitAsync(OpenId citizen, string message, string lease, ReadOnlyMemory<byte> session, ReadOnlyMemory<byte> reply, string? told = null) =>
            throw new NotSupportedException();

        public Task ReleaseAsync(OpenId citizen, string message, string lease) => throw new NotSupportedException();

        public Task OweAsync(OpenId citizen, string words) => throw new NotSupportedException();
    }
}
