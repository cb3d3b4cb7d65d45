using Bot.Data.Jobs;
using Bot.Data.Postgres;
using Bot.Handlers.Followers;
using Bot.Handlers.Jobs;
using Bot.Tests.Data.Postgres;
using Bot.WeChat;
using Bot.WeChat.Api;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Bot.Tests.Followers;

public sealed class TagMirrorTests : StoreFixture
{
    private const string TooLong = "2026年老年人免费乘车证申领";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 27, 4, 0, 0, TimeSpan.FromHours(8)));
    private Account _account = null!;
    private PostgresFollowerTags _mirror = null!;

    [SetUp]
    public async Task Start()
    {
        await ExecuteAsync("truncate follower_tag; delete from follower where openid like 'oTagged%'");
        (_account, _mirror) = (new(), new(One, _clock));
    }

    [Test]
    public async Task A_tag_that_WeChat_does_not_take_is_asked_for_once_and_keeps_nothing_back()
    {
        await ExecuteAsync(
            $"""
            insert into follower (openid, followed_at) select 'oTagged' || n, now() from generate_series(100, 219) n;
            insert into follower_tag (openid, tag) select 'oTagged' || n, '{TooLong}' from generate_series(100, 218) n;
            insert into follower_tag (openid, tag) values ('oTagged219', '老邻居')
            """);
        Assert.That(await RunAsync(), Is.InstanceOf<JobOutcome.Done>());
        Assert.That(_account.Asked.Count(name => name == TooLong), Is.EqualTo(1));
        Assert.That(_account.Given, Is.EqualTo(new[] { "oTagged219" }));
        Assert.That(await _mirror.UntoldAsync(default), Is.EqualTo([TooLong]), "named to staff");
    }

    [Test]
    public async Task What_WeChat_has_is_seen_though_ours_cannot_be_told()
    {
        await ExecuteAsync("insert into follower (openid, followed_at) values ('oTagged1', now()); insert into follower_tag (openid, tag) values ('oTagged1', '老邻居')");
        (_account.Lists, _account.Refuses) = ([new(100, "志愿者", 1)], true);
        await RunAsync();
        Assert.That(await _mirror.ListAsync(default), Does.Contain(("志愿者", 1L)));
    }

    [Test]
    public async Task Of_two_comparisons_at_once_the_later_one_counts()
    {
        await ExecuteAsync("insert into follower (openid, followed_at) values ('oTagged1', now())");
        var (first, second) = (_clock.GetUtcNow(), _clock.GetUtcNow().AddSeconds(20));
        await _mirror.SeenAsync([new("oTagged1")], "志愿者", second, default);
        await _mirror.SeenAsync([new("oTagged1")], "志愿者", first, default);
        await _mirror.DropAsync(second, default);
        Assert.That(await _mirror.ListAsync(default), Is.EqualTo([("志愿者", 1L)]));
    }

    private Task<JobOutcome> RunAsync() =>
        new TagMirror(_account, new(_account, _mirror), _mirror, _clock).RunAsync(new Job(1, TagMirror.JobKind, "now", "{}", 1, Guid.NewGuid()), default);

    // Its list of tags, and what it says to new ones.
    private sealed class Account : ITags
    {
        private static readonly ApiError s_tooLong = new(45158, "", null, ErrorClass.FixRequest);
        private static readonly ApiError s_away = new(40164, "", null, ErrorClass.Alert);

        public List<Tag> Lists { get; set; } = [];
        public bool Refuses { get; set; }
        public List<string> Asked { get; } = [];
        public List<string> Given { get; } = [];

        public Task<ApiResult<Tag>> CreateAsync(string name, CancellationToken ct)
        {
            Asked.Add(name);
            if (Refuses || name == TooLong)
                return Task.FromResult<ApiResult<Tag>>(Refuses ? s_away : s_tooLong);
            Tag made = new(100 + Lists.Count, name);
            Lists.Add(made);
            return Task.FromResult<ApiResult<Tag>>(made);
        }

        public Task<ApiResult<IReadOnlyList<Tag>>> ListAsync(CancellationToken ct) => Task.FromResult<ApiResult<IReadOnlyList<Tag>>>(Lists);

        public Task<ApiResult<Done>> GiveAsync(int id, IReadOnlyList<OpenId> citizens, CancellationToken ct)
        {
            Given.AddRange(citizens.Select(c => c.Value));
            return Task.FromResult<ApiResult<Done>>(default(Done));
        }

        public Task<ApiResult<OpenIdPage>> FollowersAsync(int id, OpenId? after, CancellationToken ct) =>
            Task.FromResult<ApiResult<OpenIdPage>>(new OpenIdPage(1, [new("oTagged1")], null));

        // Not asked for here.
        public Task<ApiResult<Done>> RenameAsync(int id, string name, CancellationToken ct) => throw new NotSupportedException();
        public Task<ApiResult<Done>> DeleteAsync(int id, CancellationToken ct) => throw new NotSupportedException();
        public Task<ApiResult<Done>> TakeAsync(int id, IReadOnlyList<OpenId> citizens, CancellationToken ct) => throw new NotSupportedException();
        public Task<ApiResult<IReadOnlyList<int>>> OfAsync(OpenId citizen, CancellationToken ct) => throw new NotSupportedException();
    }
}
