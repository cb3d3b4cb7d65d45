using Bot.Tests.Delivery;
using Bot.Tests.Infrastructure;
using NUnit.Framework;
using StackExchange.Redis;

namespace Bot.Tests.Chaos;

/// <summary>A master, its replica and a sentinel that promotes the one when the other dies, all of them real.</summary>
[NonParallelizable]
public sealed class RedisFailoverTests : InboxFixture
{
    private const string Service = "bot";

    [Test]
    public async Task Goes_on_with_the_replica_that_a_sentinel_promotes_and_loses_no_form()
    {
        await using var master = await TestRedis.StartAsync();
        await using var replica = await TestRedis.StartAsync("--replicaof", "127.0.0.1", $"{master.Port}");
        await using var sentinel = await SentinelAsync(master);
        await using (var watching = await ConnectionMultiplexer.SentinelConnectAsync(sentinel.ConnectionString))
            await Eventually.IsTrueAsync(async () => (await watching.GetServers()[0].SentinelReplicasAsync(Service)).Length == 1, "the sentinel knows the replica");

        var host = await HostAsync(TimeSpan.FromSeconds(4), $"{sentinel.ConnectionString},serviceName={Service}");
        Assert.That(await host.SayAsync(Citizen, "登记"), Does.StartWith("请选择颜色："));
        await using (var writing = await ConnectionMultiplexer.ConnectAsync(master.ConnectionString))
            Assert.That((int)await writing.GetDatabase().ExecuteAsync("WAIT", 1, 5000), Is.EqualTo(1), "the replica has it");

        master.Kill();
        Assert.That(await host.SayAsync(Citizen, "帮助"), Is.EqualTo(Apology));
        await Eventually.IsTrueAsync(async () => (await host.SayAsync(Citizen, "1")).StartsWith("请输入姓名：", StringComparison.Ordinal), "the form is where it was");

        // Who was the master comes back as a replica, empty; nobody writes there.
        await master.RestartEmptyAsync();
        for (var n = 0; n < 10; n++)
            Assert.That(await host.SayAsync(new("oAfterFailover"), "后"), Does.StartWith("后："), "and goes on working");
    }

    [Test]
    public async Task Starts_without_a_sentinel_and_finds_it_when_it_comes()
    {
        await using var master = await TestRedis.StartAsync();
        await using var sentinel = await SentinelAsync(master);
        sentinel.Kill();
        var host = await HostAsync(TimeSpan.FromSeconds(4), $"{sentinel.ConnectionString},serviceName={Service}");
        Assert.That(await host.SayAsync(Citizen, "早"), Is.EqualTo(Apology));
        await sentinel.RestartEmptyAsync();
        await Eventually.IsTrueAsync(async () => (await host.SayAsync(Citizen, "晚")).StartsWith("晚：", StringComparison.Ordinal), "it works");
    }

    private static async Task<TestRedis> SentinelAsync(TestRedis master)
    {
        // Sentinels write what they learn into their file.
        var file = Path.Combine(TestServers.Folder, $"sentinel-{Guid.NewGuid():N}.conf");
        await File.WriteAllTextAsync(file,
            $"""
            sentinel monitor {Service} 127.0.0.1 {master.Port} 1
            sentinel down-after-milliseconds {Service} 300
            sentinel failover-timeout {Service} 3000

            """);
        return await TestRedis.StartAsync(file, "--sentinel");
    }
}
