using Bot.Tests.Delivery;
using Bot.Tests.Infrastructure;
using NUnit.Framework;
using StackExchange.Redis;

namespace Bot.Tests.Chaos;

[NonParallelizable]
public sealed class RedisReadOnlyTests : InboxFixture
{
    [Test]
    public async Task Says_so_while_Redis_is_a_replica_and_works_again_when_it_is_a_master()
    {
        await using var redis = await TestRedis.StartAsync();
        await using var operators = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString + ",allowAdmin=true");
        var host = await HostAsync(TimeSpan.FromSeconds(4), redis.ConnectionString);
        Assert.That(await host.SayAsync(Citizen, "登记"), Does.StartWith("请选择颜色："));

        await operators.GetDatabase().ExecuteAsync("REPLICAOF", "127.0.0.1", "9");
        Assert.That(await host.SayAsync(Citizen, "1"), Is.EqualTo(Apology));
        await operators.GetDatabase().ExecuteAsync("REPLICAOF", "NO", "ONE");
        await Eventually.IsTrueAsync(async () => (await host.SayAsync(Citizen, "1")).StartsWith("请输入姓名：", StringComparison.Ordinal), "the form is where it was");
    }
}
