using Bot.Data.Redis;
using Bot.Data.Sessions;
using Bot.Tests.Infrastructure;
using Bot.WeChat;
using NUnit.Framework;
using StackExchange.Redis;

namespace Bot.Tests.Data.Sessions;

/// <summary>A database of the run's Redis over two connections, as two hosts have them.</summary>
public sealed class RedisStore : SessionStore
{
    private IConnectionMultiplexer? _one;
    private IConnectionMultiplexer? _other;

    public override ISessions One => field ??= new RedisSessions(_one!);

    public override ISessions Other => field ??= new RedisSessions(_other!);

    public override async Task OpenAsync()
    {
        var database = await TestRedis.FreshDatabaseAsync();
        // The promises are tested here, not the patience: a busy machine may take its time.
        (_one, _other) = (await ConnectAsync(database), await ConnectAsync(database));
    }

    // A server cannot be told that it is later, but every key that it loses what time it has left.
    public override async Task PassAsync(OpenId citizen, TimeSpan time)
    {
        var db = _one!.GetDatabase();
        await foreach (var key in _one.GetServers()[0].KeysAsync(db.Database, $"bot:{{{SessionKeys.Tag(citizen.Value)}}}:*"))
        {
            var left = await db.KeyTimeToLiveAsync(key);
            if (left is null && await db.KeyExistsAsync(key))
                Assert.Fail($"{key} is kept for ever");
            if (left <= time)
                await db.KeyDeleteAsync(key);
            else
                await db.KeyExpireAsync(key, left - time);
            if (await db.KeyTypeAsync(key) is RedisType.List)
                await AgeAsync(db, key, time);
        }
    }

    // An entry of the queue ends with the time when it last asked, in ms.
    private static async Task AgeAsync(IDatabase db, RedisKey queue, TimeSpan time)
    {
        var entries = await db.ListRangeAsync(queue);
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = ((string)entries[i]!).Split('\n');
            entry[^1] = (long.Parse(entry[^1], System.Globalization.CultureInfo.InvariantCulture) - (long)time.TotalMilliseconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
            await db.ListSetByIndexAsync(queue, i, string.Join('\n', entry));
        }
    }

    private static async Task<IConnectionMultiplexer> ConnectAsync(string database) =>
        await ConnectionMultiplexer.ConnectAsync($"{database},asyncTimeout=30000,connectTimeout=30000");

    public override async ValueTask DisposeAsync()
    {
        await _one!.DisposeAsync();
        await _other!.DisposeAsync();
    }
}
