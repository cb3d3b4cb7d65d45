using Bot.Tests.Infrastructure;
using NUnit.Framework;

namespace Bot.Tests.Delivery;

/// <summary>The sentence of a fault is true of every fault, also of one that takes the open forms along.</summary>
[NonParallelizable]
public sealed class EmptyRedisTests : InboxFixture
{
    [Test]
    public async Task Promises_no_form_that_a_lost_Redis_takes_along()
    {
        await using var redis = await TestRedis.StartAsync();
        var host = await HostAsync(TimeSpan.FromSeconds(4), redis.ConnectionString);
        Assert.That(await host.SayAsync(Citizen, "登记"), Does.StartWith("请选择颜色："));
        redis.Kill();
        Assert.That(await host.SayAsync(Citizen, "1"), Is.EqualTo(Apology).And.Contains("如果没有接上，请重新开始").And.Not.Contain("都已保留"));
        await redis.RestartEmptyAsync();
        await Eventually.IsTrueAsync(
            async () => (await host.SayAsync(Citizen, "1")).StartsWith("当前没有可供选择的编号列表。", StringComparison.Ordinal), "the form is gone");
    }
}
