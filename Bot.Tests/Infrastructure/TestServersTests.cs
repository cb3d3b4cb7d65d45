using Dapper;
using NUnit.Framework;
using StackExchange.Redis;

namespace Bot.Tests.Infrastructure;

[NonParallelizable]
public sealed class TestServersTests
{
    [Test]
    public async Task Each_fixture_has_a_database_and_a_Redis_of_its_own()
    {
        await using var one = await TestDatabase.CreateAsync();
        await using var other = await TestDatabase.CreateAsync();
        await using var oneRedis = await ConnectionMultiplexer.ConnectAsync(await TestRedis.FreshDatabaseAsync());
        await using var otherRedis = await ConnectionMultiplexer.ConnectAsync(await TestRedis.FreshDatabaseAsync());

        await using (var connection = await one.DataSource.OpenConnectionAsync())
            await connection.ExecuteAsync("insert into follower (openid) values ('o-1')");
        await oneRedis.GetDatabase().StringSetAsync("seen", 1);

        await using var elsewhere = await other.DataSource.OpenConnectionAsync();
        Assert.That(await elsewhere.ExecuteScalarAsync<int>("select count(*) from follower"), Is.Zero);
        Assert.That(await otherRedis.GetDatabase().KeyExistsAsync("seen"), Is.False);
    }

    [Test]
    public async Task Redis_can_be_frozen_thawed_and_brought_back_empty()
    {
        await using var server = await TestRedis.StartAsync();
        await using var redis = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString + ",asyncTimeout=500");
        var database = redis.GetDatabase();
        await database.StringSetAsync("seen", 1);

        server.Freeze();
        Assert.ThrowsAsync<RedisTimeoutException>(() => database.PingAsync());
        server.Thaw();
        await database.PingAsync();

        await server.RestartEmptyAsync();
        await using var again = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
        Assert.That(await again.GetDatabase().KeyExistsAsync("seen"), Is.False);
    }
}
