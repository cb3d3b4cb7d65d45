using Bot.Data.Followers;
using Bot.Data.Postgres;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Data.Postgres;

public sealed class FollowersTests : StoreFixture
{
    private static readonly OpenId s_citizen = new("oFollower");
    private static readonly DateTimeOffset s_noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.FromHours(8));

    private PostgresFollowers _one = null!;
    private PostgresFollowers _other = null!;

    [SetUp]
    public void Meet() => (_one, _other) = (new(One), new(Other));

    private Task<Follower?> FindAsync() => _other.FindAsync(s_citizen, CancellationToken.None);

    [Test]
    public async Task Knows_nobody_who_never_followed_nor_wrote() => Assert.That(await FindAsync(), Is.Null);

    [Test]
    public async Task The_newest_event_decides_in_whichever_order_they_arrive()
    {
        (bool Follows, long At)[] events = [(true, 100), (false, 200), (true, 300), (false, 400)];
        foreach (var order in Orders(events))
        {
            await Empty();
            foreach (var (follows, at) in order)
                await (follows ? _one.FollowedAsync(s_citizen, at, $"scene_{at}", default) : _other.UnfollowedAsync(s_citizen, at, default));
            Assert.That((await FindAsync())!.Subscribed, Is.False);
            Assert.That(await AskAsync<long>("select last_event_time from follower"), Is.EqualTo(400));
        }
    }

    [Test]
    public async Task A_repeated_event_changes_nothing()
    {
        await _one.FollowedAsync(s_citizen, 100, "branch_1", default);
        await _one.UnfollowedAsync(s_citizen, 200, default);
        await _other.FollowedAsync(s_citizen, 100, "branch_1", default);
        Assert.That((await FindAsync())!.Subscribed, Is.False);
        await _other.FollowedAsync(s_citizen, 300, null, default);
        Assert.That(await FindAsync(), Is.EqualTo(new Follower(s_citizen, true, null, null)));
    }

    [Test]
    public async Task Takes_any_openid_scene_and_time_that_the_platform_may_send()
    {
        foreach (var id in new[] { "x", new string('x', 128), string.Concat(Enumerable.Repeat("😀", 128)), "a'b\"c\\", "../", " " })
        {
            await _one.FollowedAsync(new(id), 100, "svc_1", default);
            Assert.That((await _one.FindAsync(new(id), default))?.Subscribed, Is.True, id);
        }

        foreach (var scene in new[] { "", " ", new string('s', 63) + "😀", new string('s', 5000), "😀" })
        {
            await _one.FollowedAsync(s_citizen, 100, scene, default);
            Assert.That((await FindAsync())!.Subscribed, Is.True, scene);
        }

        await _one.FollowedAsync(s_citizen, long.MaxValue, null, default);
        await _one.UnfollowedAsync(new("oNever"), long.MaxValue, default);
        Assert.That((await _one.FindAsync(new("oNever"), default))!.Subscribed, Is.False);
    }

    [Test]
    public async Task Notes_when_somebody_was_last_heard_of_and_never_goes_back()
    {
        await _one.HeardFromAsync([new(s_citizen, s_noon)], default);
        await _one.HeardFromAsync([new(s_citizen, s_noon.AddMinutes(-5))], default);
        Assert.That((await FindAsync())!.LastMessageAt, Is.EqualTo(s_noon));
        await _one.HeardFromAsync([new(s_citizen, s_noon.AddMinutes(1)), new(s_citizen, s_noon.AddMinutes(3)), new(s_citizen, s_noon.AddMinutes(2))], default);
        Assert.That((await FindAsync())!.LastMessageAt, Is.EqualTo(s_noon.AddMinutes(3)));
    }

    [Test]
    public async Task Who_writes_follows_unless_an_event_says_otherwise()
    {
        await _one.HeardFromAsync([new(s_citizen, s_noon)], default);
        Assert.That((await FindAsync())!.Subscribed, Is.True);
        await _one.UnfollowedAsync(s_citizen, 1, default);
        await _one.HeardFromAsync([new(s_citizen, s_noon.AddMinutes(1))], default);
        Assert.That((await FindAsync())!.Subscribed, Is.False, "a message noted late does not undo it");
    }

    [Test]
    public async Task Two_hosts_note_the_same_citizens_at_once_without_locking_each_other_out()
    {
        var citizens = Enumerable.Range(0, 1000).Select(n => new OpenId($"o{n}")).ToArray();
        for (var round = 0; round < 5; round++)
        {
            var at = s_noon.AddMinutes(round);
            var up = citizens.Concat(citizens).Select(c => new Heard(c, at)).ToArray();
            var down = up.Reverse().Select(h => h with { At = at.AddSeconds(1) }).ToArray();
            await Task.WhenAll(_one.HeardFromAsync(up, default), _other.HeardFromAsync(down, default));
        }

        Assert.That(await AskAsync<long>("select count(*) from follower where last_message_at = '2026-11-23T12:04:01+08'"), Is.EqualTo(1000));
    }

    private static IEnumerable<T[]> Orders<T>(T[] items) => items.Length == 1
        ? [items]
        : items.SelectMany((item, i) => Orders<T>([.. items[..i], .. items[(i + 1)..]]).Select(rest => (T[])[item, .. rest]));
}
