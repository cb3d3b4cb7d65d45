using Bot.Data.Sessions;
using Bot.Host.Delivery;
using Bot.Tests.Infrastructure;
using Bot.WeChat;
using NUnit.Framework;
using StackExchange.Redis;
using StackExchange.Redis.Profiling;

namespace Bot.Tests.Delivery;

/// <summary>The two trips to Redis that a message takes, and what becomes of it when the answer of the second is lost on its way back.</summary>
[NonParallelizable]
public sealed class LostAnswerTests : InboxFixture
{
    [Test]
    public async Task A_message_takes_two_trips_and_a_repeat_one()
    {
        var host = await HostAsync();
        await host.SayAsync(Citizen, "先");                     // Redis keeps the scripts from now on
        var trips = new ProfilingSession();
        host.Get<IConnectionMultiplexer>().RegisterProfiler(() => trips);
        var message = InboxHost.Typed(Citizen, "甲");
        await host.SayAsync(message);
        await host.Get<TurnKeeper>().StopAsync(default);        // all of its work is done
        Assert.That(trips.FinishProfiling().Count(), Is.EqualTo(2));

        await host.SayAsync(message);
        Assert.That(trips.FinishProfiling().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task An_answer_whose_commit_came_through_is_given_and_done_once()
    {
        var lossy = new LossyCommit();
        var host = await HostAsync(around: lossy.Around);
        (lossy.Loses, var message) = (1, InboxHost.Typed(Citizen, "甲"));
        Assert.That(await host.SayAsync(message), Is.EqualTo("甲：1"));
        Assert.That(await host.SayAsync(message), Is.EqualTo("甲：1"));
        Assert.That(Probe.Handled, Is.EqualTo(["甲"]));
        Assert.That((lossy.Loses, Platform.Sent), Is.EqualTo((0, Array.Empty<string>())));
    }

    [Test]
    public async Task A_late_answer_that_may_be_kept_is_not_passed_over_in_silence()
    {
        var (lossy, clock) = (new LossyCommit(), new WatchedClock());
        var host = await HostAsync(TimeSpan.FromSeconds(4), clock: clock, around: lossy.Around);
        var gate = Probe.HoldUp();
        var said = host.SayAsync(Citizen, "慢");
        await Eventually.IsTrueAsync(() => Probe.Handled.Count == 1, "the handler runs");
        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.That(await said, Is.EqualTo("success"));

        lossy.Loses = 1;
        gate.SetResult();
        await Eventually.IsTrueAsync(() => Platform.Sent.Length > 0, "the citizen is told");
        Assert.That(Platform.Sent, Is.EqualTo([Apology]));
    }

    [Test]
    public async Task Each_callback_is_counted_once_by_what_became_of_it()
    {
        var lossy = new LossyCommit();
        var host = await HostAsync(around: lossy.Around);
        var answers = Probe.Answers;
        var message = InboxHost.Typed(Citizen, "甲");
        await host.SayAsync(message);
        await host.SayAsync(message);
        Probe.Answers = _ => throw new InvalidOperationException("broken");
        await host.SayAsync(Citizen, "乙");
        Probe.Answers = answers;
        lossy.IsAway = true;
        Assert.That(await host.SayAsync(Citizen, "丙"), Is.EqualTo(Apology));

        await host.Get<TurnKeeper>().StopAsync(default);        // all is counted
        var metrics = await host.MetricsAsync();
        foreach (var (outcome, times) in (ReadOnlySpan<(string, int)>)[("answered", 1), ("repeated", 1), ("failed", 1), ("unavailable", 1), ("late", 0), ("crowded", 0)])
            Assert.That(metrics, Does.Contain($"\nbot_callbacks_total{{kind=\"text\",outcome=\"{outcome}\"}} {times}\n"));
        Assert.That(metrics, Does.Contain("\nbot_callback_seconds_count 4\n"));
    }

    /// <summary>Redis whose commits come through, though the host hears of a fault; or that is away.</summary>
    private sealed class LossyCommit : ISessions
    {
        private ISessions _redis = null!;

        /// <summary>How many answers are still to be lost.</summary>
        public int Loses { get; set; }

        public bool IsAway { get; set; }

        public ISessions Around(ISessions redis)
        {
            _redis = redis;
            return this;
        }

        public async Task<Committed> CommitAsync(OpenId citizen, string message, string lease, ReadOnlyMemory<byte> session, ReadOnlyMemory<byte> reply, string? told = null)
        {
            var committed = await _redis.CommitAsync(citizen, message, lease, session, reply, told);
            if (Loses == 0)
                return committed;
            Loses--;
            throw Fault();
        }

        public Task<Begun> BeginAsync(OpenId citizen, string message, string lease, bool again = false) =>
            IsAway ? Task.FromException<Begun>(Fault()) : _redis.BeginAsync(citizen, message, lease, again);

        public Task<bool> RenewAsync(OpenId citizen, string message, string lease) => _redis.RenewAsync(citizen, message, lease);

        public Task ReleaseAsync(OpenId citizen, string message, string lease) => _redis.ReleaseAsync(citizen, message, lease);

        public Task OweAsync(OpenId citizen, string words) => _redis.OweAsync(citizen, words);

        private static SessionsUnavailableException Fault() => new("The answer was lost", new TimeoutException());
    }
}
