using System.Text;
using Bot.Data.ApiKeys;
using Bot.Data.Notices;
using Bot.Data.Redis;
using Bot.Tests.Infrastructure;
using Bot.WeChat;
using Bot.WeChat.Api;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NUnit.Framework;
using StackExchange.Redis;

namespace Bot.Tests.Data.Redis;

public sealed class RedisTokenTests
{
    private const string Name = "access_token:wx1234567890abcdef";
    private const string Secret = "0123456789abcdef0123456789abcdef";

    private static readonly StoredToken s_token = new("TOKEN-OF-THE-ACCOUNT", DateTimeOffset.UtcNow.AddHours(2));

    private ConnectionMultiplexer _redis = null!;

    [SetUp]
    public async Task Begin() => _redis = await ConnectionMultiplexer.ConnectAsync(await TestRedis.FreshDatabaseAsync());

    [TearDown]
    public ValueTask End() => _redis.DisposeAsync();

    [Test]
    public async Task Gives_back_what_another_host_stored()
    {
        Assert.That(await Store().GetAsync(Name, default), Is.Null);
        Assert.That(await Store().TryReplaceAsync(Name, null, s_token, default));

        Assert.That(await Store().GetAsync(Name, default), Is.EqualTo(s_token));
    }

    [Test]
    public async Task Replaces_only_what_the_caller_knows()
    {
        await Store().TryReplaceAsync(Name, null, s_token, default);

        Assert.That(await Store().TryReplaceAsync(Name, null, s_token with { Value = "LATE" }, default), Is.False);
        Assert.That(await Store().TryReplaceAsync(Name, "OTHER", s_token with { Value = "LATE" }, default), Is.False);
        Assert.That(await Store().TryReplaceAsync(Name, s_token.Value, s_token with { Value = "NEWER" }, default), Is.True);
        Assert.That((await Store().GetAsync(Name, default))!.Value, Is.EqualTo("NEWER"));
    }

    [Test]
    public async Task Nothing_readable_lies_in_Redis()
    {
        await Store().TryReplaceAsync(Name, null, s_token, default);

        var db = _redis.GetDatabase();
        var keys = _redis.GetServers()[0].Keys(db.Database).ToArray();
        var kept = keys.SelectMany(k => db.HashGetAll(k)).Select(e => Encoding.Latin1.GetString((byte[])e.Value!)).ToArray();
        Assert.That(kept, Is.Not.Empty);
        Assert.That(kept, Has.None.Contains(s_token.Value));
        Assert.That(kept.Concat(keys.Select(k => (string)k!)), Has.None.Contains(Secret));
    }

    [Test]
    public async Task What_was_changed_or_sealed_under_another_secret_counts_as_nothing()
    {
        await Store().TryReplaceAsync(Name, null, s_token, default);
        Assert.That(await Store("another-secret-of-the-account").GetAsync(Name, default), Is.Null);
        Assert.That(await Store("another-secret-of-the-account").TryReplaceAsync(Name, null, s_token, default), Is.True);

        var db = _redis.GetDatabase();
        foreach (var key in _redis.GetServers()[0].Keys(db.Database).ToArray())
        {
            var seal = (byte[])(await db.HashGetAsync(key, "seal"))!;
            seal[^1] ^= 1;
            await db.HashSetAsync(key, "seal", seal);
        }

        Assert.That(await Store().GetAsync(Name, default), Is.Null);
    }

    [Test]
    public async Task One_host_at_a_time_may_ask_the_platform()
    {
        var held = await Store().AcquireRefreshLeaseAsync(Name, TimeSpan.FromSeconds(30), TimeSpan.Zero, default);
        Assert.That(held, Is.Not.Null);
        Assert.That(await Store().AcquireRefreshLeaseAsync(Name, TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(300), default), Is.Null);

        var waiting = Store().AcquireRefreshLeaseAsync(Name, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30), default);
        await held!.DisposeAsync();

        Assert.That(await waiting, Is.Not.Null);
    }

    [Test]
    public async Task Hosts_share_one_rate()
    {
        var one = Bucket();
        var other = Bucket();

        TimeSpan[] waits = [await one.ReserveAsync("rate", 50, 10), await other.ReserveAsync("rate", 10, 10), await one.ReserveAsync("rate", 10, 10)];

        Assert.That(waits[0], Is.EqualTo(TimeSpan.Zero));
        Assert.That(waits[1].TotalSeconds, Is.InRange(3.0, 5.0));
        Assert.That((waits[2] - waits[1]).TotalSeconds, Is.InRange(0.0, 1.0));
        Assert.That(waits[2], Is.GreaterThan(waits[1]));
    }

    [Test]
    public async Task A_host_without_Redis_keeps_the_rate_alone()
    {
        await using var away = await ConnectionMultiplexer.ConnectAsync("127.0.0.1:1,abortConnect=false,connectTimeout=100,connectRetry=0,asyncTimeout=200");
        var bucket = new RedisTokenBucket(away, new LocalTokenBucket(TimeProvider.System), NullLogger<RedisTokenBucket>.Instance);

        Assert.That(await bucket.ReserveAsync("rate", 600, 10), Is.EqualTo(TimeSpan.Zero));
        Assert.That((await bucket.ReserveAsync("rate", 1, 10)).TotalSeconds, Is.InRange(30.0, 60.0));
    }

    [Test]
    public async Task Hosts_count_a_callers_calls_together()
    {
        ICallLimit one = Calls(_redis), other = Calls(_redis);
        var window = TimeSpan.FromSeconds(30);

        TimeSpan[] waits = [await one.CountAsync("live:a}b", 2, window), await other.CountAsync("live:a}b", 2, window), await one.CountAsync("live:a}b", 2, window)];

        Assert.That(waits[..2], Is.All.EqualTo(TimeSpan.Zero));
        Assert.That(waits[2].TotalSeconds, Is.InRange(1, 30));
        Assert.That(await other.CountAsync("live:calm", 2, window), Is.EqualTo(TimeSpan.Zero));
        await one.CountAsync("live:soon", 1, TimeSpan.FromMilliseconds(20));
        Assert.That(async () => await other.CountAsync("live:soon", 1, TimeSpan.FromMilliseconds(20)), Is.EqualTo(TimeSpan.Zero).After(5000, 25), "a new window");
    }

    [Test]
    public async Task A_host_without_Redis_counts_alone_and_turns_nobody_away_for_it()
    {
        await using var away = await ConnectionMultiplexer.ConnectAsync("127.0.0.1:1,abortConnect=false,connectTimeout=100,connectRetry=0,asyncTimeout=200");
        var calls = Calls(away);

        List<TimeSpan> waits = [];
        for (var call = 0; call < 4; call++)
            waits.Add(await calls.CountAsync("live:a", 3, TimeSpan.FromMinutes(1)));

        Assert.That(waits[..3], Is.All.EqualTo(TimeSpan.Zero));
        Assert.That(waits[3], Is.GreaterThan(TimeSpan.Zero));
    }

    private static RedisCallLimit Calls(ConnectionMultiplexer redis) => new(redis, new LocalCallLimit(TimeProvider.System), NullLogger<RedisCallLimit>.Instance);

    private RedisTokenBucket Bucket() => new(_redis, new LocalTokenBucket(TimeProvider.System), NullLogger<RedisTokenBucket>.Instance);

    private RedisTokenStore Store(string secret = Secret) =>
        new(_redis, Options.Create(new WeChatOptions { AppSecret = secret }), TimeProvider.System);
}
