using Bot.Data.Sessions;
using Bot.Tests.Infrastructure;
using NUnit.Framework;

namespace Bot.Tests.Delivery;

/// <summary>Each test has a Redis of its own, which it may stop.</summary>
[NonParallelizable]
public sealed class RedisAwayTests : InboxFixture
{
    // As in the house: an apology within it shows that nobody waited for the deadline.
    private static readonly TimeSpan s_replyWithin = TimeSpan.FromSeconds(4);

    [Test]
    public async Task Says_so_while_Redis_is_frozen_and_leaves_no_ghost_behind()
    {
        await using var redis = await TestRedis.StartAsync();
        var host = await HostAsync(s_replyWithin, redis.ConnectionString);
        Assert.That(await host.SayAsync(Citizen, "登记"), Does.StartWith("请选择颜色："));

        redis.Freeze();
        Assert.That(await host.SayAsync(Citizen, "1"), Is.EqualTo(Apology));
        redis.Thaw();

        // What the thawed server works through comes before this, on the same connection.
        var begun = await BegunAsync(host.Sessions, "after", "after");
        Assert.That(begun.Status, Is.EqualTo(TurnStatus.Started), "the begin that timed out was taken back");
        await host.Sessions.ReleaseAsync(Citizen, "after", "after");
        Assert.That(await host.SayAsync(Citizen, "1"), Does.StartWith("请输入姓名："), "the form is where it was");
    }

    [Test]
    public async Task Says_so_when_Redis_freezes_while_a_handler_works_and_forgets_the_turn()
    {
        await using var redis = await TestRedis.StartAsync();
        var host = await HostAsync(s_replyWithin, redis.ConnectionString);
        await host.SayAsync(Citizen, "登记");
        var gate = Probe.HoldUp();
        var slow = host.SayAsync(Citizen, "帮我");
        await Task.WhenAny(slow, Task.Delay(100));
        redis.Freeze();
        gate.SetResult();
        // The commit has a second, and so has the second begin; a busy machine may need its deadline, and then the apology follows.
        var reply = await slow;
        redis.Thaw();
        if (reply == "success")
            await Eventually.IsTrueAsync(() => Platform.Sent.Length > 0, "the citizen is told");
        Assert.That(reply == "success" ? Platform.Sent[0] : reply, Is.Not.Empty);
        await Eventually.IsTrueAsync(async () => (await host.SayAsync(Citizen, "帮助")).StartsWith("我可以帮您", StringComparison.Ordinal), "it works again");
    }

    [Test]
    public async Task Works_again_by_itself_when_Redis_comes_back_empty()
    {
        await using var redis = await TestRedis.StartAsync();
        var (one, other) = (await HostAsync(s_replyWithin, redis.ConnectionString), await HostAsync(s_replyWithin, redis.ConnectionString));
        foreach (var host in new[] { one, other })
            Assert.That(await host.SayAsync(Citizen, "前"), Does.StartWith("前："));

        redis.Kill();
        foreach (var host in new[] { one, other })
            Assert.That(await host.SayAsync(Citizen, "中"), Is.EqualTo(Apology));
        await redis.RestartEmptyAsync();
        foreach (var host in new[] { one, other })
            await Eventually.IsTrueAsync(async () => (await host.SayAsync(Citizen, "后")).StartsWith("后：", StringComparison.Ordinal), "it works again");
        for (var n = 0; n < 20; n++)
            Assert.That(await one.SayAsync(Citizen, "后"), Does.StartWith("后："), "and goes on working");
    }

    [Test]
    public async Task Starts_without_Redis_and_finds_it_when_it_comes()
    {
        await using var redis = await TestRedis.StartAsync();
        redis.Kill();
        var host = await HostAsync(s_replyWithin, redis.ConnectionString);
        Assert.That(await host.SayAsync(Citizen, "早"), Is.EqualTo(Apology));
        await redis.RestartEmptyAsync();
        await Eventually.IsTrueAsync(async () => (await host.SayAsync(Citizen, "晚")).StartsWith("晚：", StringComparison.Ordinal), "it works");
    }

    [Test]
    public async Task Tells_a_citizen_whose_answer_was_lost_after_the_deadline()
    {
        await using var redis = await TestRedis.StartAsync();
        var host = await HostAsync(TimeSpan.FromSeconds(1), redis.ConnectionString);
        var gate = Probe.HoldUp();
        Assert.That(await host.SayAsync(Citizen, "慢"), Is.EqualTo("success"));
        redis.Kill();
        gate.SetResult();
        await Eventually.IsTrueAsync(() => Platform.Sent.Length > 0, "the citizen is told");
        Assert.That(Platform.Sent, Is.EqualTo([Apology]));
    }

    [Test]
    public async Task Logs_nobody_s_openid_while_Redis_is_away()
    {
        await using var redis = await TestRedis.StartAsync();
        var host = await HostAsync(s_replyWithin, redis.ConnectionString);
        await host.SayAsync(Citizen, "前");
        redis.Freeze();
        await host.SayAsync(Citizen, "冻");
        redis.Thaw();
        redis.Kill();
        await host.SayAsync(Citizen, "断");
        Assert.That(host.Log.Lines, Has.Some.Contains("could not be taken"));
        Assert.That(host.Log.Lines, Has.None.Contains(Citizen.Value));
    }

    private async Task<Begun> BegunAsync(ISessions sessions, string message, string lease)
    {
        while (true)
        {
            try
            {
                return await sessions.BeginAsync(Citizen, message, lease);
            }
            catch (SessionsUnavailableException)
            {
                await Task.Delay(50);       // thawing takes it a moment
            }
        }
    }
}
