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
    private static readonly RetentionPeriods s_periods = new()
    {
        MessageDays = 10, FormerFollowerDays = 20, StaffSessionDays = 180, ReadingDays = 30, PrivacyRequestDays = 40, CommenterDays = 90, VisitDays = 50, WaitlistDays = 5,
        VisitorDays = 60, ConversationDays = 15,
    };

    private PostgresRetention Retention => new(One, new ForgottenCases(One, new CaseContents(One)));

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
        var retention = Retention;
        Assert.That(await retention.ForgetAsync(s_periods, DateTimeOffset.UtcNow, default), Is.EqualTo(4));
        Assert.That(await AskAsync<string>("select string_agg((openid_hash is null)::text, ',' order by id) from consultation_comment"), Is.EqualTo("true,false"));
        Assert.That(await AskAsync<string>("select string_agg(key, ',' order by key) from citizen_message where words <> ''"), Is.EqualTo("new,waits"));
        Assert.That(await AskAsync<string>("select string_agg(openid, ',' order by openid) from follower"), Is.EqualTo("here,left"));
        Assert.That(await AskAsync<int>("select count(*) from policy_reading"), Is.EqualTo(1));
        Assert.That(await retention.ForgetAsync(s_periods, DateTimeOffset.UtcNow, default), Is.Zero, "once");
    }

    // Each table with a row from before its time and one from after it; whoever follows keeps theirs. Of what hangs on other tables only the row itself matters here.
    [Test]
    public async Task Forgets_citizens_in_every_table_in_its_own_time()
    {
        await ExecuteAsync(
            """
            set session_replication_role = replica;
            insert into booking (number, run_id, openid, service, counter_group, day, start, starts_at, person, phone_key, nth, name, id_number, phone, claim, booked_at, changed_at)
                select 'YY' || n, gen_random_uuid(), case n when 3 then '' else 'o' || n end, 's', 1, current_date - d, '09:00', now(), sha256('p'), sha256('t'), n, 'x', 'x', 'x', 'disabled', now(), now()
                from (values (1, 52), (2, 48), (3, 52)) v (n, d);
            insert into visit (counter_group, day, ticket, openid, service, came_at) values (1, current_date - 52, 'A1', 'o1', 's', now()), (1, current_date - 48, 'A2', 'o2', 's', now());
            insert into visit_rating (visit, level, words, rated_at) values (1, 5, '好', now() - interval '52 days'), (2, 5, '好', now() - interval '48 days');
            insert into booking_ban (person, openid, booking, since, until) values (sha256('p'), 'o1', 'YY1', now() - interval '90 days', now() - interval '52 days'), (sha256('p'), 'o2', 'YY2', now() - interval '90 days', now() - interval '48 days');
            insert into waitlist (run_id, openid, service, counter_group, day, start, person, details, made_at)
                select gen_random_uuid(), 'o' || d, 's', 1, current_date - d, '09:00', sha256('p'), 'x', now() from (values (7), (3)) v (d);
            insert into visitor (id, openid, person, name, id_number, phone, family, agreed_at)
                select gen_random_uuid(), 'o' || d, sha256('p'), 'x', 'x', 'x', false, now() - make_interval(days => d) from (values (61), (59)) v (d);
            insert into booking_hold (openid, holder, counter_group, day, start) values ('o1', gen_random_uuid(), 1, current_date - 3, '09:00'), ('o2', gen_random_uuid(), 1, current_date + 1, '09:00');
            insert into person_asked values ('o1', current_date - 3, sha256('p')), ('o2', current_date + 1, sha256('p'));
            insert into citizen_place values ('o1', 30, 120, now() - interval '2 days'), ('o2', 30, 120, now());
            insert into conversation (openid, opened_at, heard_at, closed_at, waits) values
                ('o1', now() - interval '30 days', now() - interval '16 days', null, true), ('o2', now() - interval '30 days', now() - interval '29 days', now() - interval '14 days', false);
            insert into conversation_line (conversation, words, at) select id, '您好', now() from conversation;
            insert into survey (title, anonymous, editable, audience_kind, opens_at, closes_at, version, ended_at, made_by) values ('问卷', false, false, 'all', now() - interval '200 days', now() - interval '100 days', 1, now() - interval '91 days', 'a');
            insert into survey_answer (survey, version, anonymous, token, run_id, answered_at, picks, numbers, texts) select 1, 1, false, sha256('o1'), gen_random_uuid(), now(), '{1}', '{null}', '{null}';
            set session_replication_role = default;
            insert into follower (openid, subscribed, unsubscribed_at) values ('gone', false, now() - interval '21 days'), ('here', true, null);
            insert into consent select o, 'booking', 'v1', now() - interval '22 days' from unnest('{gone,here}'::text[]) o;
            insert into follower_tag select o, '老年人', now() - interval '22 days' from unnest('{gone,here}'::text[]) o;
            insert into topic_subscription select '户籍', o, now() - interval '22 days' from unnest('{gone,here}'::text[]) o;
            insert into notice_opt_out select o, now() - interval '22 days' from unnest('{gone,here}'::text[]) o;
            insert into subscription_grant (openid, template_id, changed_at) select o, 't', now() - interval '22 days' from unnest('{gone,here}'::text[]) o;
            insert into subscription_entry (openid, template_id, kind, cause, at) select o, 't', 'accept', '1', now() - interval '22 days' from unnest('{gone,here}'::text[]) o;
            """);
        await Retention.ForgetAsync(s_periods, DateTimeOffset.UtcNow, default);

        Assert.That(await AskAsync<string>("select string_agg(number, ',' order by number) from booking where name <> ''"), Is.EqualTo("YY2"));
        Assert.That(await AskAsync<string>("select openid || claim || encode(name || id_number || phone, 'hex') from booking where number = 'YY1'"), Is.Empty);
        Assert.That(await AskAsync<int>("select count(*) from booking where person = sha256('p')"), Is.EqualTo(1));
        Assert.That(await AskAsync<string>("select string_agg(openid || coalesce(words, ''), ',' order by id) from visit left join visit_rating on visit = id"), Is.EqualTo(",o2好"));
        foreach (var table in (string[])["booking_ban", "waitlist", "visitor", "booking_hold", "person_asked", "citizen_place", "conversation", "conversation_line"])
            Assert.That(await AskAsync<int>($"select count(*) from {table}"), Is.EqualTo(1), table);
        foreach (var table in (string[])["follower", "consent", "follower_tag", "topic_subscription", "notice_opt_out", "subscription_grant", "subscription_entry"])
            Assert.That(await AskAsync<string>($"select string_agg(openid, ',') from {table}"), Is.EqualTo("here"), table);
        Assert.That(await AskAsync<int>("select count(*) from survey_answer where token = sha256('o1')"), Is.Zero);
        Assert.That(await AskAsync<int>("select count(*) from survey_answer where picks = '{1}'"), Is.EqualTo(1));
        Assert.That(await Retention.ForgetAsync(s_periods, DateTimeOffset.UtcNow, default), Is.Zero, "once");
    }

    [Test]
    public async Task Comes_again_at_three_in_the_morning_in_Beijing()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 9, 30, 0, TimeSpan.FromHours(8)));
        var outcome = await new RetentionJob(Retention, s_periods, clock).RunAsync(new Job(1, "retention", "nightly", "{}", 1, Guid.Empty), default);
        Assert.That(((JobOutcome.Again)outcome).At, Is.EqualTo(new DateTimeOffset(2026, 11, 24, 3, 0, 0, TimeSpan.FromHours(8))));
    }
}
