using Bot.Data.Redis;
using NUnit.Framework;
using StackExchange.Redis;

namespace Bot.Tests.Delivery;

[NonParallelizable]
public sealed class OrderTests : InboxFixture
{
    [TestCase(false)]
    [TestCase(true)]
    public async Task Answers_quick_messages_in_the_order_of_arrival(bool onTwoHosts)
    {
        var one = await HostAsync();
        var other = onTwoHosts ? await HostAsync() : one;
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Redis);
        var queue = SessionKeys.Of(Citizen, "")[4];
        var gate = Probe.HoldUp(words => words == "话0");

        List<Task<string>> replies = [one.SayAsync(Citizen, "话0")];
        await Eventually.IsTrueAsync(() => Probe.Handled.Count == 1, "the handler runs");
        for (var n = 1; n <= 40; n++)
        {
            replies.Add((n % 2 == 0 ? one : other).SayAsync(Citizen, $"话{n}"));
            await Eventually.IsTrueAsync(async () => await redis.GetDatabase().ListLengthAsync(queue) == n, "it stands in the queue");
        }

        gate.SetResult();
        await Task.WhenAll(replies);
        Assert.That(Probe.Handled, Is.EqualTo(Enumerable.Range(0, 41).Select(n => $"话{n}")));
        Assert.That(replies.Select(r => r.Result), Is.EqualTo(Enumerable.Range(0, 41).Select(n => $"话{n}：{n + 1}")));
    }

    [Test]
    public async Task Answers_200_messages_that_one_citizen_sends_at_once_each_once()
    {
        var hosts = new[] { await HostAsync(), await HostAsync() };
        var replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(n => Task.Run(() => hosts[n % 2].SayAsync(Citizen, $"话{n}"))));

        Assert.That(Probe.Handled, Is.EquivalentTo(Enumerable.Range(0, 200).Select(n => $"话{n}")));
        Assert.That(replies.Select(r => r[..r.IndexOf('：', StringComparison.Ordinal)]), Is.EqualTo(Enumerable.Range(0, 200).Select(n => $"话{n}")));
    }

    [Test]
    public async Task Keeps_the_answers_of_a_form_together_when_they_come_at_once()
    {
        var hosts = new[] { await HostAsync(), await HostAsync() };
        Assert.That(await hosts[0].SayAsync(Citizen, "登记"), Does.StartWith("请选择颜色："));
        // Each of these is the answer to one question only: two at the same question would be one too few.
        await Task.WhenAll(hosts[0].SayAsync(Citizen, "2"), hosts[1].SayAsync(Citizen, "2"));
        Assert.That(await hosts[0].SayAsync(Citizen, "返回"), Does.StartWith("请输入姓名："));
        Assert.That(await hosts[1].SayAsync(Citizen, "返回"), Does.StartWith("请选择颜色："));
    }

    [Test]
    public async Task One_citizen_sending_everything_does_not_slow_the_others()
    {
        var host = await HostAsync();
        var gate = Probe.HoldUp(words => words.StartsWith("洪水", StringComparison.Ordinal));
        var flood = Enumerable.Range(0, 400).Select(n => host.SayAsync(Citizen, $"洪水{n}")).ToArray();
        await Eventually.IsTrueAsync(() => Probe.Handled.Count == 1, "the flood has begun");

        // While the gate is closed the flood stands still, so that whoever waited for it would wait for ever.
        for (var n = 0; n < 50; n++)
            Assert.That(await host.SayAsync(new($"oQuiet{Guid.NewGuid():N}"), "安静"), Does.StartWith("安静："));
        Assert.That(Probe.Handled.Count(w => w.StartsWith("洪水", StringComparison.Ordinal)), Is.EqualTo(1));

        gate.SetResult();
        var replies = await Task.WhenAll(flood);
        Assert.That(replies.Count(r => r.StartsWith("洪水", StringComparison.Ordinal)), Is.EqualTo(201), "one at work and 200 in the queue");
        Assert.That(replies.Where(r => !r.StartsWith("洪水", StringComparison.Ordinal)), Is.All.StartsWith("您的前几条消息还在处理中"));
    }
}
