using System.Net;
using NUnit.Framework;

namespace Bot.Tests.Infrastructure;

[NonParallelizable]
public sealed class TestHostTests
{
    [Test]
    public async Task The_real_Host_starts_on_a_port_of_its_own_with_the_demo_content()
    {
        await using var host = await TestHost.StartAsync();
        using var ready = await host.Client.GetAsync("/health/ready");
        using var simulator = await host.Client.GetAsync("/simulator/");
        Assert.That((ready.StatusCode, simulator.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)));
        Assert.That(host.Address.Port, Is.Not.EqualTo(5080));
    }

    [Test]
    public async Task Two_Hosts_share_a_database_and_a_Redis()
    {
        await using var database = await TestDatabase.CreateAsync();
        var redis = await TestRedis.FreshDatabaseAsync();
        await using var one = await TestHost.StartAsync(redis, database);
        await using var other = await TestHost.StartAsync(redis, database);
        foreach (var host in (TestHost[])[one, other])
            Assert.That(await host.Client.GetStringAsync("/health"), Does.Contain("\"redis\",\"status\":\"healthy\""));
    }
}
