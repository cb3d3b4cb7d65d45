using Bot.Handlers;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Delivery;

[NonParallelizable]
public sealed class LateReplyTests : InboxFixture
{
    private static readonly TimeSpan s_short = TimeSpan.FromSeconds(1);

    [Test]
    public async Task Acknowledges_at_the_deadline_and_sends_the_answer_once()
    {
        var (one, other) = (await HostAsync(s_short), await HostAsync(s_short));
        var gate = Probe.HoldUp();
        var message = InboxHost.Typed(Citizen, "慢");
        Assert.That(await one.SayAsync(message), Is.EqualTo("success"));
        Assert.That(await other.SayAsync(message), Is.EqualTo("success"), "a repeat too is acknowledged");
        Assert.That(Platform.Sent, Is.Empty);

        gate.SetResult();
        await Eventually.IsTrueAsync(() => Platform.Sent.Length > 0, "the answer follows");
        Assert.That(await other.SayAsync(message), Is.EqualTo("success"), "a later repeat does not bring it again");
        Assert.That(await one.SayAsync(Citizen, "快"), Is.EqualTo("快：2"));
        Assert.That(Platform.Sent, Is.EqualTo(["慢：1"]));
        Assert.That(Probe.Handled, Is.EqualTo(["慢", "快"]));
    }

    [Test]
    public async Task Keeps_a_turn_whose_work_takes_longer_than_a_lease()
    {
        var (one, other) = (await HostAsync(s_short), await HostAsync());
        var gate = Probe.HoldUp(words => words == "慢");
        Assert.That(await one.SayAsync(Citizen, "慢"), Is.EqualTo("success"));
        var next = other.SayAsync(Citizen, "快");
        await Task.WhenAny(next, Task.Delay(Bot.Data.Sessions.SessionLimits.Lease * 1.5));
        Assert.That(next.IsCompleted, Is.False, "the turn did not lapse");

        gate.SetResult();
        Assert.That(await next, Is.EqualTo("快：2"));
        Assert.That(Probe.Handled, Is.EqualTo(["慢", "快"]));
    }

    [Test]
    public async Task Messages_behind_a_slow_one_are_acknowledged_too_and_answered_in_order()
    {
        var host = await HostAsync(s_short);
        var gate = Probe.HoldUp(words => words == "慢");
        var first = host.SayAsync(Citizen, "慢");
        await Eventually.IsTrueAsync(() => Probe.Handled.Count == 1, "the handler runs");
        Assert.That(await host.SayAsync(Citizen, "快"), Is.EqualTo("success"));
        Assert.That(await first, Is.EqualTo("success"));

        gate.SetResult();
        await Eventually.IsTrueAsync(() => Platform.Sent.Length == 2, "both answers follow");
        Assert.That(Platform.Sent, Is.EquivalentTo(["慢：1", "快：2"]));
        Assert.That(Probe.Handled, Is.EqualTo(["慢", "快"]));
    }

    [Test]
    public async Task Shows_at_the_next_message_what_could_not_be_sent()
    {
        var host = await HostAsync(s_short);
        var gate = Probe.HoldUp(words => words == "慢");
        Platform.Refuses = true;
        Assert.That(await host.SayAsync(Citizen, "慢"), Is.EqualTo("success"));
        gate.SetResult();
        await Eventually.IsTrueAsync(() => Platform.Refused == 1, "the platform refuses");

        var next = "";
        await Eventually.IsTrueAsync(async () => (next = await host.SayAsync(Citizen, "快")).StartsWith("【补发】", StringComparison.Ordinal), "it is told");
        Assert.That(next, Does.Match("^【补发】您之前那条消息的答复：\n慢：1\n\n快：[0-9]+$"));
        Assert.That(await host.SayAsync(Citizen, "快"), Does.StartWith("快："), "told once");
    }

    [Test]
    public async Task An_answer_stays_whole_beside_what_is_owed()
    {
        var host = await HostAsync();
        var (owed, answer) = (new string('旧', 600), new string('新', 600));
        await host.Sessions.OweAsync(Citizen, owed);
        Probe.Answers = _ => Answer.SayAsync(answer + "完");

        Assert.That(await host.SayAsync(Citizen, "问"), Does.EndWith(answer + "完"));
    }

    [Test]
    public async Task What_is_owed_is_told_to_its_end_over_several_messages()
    {
        var host = await HostAsync();
        var owed = string.Concat(Enumerable.Range(0, 400).Select(n => $"第{n:000}句"));
        await host.Sessions.OweAsync(Citizen, owed);
        Probe.Answers = words => Answer.SayAsync(words);

        List<string> told = [];
        while (await host.SayAsync(Citizen, "问") is var said && said != "问")
        {
            Assert.That(System.Text.Encoding.UTF8.GetByteCount(said), Is.LessThanOrEqualTo(Reply.MaxTextBytes));
            told.Add(said.Split('\n')[1]);
            Assert.That(said.Contains("后面还有", StringComparison.Ordinal), Is.EqualTo(!said.Contains("第399句", StringComparison.Ordinal)));
        }

        Assert.That(string.Concat(told), Is.EqualTo(owed));
        Assert.That(told, Has.Count.GreaterThan(1));
    }

    [Test]
    public async Task Keeps_all_that_follows_a_part_that_could_not_be_sent()
    {
        var host = await HostAsync();
        var reply = new Reply.News([new("第一篇", "", "", "https://example.gov.cn/1"), new("第二篇", "", "", "https://example.gov.cn/2")]);
        Platform.Refuses = true;
        await host.Get<Bot.Host.Delivery.LateReplies>().SendAsync(Citizen, reply);
        Assert.That(Platform.Refused, Is.EqualTo(1), "the second was not tried");
        Assert.That(await host.SayAsync(Citizen, "问"), Does.Contain("第一篇\nhttps://example.gov.cn/1\n\n第二篇\nhttps://example.gov.cn/2\n\n问"));
    }

    [Test]
    public async Task Counts_an_answer_that_followed_and_not_the_repeats_that_were_acknowledged()
    {
        var host = await HostAsync(s_short);
        var gate = Probe.HoldUp();
        var message = InboxHost.Typed(Citizen, "慢");
        await Task.WhenAll(host.SayAsync(message), host.SayAsync(message), host.SayAsync(message));
        gate.SetResult();
        await Eventually.IsTrueAsync(() => Platform.Sent.Length == 1, "the answer follows");

        Assert.That(await host.MetricsAsync(), Does.Contain("\nbot_late_replies_total 1\n"));
    }

    [Test]
    public async Task What_is_owed_waits_for_an_answer_that_leaves_it_room()
    {
        var host = await HostAsync();
        await host.Sessions.OweAsync(Citizen, "迟到的话");
        Probe.Answers = words => Answer.SayAsync(words == "长" ? new string('新', 660) : "短");
        Assert.That(await host.SayAsync(Citizen, "长"), Is.EqualTo(new string('新', 660)));
        Assert.That(await host.SayAsync(Citizen, "少"), Is.EqualTo("【补发】您之前那条消息的答复：\n迟到的话\n\n短"));
    }

    [Test]
    public async Task Does_not_look_after_a_turn_that_is_over_while_its_answer_is_being_sent()
    {
        var host = await HostAsync(s_short);
        var (gate, sending) = (Probe.HoldUp(), Platform.HoldUp());
        Assert.That(await host.SayAsync(Citizen, "慢"), Is.EqualTo("success"));
        gate.SetResult();
        await Eventually.IsTrueAsync(() => Platform.Sending == 1, "the answer is being sent");
        await Task.Delay(2500);                 // the keeper comes by twice
        sending.SetResult();
        await Eventually.IsTrueAsync(() => Platform.Sent.Length == 1, "it is sent");
        Assert.That(host.Log.Lines, Has.None.Contains("lapsed"));
    }

    [Test]
    public async Task What_is_owed_waits_for_an_answer_in_words()
    {
        var host = await HostAsync();
        await host.Sessions.OweAsync(Citizen, "迟到的话");
        Probe.Answers = words => Task.FromResult(words == "静" ? Answer.Of(Reply.Silence) : Answer.Say("在"));
        Assert.That(await host.SayAsync(Citizen, "静"), Is.EqualTo("success"));
        Assert.That(await host.SayAsync(Citizen, "说"), Does.Contain("迟到的话"));
    }

    [Test]
    public async Task Tells_who_waited_for_a_person_to_ask_again()
    {
        var host = await HostAsync(s_short);
        Probe.Answers = _ => Task.FromResult(Answer.Of(new Reply.ToHuman()));
        var gate = Probe.HoldUp();
        Assert.That(await host.SayAsync(Citizen, "人"), Is.EqualTo("success"));
        gate.SetResult();
        await Eventually.IsTrueAsync(() => Platform.Sent.Length == 1, "it is told");
        Assert.That(Platform.Sent[0], Does.Contain("人工"));
    }

    [Test]
    public async Task Sends_nothing_when_there_is_nothing_to_say()
    {
        var host = await HostAsync(s_short);
        Probe.Answers = _ => Task.FromResult(Answer.Of(Reply.Silence));
        var gate = Probe.HoldUp();
        Assert.That(await host.SayAsync(Citizen, "静"), Is.EqualTo("success"));
        Probe.Answers = words => Answer.SayAsync(words);
        gate.SetResult();
        Assert.That(await host.SayAsync(Citizen, "说"), Is.EqualTo("说"), "the turn was ended");
        Assert.That(Platform.Sent, Is.Empty);
    }
}
