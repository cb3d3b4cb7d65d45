using Bot.Data.Followers;
using Bot.Data.Redis;
using Bot.Data.Sessions;
using Bot.Host.Delivery;
using Bot.Tests.Infrastructure;
using Bot.WeChat;
using Microsoft.Extensions.Hosting;
using NUnit.Framework;
using StackExchange.Redis;

namespace Bot.Tests.Delivery;

/// <summary>The inbox over a clock that only the test moves: what happens, happens by itself or at its very time.</summary>
[NonParallelizable]
public sealed class StillClockTests : InboxFixture
{
    private static readonly TimeSpan s_replyWithin = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan s_patient = TimeSpan.FromSeconds(30);

    private WatchedClock _clock = null!;
    private InboxHost _host = null!;

    [SetUp]
    public async Task StartHost() => _host = await HostAsync(s_replyWithin, clock: _clock = new());

    [TearDown]
    public async Task LetItEnd()
    {
        var stop = _host.Get<TurnKeeper>().StopAsync(default);
        await Eventually.IsTrueAsync(() =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(50));
            return stop.IsCompleted;
        }, "nothing that is done holds up the stop");
    }

    [Test]
    public async Task Wakes_who_waits_for_the_turn_as_soon_as_it_is_free()
    {
        var gate = Probe.HoldUp(words => words == "甲");
        var first = _host.SayAsync(Citizen, "甲");
        await Eventually.IsTrueAsync(() => Probe.Handled.Count == 1, "the handler runs");
        var second = _host.SayAsync(Citizen, "乙");
        await Eventually.IsTrueAsync(() => _clock.Waits.Contains(TimeSpan.FromMilliseconds(20)), "the first in the queue asks often");
        var third = _host.SayAsync(Citizen, "丙");
        await Eventually.IsTrueAsync(() => _clock.Waits.Contains(TimeSpan.FromMilliseconds(40)), "the second half as often");

        gate.SetResult();
        Assert.That(await Task.WhenAll(first, second, third).WaitAsync(s_patient), Is.EqualTo(["甲：1", "乙：2", "丙：3"]));
    }

    [Test]
    public async Task A_repeat_asks_often_while_somebody_waits_for_it_and_seldom_afterwards()
    {
        var gate = Probe.HoldUp();
        var message = InboxHost.Typed(Citizen, "甲");
        var first = _host.SayAsync(message);
        await Eventually.IsTrueAsync(() => Probe.Handled.Count == 1, "the handler runs");
        var repeat = _host.SayAsync(message);
        await Eventually.IsTrueAsync(() => _clock.Waits.Contains(TimeSpan.FromMilliseconds(100)), "it asks");
        Assert.That(_clock.Waits, Has.None.EqualTo(TimeSpan.FromMilliseconds(500)));

        _clock.Advance(s_replyWithin);
        Assert.That(await Task.WhenAll(first, repeat).WaitAsync(s_patient), Is.EqualTo(["success", "success"]));
        await Eventually.IsTrueAsync(() =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            return _clock.Waits.Contains(TimeSpan.FromMilliseconds(500));
        }, "it asks seldom");
        gate.SetResult();
        await Eventually.IsTrueAsync(() => Platform.Sent.Length == 1, "the answer follows");
        Assert.That(Platform.Sent, Is.EqualTo(["甲：1"]));
    }

    [Test]
    public async Task A_repeat_is_let_go_when_its_first_delivery_does_not_end()
    {
        var patient = await HostAsync(clock: _clock);
        var gate = Probe.HoldUp();
        var message = InboxHost.Typed(Citizen, "甲");
        var first = patient.SayAsync(message);
        await Eventually.IsTrueAsync(() => Probe.Handled.Count == 1, "the handler runs");
        var repeat = patient.SayAsync(message);
        await Eventually.IsTrueAsync(() => _clock.Waits.Contains(TimeSpan.FromMilliseconds(100)), "it asks");

        _clock.Advance(SessionLimits.QueueKept);
        Assert.That(await repeat.WaitAsync(s_patient), Is.EqualTo("success"));
        gate.SetResult();
        Assert.That(await first.WaitAsync(s_patient), Is.EqualTo("甲：1"));
        Assert.That(Probe.Handled, Is.EqualTo(["甲"]));
    }

    [Test]
    public async Task Gives_up_behind_messages_that_take_too_long_and_leaves_the_queue()
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Redis);
        var gate = Probe.HoldUp(words => words == "甲");
        var first = _host.SayAsync(Citizen, "甲");
        await Eventually.IsTrueAsync(() => Probe.Handled.Count == 1, "the handler runs");
        var second = _host.SayAsync(Citizen, "乙");
        await Eventually.IsTrueAsync(() => _clock.Waits.Contains(TimeSpan.FromMilliseconds(20)), "it stands in the queue");

        _clock.Advance(SessionLimits.QueueKept);
        Assert.That(await Task.WhenAll(first, second).WaitAsync(s_patient), Is.EqualTo(["success", "success"]));
        await Eventually.IsTrueAsync(() => Platform.Sent.Length == 1, "the citizen is told");
        Assert.That(Platform.Sent, Is.EqualTo([Apology]));
        Assert.That(await redis.GetDatabase().ListLengthAsync(SessionKeys.Of(Citizen, "")[4]), Is.Zero);
        gate.SetResult();
        await Eventually.IsTrueAsync(() => Platform.Sent.Length == 2, "the first is answered all the same");
        Assert.That(Probe.Handled, Is.EqualTo(["甲"]));
    }

    [TestCase(20, false)]
    [TestCase(4, true)]
    public async Task Keeps_an_answer_that_could_not_be_sent_in_time_and_sooner_when_the_host_stops(int seconds, bool stops)
    {
        var gate = Platform.HoldUp();
        var sending = _host.Get<LateReplies>().SendAsync(Citizen, Reply.Say("迟到的答复"));
        await Eventually.IsTrueAsync(() => Platform.Sending == 1, "it is being sent");
        if (stops)
            _host.Get<IHostApplicationLifetime>().StopApplication();
        _clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        Assert.That(sending.IsCompleted, Is.False);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await sending.WaitAsync(s_patient);

        gate.SetResult();
        Assert.That(Platform.Sent, Is.Empty);
        Assert.That(await _host.SayAsync(Citizen, "问"), Does.Contain("迟到的答复"));
    }

    [Test]
    public async Task Notes_who_wrote_and_whose_form_is_open_until_it_is_over_or_left()
    {
        await _host.Get<OpenSessions>().StartAsync(default);
        await OpenAsync(0);
        await _host.SayAsync(Citizen, "登记");
        await _host.SayAsync(new OpenId(Citizen.Value + "2"), "登记");
        await OpenAsync(2);
        await _host.SayAsync(Citizen, "取消");
        await OpenAsync(1);
        _clock.Advance(TimeSpan.FromMinutes(30));
        await OpenAsync(0);

        await _host.Get<HeardLog>().StopAsync(default);
        Assert.That(((HeardTable)_host.Get<IFollowers>()).Heard.Keys, Is.EquivalentTo([Citizen, new OpenId(Citizen.Value + "2")]));
    }

    private Task OpenAsync(int forms)
    {
        // Far from the time at which a form counts no more by itself.
        var until = _clock.GetUtcNow() + TimeSpan.FromMinutes(5);
        return Eventually.IsTrueAsync(async () =>
        {
            if (_clock.GetUtcNow() < until)
                _clock.Advance(TimeSpan.FromSeconds(5));
            return (await _host.MetricsAsync()).Contains($"\nbot_sessions_open {forms}\n", StringComparison.Ordinal);
        }, $"{forms} open");
    }
}
