using System.Text.Json;
using Bot.Data.Redis;
using Bot.Data.Sessions;
using Bot.Handlers;
using Bot.WeChat;
using NUnit.Framework;
using StackExchange.Redis;

namespace Bot.Tests.Delivery;

[NonParallelizable]
public sealed class FailureTests : InboxFixture
{
    [Test]
    public async Task Says_so_when_a_handler_fails_and_goes_on_with_the_next_message()
    {
        var host = await HostAsync();
        var answers = Probe.Answers;
        Probe.Answers = _ => throw new InvalidOperationException("broken");
        var message = InboxHost.Typed(Citizen, "甲");
        Assert.That(await host.SayAsync(message), Is.EqualTo(Apology));
        Probe.Answers = answers;
        Assert.That(await host.SayAsync(message), Is.EqualTo(Apology), "a repeat is given what was said");
        Assert.That(await host.SayAsync(Citizen, "甲"), Is.EqualTo("甲：1"));
    }

    [Test]
    public async Task Leaves_a_form_where_it_was_when_its_ending_fails()
    {
        var host = await HostAsync();
        await host.SayAsync(Citizen, "登记");
        await host.SayAsync(Citizen, "2");
        await host.SayAsync(Citizen, "小李");
        var place = new LocationMessage { Account = "gh_test", From = Citizen, CreateTime = 1_800_000_000, MsgId = 1, Latitude = 1, Longitude = 1, Label = "人民路" };
        Assert.That(await host.SayAsync(place), Does.Contain("确认吗？"));

        var end = Form.End;
        Form.End = _ => throw new TimeoutException("the database is away");
        Assert.That(await host.SayAsync(Citizen, "1"), Is.EqualTo(Apology));
        Assert.That(await host.SayAsync(Citizen, "1"), Is.EqualTo(Apology));
        Form.End = end;
        Assert.That(await host.SayAsync(Citizen, "1"), Is.EqualTo("登记成功：黑 小李"), "the last answer can be repeated");
        Assert.That(Form.Finished.Distinct().Count(), Is.EqualTo(1), "with the idempotency key of the first try");
    }

    [Test]
    public async Task Stays_silent_when_an_event_fails_that_nobody_waits_for()
    {
        var host = await HostAsync();
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Redis);
        foreach (var nobodyAsked in (Inbound[])
        [
            new UnsubscribeEvent { Account = "gh_test", From = Citizen, CreateTime = 1, Name = "unsubscribe" },
            new ViewEvent { Account = "gh_test", From = Citizen, CreateTime = 2, Name = "VIEW", EventKey = "https://bot.example.gov.cn/" },
            new LocationEvent { Account = "gh_test", From = Citizen, CreateTime = 3, Name = "LOCATION", Latitude = 1, Longitude = 1 },
            new TemplateSentEvent { Account = "gh_test", From = Citizen, CreateTime = 4, Name = "TEMPLATESENDJOBFINISH", JobId = "1", Outcome = TemplateOutcome.Delivered },
        ])
        {
            // Something else stands where the session should: every script fails.
            await redis.GetDatabase().ListLeftPushAsync(SessionKeys.Of(Citizen, "")[2], "in the way");
            Assert.That(await host.SayAsync(nobodyAsked), Is.EqualTo("success"), nobodyAsked.Kind);
            Assert.That(await host.SayAsync(Citizen, "甲"), Is.EqualTo(Apology), "who asked is told");
            await redis.GetDatabase().KeyDeleteAsync(SessionKeys.Of(Citizen, "")[2]);
        }

        await redis.GetDatabase().ListLeftPushAsync(SessionKeys.Of(Citizen, "")[2], "in the way");
        foreach (var somebodyAsked in (Inbound[])
        [
            new ImageMessage { Account = "gh_test", From = Citizen, CreateTime = 5, MsgId = 5, MediaId = "m" },
            new ClickEvent { Account = "gh_test", From = Citizen, CreateTime = 6, Name = "CLICK", EventKey = "PROBE" },
            new ScanEvent { Account = "gh_test", From = Citizen, CreateTime = 7, Name = "SCAN", Scene = "s" },
            new ScanCodeEvent { Account = "gh_test", From = Citizen, CreateTime = 8, Name = "scancode_waitmsg", ScanType = "qrcode", ScanResult = "r", Waits = true },
            new SubscribeEvent { Account = "gh_test", From = Citizen, CreateTime = 9, Name = "subscribe" },
        ])
            Assert.That(await host.SayAsync(somebodyAsked), Is.EqualTo(Apology), somebodyAsked.Kind);
        await redis.GetDatabase().KeyDeleteAsync(SessionKeys.Of(Citizen, "")[2]);

        Assert.That(Platform.Sent, Is.Empty);
        Assert.That(host.Log.Lines, Has.Some.Contains("A location_event message could not be taken"));
        Assert.That(host.Log.Lines, Has.None.Contains("A template_sent message could not be taken"), "it needs no session, and is not told again");
    }

    [Test]
    public async Task A_lost_turn_changes_nothing_and_is_answered_from_what_won()
    {
        var (one, other) = (await HostAsync(), await HostAsync());
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Redis);
        var gate = Probe.HoldUp(words => words == "甲" && Probe.Handled.Count == 1);
        var message = InboxHost.Typed(Citizen, "甲");
        var first = one.SayAsync(message);
        await Eventually.IsTrueAsync(() => Probe.Handled.Count == 1, "the handler runs");

        await redis.GetDatabase().KeyDeleteAsync(SessionKeys.Of(Citizen, "")[2]);       // the host slept, and its lease lapsed
        Assert.That(await other.SayAsync(message), Is.EqualTo("甲：1"));
        gate.SetResult();
        Assert.That(await first, Is.EqualTo("甲：1"), "what the second delivery was answered");
        Assert.That(await TurnsAsync(redis), Is.EqualTo(1), "one of the two was kept");
    }

    [Test]
    public async Task A_lost_turn_is_done_again_after_another_message_that_won()
    {
        var (one, other) = (await HostAsync(), await HostAsync());
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Redis);
        var gate = Probe.HoldUp(words => words == "甲" && Probe.Handled.Count == 1);
        var first = one.SayAsync(Citizen, "甲");
        await Eventually.IsTrueAsync(() => Probe.Handled.Count == 1, "the handler runs");

        await redis.GetDatabase().KeyDeleteAsync(SessionKeys.Of(Citizen, "")[2]);
        Assert.That(await other.SayAsync(Citizen, "乙"), Is.EqualTo("乙：1"));
        gate.SetResult();
        Assert.That(await first, Does.StartWith("甲："));
        Assert.That(Probe.Handled, Is.EqualTo(["甲", "乙", "甲"]));
        Assert.That(await TurnsAsync(redis), Is.EqualTo(2));
    }

    [Test]
    public async Task A_turn_that_is_lost_every_time_is_given_up_with_an_apology()
    {
        var host = await HostAsync();
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Redis);
        Probe.Answers = async words =>
        {
            await redis.GetDatabase().KeyDeleteAsync(SessionKeys.Of(Citizen, "")[2]);
            return Answer.Say(words);
        };
        Assert.That(await host.SayAsync(Citizen, "甲"), Is.EqualTo(Apology));
        Assert.That(Probe.Handled, Is.EqualTo(["甲", "甲", "甲"]));
    }

    [Test]
    public async Task Runs_a_message_again_whose_host_died_though_its_repeat_was_acknowledged_by_then()
    {
        var host = await HostAsync(replyWithin: TimeSpan.FromSeconds(1));
        var message = InboxHost.Typed(Citizen, "甲");
        // Another host took it and was killed at once.
        Assert.That((await host.Sessions.BeginAsync(Citizen, message.DedupeKey, "a dead host's")).Status, Is.EqualTo(TurnStatus.Started));

        Assert.That(await host.SayAsync(message), Is.EqualTo("success"), "the platform will not deliver it again");
        await Eventually.IsTrueAsync(() => Platform.Sent.Length > 0, "the lease lapses and the message runs");
        Assert.That(Platform.Sent, Is.EqualTo(["甲：1"]));
    }

    [Test]
    public async Task Logs_neither_who_wrote_nor_what()
    {
        var host = await HostAsync();
        Probe.Answers = _ => throw new InvalidOperationException("broken");
        Assert.That(await host.SayAsync(Citizen, "我的秘密"), Is.EqualTo(Apology));
        Assert.That(host.Log.Lines, Has.Some.Contains("failed in its handler"));
        Assert.That(host.Log.Lines, Has.None.Contains(Citizen.Value).And.None.Contains("我的秘密"));
    }

    private async Task<long> TurnsAsync(ConnectionMultiplexer redis)
    {
        using var session = JsonDocument.Parse((byte[])(await redis.GetDatabase().StringGetAsync(SessionKeys.Of(Citizen, "")[1]))!);
        return session.RootElement.GetProperty("turn").GetInt64();
    }
}
