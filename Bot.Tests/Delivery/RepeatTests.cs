using Bot.Handlers;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Delivery;

[NonParallelizable]
public sealed class RepeatTests : InboxFixture
{
    [Test]
    public async Task Gives_back_the_stored_reply_on_whichever_host()
    {
        var (one, other) = (await HostAsync(), await HostAsync());
        var message = InboxHost.Typed(Citizen, "甲");
        var first = await one.DeliverAsync(message);

        Assert.That(InboxHost.Words(first), Is.EqualTo("甲：1"));
        Assert.That(await one.DeliverAsync(message), Is.EqualTo(first));
        Assert.That(await other.DeliverAsync(message), Is.EqualTo(first));
        Assert.That(await other.SayAsync(Citizen, "甲"), Is.EqualTo("甲：2"), "the same words in another message");
    }

    [Test]
    public async Task Gives_back_every_kind_of_reply_as_it_was()
    {
        var host = await HostAsync();
        foreach (var reply in (Reply[])[Reply.Say("1800000000\n两行 <b>&amp;]]>"), Reply.Say(new string('长', 900)), Reply.Silence, new Reply.ToHuman(),
            new Reply.Image("m"), new Reply.News([new("题", "文", "http://p", "http://u")])])
        {
            Probe.Answers = _ => Task.FromResult(Answer.Of(reply));
            var message = InboxHost.Typed(Citizen, "甲");
            var first = await host.DeliverAsync(message);
            Probe.Answers = _ => Answer.SayAsync("另一句");
            Assert.That(await host.DeliverAsync(message), Is.EqualTo(first));
        }
    }

    [Test]
    public async Task Works_once_on_two_deliveries_that_arrive_together_on_two_hosts()
    {
        var (one, other) = (await HostAsync(), await HostAsync());
        for (var round = 0; round < 20; round++)
        {
            var message = InboxHost.Typed(Citizen, $"第{round}轮");
            var replies = await Task.WhenAll(one.DeliverAsync(message), other.DeliverAsync(message), one.DeliverAsync(message));
            Assert.That(replies[1], Is.EqualTo(replies[0]));
            Assert.That(replies[2], Is.EqualTo(replies[0]));
        }

        Assert.That(Probe.Handled, Is.EqualTo(Enumerable.Range(0, 20).Select(n => $"第{n}轮")));
    }

    [Test]
    public async Task A_repeat_waits_for_the_result_of_the_first()
    {
        var (one, other) = (await HostAsync(), await HostAsync());
        var gate = Probe.HoldUp();
        var message = InboxHost.Typed(Citizen, "甲");
        var first = one.DeliverAsync(message);
        await Eventually.IsTrueAsync(() => Probe.Handled.Count == 1, "the handler runs");
        var repeat = other.DeliverAsync(message);
        await Task.WhenAny(repeat, Task.Delay(300));
        Assert.That(repeat.IsCompleted, Is.False);

        gate.SetResult();
        Assert.That(await repeat, Is.EqualTo(await first));
        Assert.That(Probe.Handled, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_repeat_of_a_message_in_the_queue_is_answered_with_it()
    {
        var (one, other) = (await HostAsync(), await HostAsync());
        var gate = Probe.HoldUp(words => words == "甲");
        var first = one.SayAsync(Citizen, "甲");
        await Eventually.IsTrueAsync(() => Probe.Handled.Count == 1, "the handler runs");
        var message = InboxHost.Typed(Citizen, "乙");
        var deliveries = new[] { one.DeliverAsync(message), other.DeliverAsync(message), other.DeliverAsync(message) };
        await Task.WhenAny(Task.WhenAny(deliveries), Task.Delay(300));
        gate.SetResult();

        Assert.That(await first, Is.EqualTo("甲：1"));
        var replies = await Task.WhenAll(deliveries);
        Assert.That(replies.Select(InboxHost.Words), Is.All.EqualTo("乙：2"));
        Assert.That(Probe.Handled, Is.EqualTo(["甲", "乙"]));
    }

    [Test]
    public async Task Tells_two_taps_on_a_menu_button_apart_and_repeats_of_one_not()
    {
        var host = await HostAsync();
        var tap = new ClickEvent { Account = "gh_test", From = Citizen, CreateTime = 1_800_000_000, Name = "CLICK", EventKey = "PROBE" };

        Assert.That(await host.SayAsync(tap), Is.EqualTo("click：1"));
        Assert.That(await host.SayAsync(tap with { }), Is.EqualTo("click：1"));
        Assert.That(await host.SayAsync(tap with { CreateTime = tap.CreateTime + 1 }), Is.EqualTo("click：2"));
        Assert.That(await host.SayAsync(tap with { From = new(Citizen.Value + "x") }), Is.EqualTo("click：3"));
    }

    [Test]
    public async Task Takes_a_key_as_long_as_a_body_and_an_openid_of_any_kind()
    {
        var host = await HostAsync();
        var tap = new ClickEvent { Account = "gh_test", From = new("a}b{c \n😀"), CreateTime = 1_800_000_000, Name = "CLICK", EventKey = new('k', 64 * 1024) };
        var first = await host.DeliverAsync(tap);
        Assert.That(InboxHost.Words(first), Does.StartWith("我可以帮您"));
        Assert.That(await host.DeliverAsync(tap), Is.EqualTo(first));
        Assert.That(await host.SayAsync(tap with { EventKey = "PROBE" }), Is.EqualTo("click：1"));
    }
}
