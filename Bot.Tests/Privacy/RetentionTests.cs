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
    private static readonly RetentionPeriods s_periods = new(Messages: 10, FormerFollowers: 20, StaffSessions: 180, Readings: 30, PrivacyRequests: 40, Commenters: 90, Visits: 200, Conversations: 50);

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
    public async Task Forgets_who_booked_and_came_and_what_was_said_at_the_desk()
    {
        await ExecuteAsync(
            """
            insert into department (code, name) values ('d', '局') on conflict do nothing;
            insert into branch (code, department, name, address) values ('b', 'd', '大厅', '路');
            insert into counter_group (branch, name, letter, slot_minutes, per_counter) values ('b', '窗口', 'A', 30, 1);
            insert into service_item (code, department, name, minutes) values ('s', 'd', '事项', 30);
            insert into slot (counter_group, day, start, finish, capacity) select id, current_date - past, '09:00', '09:30', 1 from counter_group, unnest(array[202, 150]) as past;
            insert into booking (number, run_id, openid, service, counter_group, day, start, starts_at, person, phone_key, nth, name, id_number, phone, status, booked_at, changed_at)
                select 'YY' || day, gen_random_uuid(), 'o1', 's', counter_group, day, start, day, sha256('p'), sha256('k'), 1, 'n', 'i', 't', 'missed', day, day from slot;
            insert into booking_ban (person, openid, booking, since, until, appeal, appealed_at) select person, openid, number, day, day + 1, '病了', day from booking;
            insert into visit (counter_group, day, ticket, booking, openid, service, came_at) select counter_group, day, 'A001', number, openid, service, day from booking;
            insert into waitlist (run_id, openid, service, counter_group, day, start, person, details, status, made_at)
                select gen_random_uuid(), 'o1', 's', counter_group, day, start, sha256('p'), 'x', 'ended', day from slot;
            insert into conversation (openid, opened_at, heard_at, closed_at, waits) values
                ('old', now() - interval '60 days', now() - interval '60 days', now() - interval '51 days', false),
                ('new', now() - interval '60 days', now() - interval '60 days', now() - interval '49 days', false),
                ('open', now() - interval '60 days', now() - interval '60 days', null, true);
            insert into conversation_line (conversation, words, at) select id, '您好', now() from conversation
            """);
        var retention = new PostgresRetention(One);
        Assert.That(await retention.ForgetAsync(s_periods, DateTimeOffset.UtcNow, default), Is.EqualTo(5), "a booking, its ban, its visit, a place in the queue, a conversation");
        Assert.That(await AskAsync<string>("select string_agg(openid || encode(name, 'escape') || status, ',' order by day) from booking"), Is.EqualTo("missed,o1nmissed"));
        Assert.That(await AskAsync<string>("select string_agg(openid || coalesce(appeal, ''), ',' order by until) from booking_ban"), Is.EqualTo(",o1病了"));
        Assert.That(await AskAsync<string>("select string_agg(openid, ',' order by day) from visit"), Is.EqualTo(",o1"));
        Assert.That(await AskAsync<int>("select count(*) from waitlist"), Is.EqualTo(1));
        Assert.That(await AskAsync<string>("select string_agg(openid, ',' order by openid) from conversation"), Is.EqualTo("new,open"));
        Assert.That(await AskAsync<int>("select count(*) from conversation_line"), Is.EqualTo(2));
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
