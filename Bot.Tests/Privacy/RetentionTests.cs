using Bot.Data.Jobs;
using Bot.Data.Postgres;
using Bot.Data.Privacy;
using Bot.Handlers.Jobs;
using Bot.Handlers.Privacy;
using Bot.Tests.Data.Postgres;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Bot.Tests.Privacy;

public sealed class RetentionTests : StoreFixture
{
    private static readonly RetentionPeriods s_periods = new(Messages: 10, FormerFollowers: 20, StaffSessions: 180, Readings: 30, PrivacyRequests: 40, Commenters: 90);

    [Test]
    public async Task Forgets_what_was_kept_long_enough_and_nothing_else()
    {
        await ExecuteAsync(
            """
            truncate citizen_message, consultation, consultation_version, consultation_comment, consultation_point;
            insert into citizen_message (key, openid, words, status, created_at) values
                ('old', 'o1', '办结', 'sent', now() - interval '11 days'), ('new', 'o1', '办结', 'sent', now() - interval '9 days'),
                ('waits', 'o1', '办结', 'waiting', now() - interval '11 days');
            insert into follower (openid, subscribed, unsubscribed_at) values
                ('gone', false, now() - interval '21 days'), ('left', false, now() - interval '19 days'), ('here', true, null);
            insert into consultation (draft, made_by, version, report_public_at) values ('{}', 'a', 1, now() - interval '91 days'), ('{}', 'a', 1, now() - interval '89 days');
            insert into consultation_version select id, 1, '{"parts":[{}]}', now() - interval '200 days', now() - interval '100 days', 'a', 'b', now() from consultation;
            insert into consultation_comment (consultation, version, part, run_id, words, way, openid_hash, openid, made_at)
                select id, 1, '', gen_random_uuid(), '好', 'chat', sha256('o1'), 'x', now() from consultation;
            insert into policy (id, type, title, issuer, category) values ('P1', 'guide', '居住证', '公安', '户籍');
            insert into policy_reading values ('P1', current_date - 32, 1), ('P1', current_date - 5, 1)
            """);
        var retention = new PostgresRetention(One);
        Assert.That(await retention.ForgetAsync(s_periods, DateTimeOffset.UtcNow, default), Is.EqualTo(4));
        Assert.That(await AskAsync<string>("select string_agg((openid_hash is null)::text, ',' order by id) from consultation_comment"), Is.EqualTo("true,false"));
        Assert.That(await AskAsync<string>("select string_agg(key, ',' order by key) from citizen_message where words <> ''"), Is.EqualTo("new,waits"));
        Assert.That(await AskAsync<string>("select string_agg(openid, ',' order by openid) from follower"), Is.EqualTo("here,left"));
        Assert.That(await AskAsync<int>("select count(*) from policy_reading"), Is.EqualTo(1));
        Assert.That(await retention.ForgetAsync(s_periods, DateTimeOffset.UtcNow, default), Is.Zero, "once");
    }

    [Test]
    public async Task Comes_again_at_three_in_the_morning_in_Beijing()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 9, 30, 0, TimeSpan.FromHours(8)));
        var outcome = await new RetentionJob(new PostgresRetention(One), s_periods, clock).RunAsync(new Job(1, "retention", "nightly", "{}", 1, Guid.Empty), default);
        Assert.That(((JobOutcome.Again)outcome).At, Is.EqualTo(new DateTimeOffset(2026, 11, 24, 3, 0, 0, TimeSpan.FromHours(8))));
    }
}
