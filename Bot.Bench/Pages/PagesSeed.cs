using System.Globalization;
using System.Security.Cryptography;
using Bot.Data.Appointments;
using Bot.Data.Postgres;
using Bot.Data.Privacy;
using Npgsql;
using NpgsqlTypes;

namespace Bot.Bench.Pages;

/// <summary>A busy city's year, beside the demo's content: written straight into the tables, as the stores would leave it.</summary>
internal static class PagesSeed
{
    private const int Seconds = 600;
    private const int DaysBehind = 60;
    private const int DaysAhead = 13;

    // Spread over 365 days; what is older than three weeks is settled, but for one in five hundred.
    private const string Cases =
        """
        insert into case_file (number, run_id, kind, category, state, story, department, assignee, filed_at, accept_by, answer_by, accepted_at, answered_at, closed_at,
            escalation, reply, reply_by, rating, rated_at, rated_department, call_back_due, publicity, public_title, public_story, public_reply, published_at)
        select 'TX' || lpad(n::text, 12, '0'), gen_random_uuid(), c.kind, c.code, s.state, '第 ' || n || ' 件：小区门口的路灯坏了好几天，晚上出入很不方便，请尽快派人来修。', c.department,
            case when s.state in ('handling', 'answered', 'rating', 'closed') then p.name end,
            t.filed, t.filed + interval '1 day', t.by, case when s.state <> 'filed' then t.filed + interval '5 hours' end,
            case when s.answered then t.answered end, case when s.state = 'closed' then t.answered + interval '3 days' end,
            case when s.answered or t.by > now() + interval '1 day' then 0 when t.by > now() then 1 else 2 end,
            case when s.answered then '您反映的路灯已经修好。' end, case when s.answered then p.name end,
            case when s.rated then 1 + (n * 7 % 50) % 5 end, case when s.rated then t.answered + interval '1 day' end, case when s.rated then c.department end,
            s.rated and n % 4000 = 0, case when s.answered and c.kind <> 'report' and n % 300 = 0 then 'public' when s.answered and c.kind <> 'report' and n % 2000 = 1 then 'wish' else 'no' end,
            case when n % 300 = 0 then '路灯' end, case when n % 300 = 0 then '路灯坏了' end, case when n % 300 = 0 then '已经修好' end,
            case when s.answered and c.kind <> 'report' and n % 300 = 0 then t.answered + interval '4 days' end
        from generate_series(1, @cases) n
        cross join lateral (select now() - interval '365 days' * (1 - n / @cases::float8) as filed) f
        join (select row_number() over (order by code) - 1 as place, count(*) over () as of, code, kind, department from case_category where kind <> 'disclosure') c on c.place = n % c.of
        left join (select distinct on (department) department, name from staff where 'officer' = any(roles) order by department, id) p on p.department = c.department
        cross join lateral (select f.filed, f.filed + interval '18 days' as by, f.filed + interval '1 day' * (2 + n % 20) as answered) t
        cross join lateral (select case when t.answered > now() or n % 500 = 0 then (array['filed', 'accepted', 'dispatched', 'handling'])[case when t.filed > now() - interval '1 day' then 1 else 2 + n % 3 end]
            when n % 100 = 0 then 'refused' when t.answered > now() - interval '3 days' then 'rating' else 'closed' end as state) z
        cross join lateral (select z.state, z.state in ('rating', 'closed') as answered, z.state = 'closed' and n % 3 > 0 as rated) s
        """;

    // Most of them one big notice's, one in ten a notice of its own.
    private const string Notices =
        """
        with t as (insert into notice_template (code, template_id, version) values ('bench', 'BENCH', 1) returning id)
        insert into notice_template_version (template, version, title, content) select id, 1, '业务办理进度提醒', '申请事项:{{thing1.DATA}}\n办理进度:{{phrase2.DATA}}' from t;

        insert into notice (public_id, origin, template_version, lane, status, made_by, approved_by, recipients, created_at, approved_at, started_at, finished_at, settled_at)
        select 'N' || lpad(n::text, 20, '0'), case when n = 0 then 'console' when n % 3 = 0 then 'flow' else 'api' end, v.id, case when n = 0 then 'bulk' else 'single' end, 'done',
            case when n = 0 then 'zhidan' when n % 3 = 0 then 'bot' else 'api:office' end, case when n = 0 then 'shenhe' end, case when n = 0 then @notices - @notices / 10 else 1 end,
            at, at, at, at + interval '2 seconds', at + interval '10 seconds'
        from generate_series(0, @notices / 10) n cross join lateral (select now() - interval '30 days' * (1 - n / (@notices / 10.0)) as at) t
        cross join (select min(id) as id from notice_template_version) v;

        insert into notice_recipient (notice_id, row_number, openid, data, status, pending, single, next_attempt_at, attempts, sent_at, finished_at)
        select o.id, r, 'oBench' || lpad((n.id * 7 + r)::text, 22, '0'), '{"thing1":"居住证办理","phrase2":"审核通过"}',
            case when r % 40 = 0 then 'failed' when r % 25 = 0 then 'refused' else 'delivered' end, false, o.lane = 'single', case when o.lane = 'single' then o.created_at end, 1, o.created_at + interval '1 second', o.finished_at
        from notice o cross join lateral generate_series(1, o.recipients) r cross join lateral (select o.id) n
        where o.public_id like 'N000%';

        insert into notice_tally (notice_id, delivered, refused, failed)
        select r.notice_id, count(*) filter (where r.status = 'delivered'), count(*) filter (where r.status = 'refused'), count(*) filter (where r.status = 'failed')
        from notice_recipient r join notice o on o.id = r.notice_id where o.public_id like 'N000%' group by 1
        """;

    private const string Followers =
        """
        insert into follower (openid, subscribed, followed_at, unsubscribed_at, scene, last_message_at)
        select 'oBench' || lpad(n::text, 22, '0'), n % 20 <> 0, now() - interval '365 days' * (1 - n / @followers::float8), case when n % 20 = 0 then now() - interval '300 days' * (1 - n / @followers::float8) end,
            case when n % 3 = 0 then 'svc_1' when n % 5000 = 1 then 'poster_7' end, case when n % 2 = 0 then now() - interval '90 days' * (n * 7919 % @followers) / @followers end
        from generate_series(1, @followers) n
        on conflict do nothing
        """;

    // Two a case: nearly all of them done.
    private const string Jobs =
        """
        insert into job (kind, key, status, due_at, created_at, finished_at)
        select case n % 3 when 0 then 'case.clock' when 1 then 'citizen-message' else 'booking.day' end, 'bench:' || n, case when n % 100000 = 7 then 'cancelled' else 'done' end, at, at, at
        from generate_series(1, 2 * @cases) n cross join lateral (select now() - interval '30 days' * (1 - n / (2 * @cases::float8)) as at) t
        on conflict do nothing
        """;

    // Each of the halls' slots, in turn; the people's fields are sealed as theirs.
    private const string Slots =
        """
        select g.id, d::date, s::time, (s + interval '30 minutes')::time, (select o.service from service_offer o where o.counter_group = g.id order by o.service limit 1)
        from counter_group g, generate_series(current_date - @DaysBehind, current_date + @DaysAhead, interval '1 day') d, generate_series(timestamp '2000-01-01 09:00', '2000-01-01 16:30', interval '30 minutes') s
        where g.active and exists (select from service_offer o where o.counter_group = g.id) order by d, g.id, s
        """;

    public static async Task<bool> IsThereAsync(NpgsqlDataSource db) =>
        (await db.ReadAsync("select exists (select from case_file where number like 'TX0%')", new { }, r => r.GetBoolean(0), default, Seconds))[0];

    public static async Task WriteAsync(NpgsqlDataSource db, int cases, int bookings, int notices, int followers)
    {
        await using var connection = await db.OpenConnectionAsync();
        // Neither triggers nor foreign keys: what they would do is done above.
        await RunAsync(connection, "set session_replication_role = replica; set synchronous_commit = off; set maintenance_work_mem = '512MB'", new { });
        await RunAsync(connection, Cases, new { cases });
        await RunAsync(connection, Notices, new { notices });
        await RunAsync(connection, Followers, new { followers });
        await RunAsync(connection, Jobs, new { cases });
        await BookAsync(db, connection, bookings);
        await RunAsync(connection, "vacuum analyze", new { });
    }

    private static async Task BookAsync(NpgsqlDataSource db, NpgsqlConnection connection, int bookings)
    {
        var slots = await connection.ReadAsync(null, Slots, new { DaysBehind, DaysAhead }, r => (Group: r.GetInt32(0), Day: r.GetFieldValue<DateOnly>(1), Start: r.GetFieldValue<TimeOnly>(2), Finish: r.GetFieldValue<TimeOnly>(3), Service: r.GetString(4)), default);
        var cipher = await new PostgresFieldCiphers(db, MasterKeys.None, CipherSuite.Aes, TimeProvider.System).GetAsync(default);
        var today = Place.DateOf(TimeProvider.System.GetUtcNow());
        await using (var writer = await connection.BeginBinaryImportAsync(
            "copy booking (number, run_id, openid, service, counter_group, day, start, starts_at, person, phone_key, nth, name, id_number, phone, status, booked_at, changed_at) from stdin (format binary)"))
        {
            for (var n = 0; n < bookings; n++)
            {
                var (slot, run) = (slots[(int)((long)n * slots.Count / bookings)], Guid.NewGuid());
                var (row, startsAt) = (run.ToString("N"), new DateTimeOffset(slot.Day.ToDateTime(slot.Start), TimeSpan.FromHours(8)).UtcDateTime);
                await writer.StartRowAsync();
                await writer.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"YX{n:D12}"));
                await writer.WriteAsync(run);
                await writer.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"oBench{n:D22}"));
                await writer.WriteAsync(slot.Service);
                await writer.WriteAsync(slot.Group);
                await writer.WriteAsync(slot.Day, NpgsqlDbType.Date);
                await writer.WriteAsync(slot.Start, NpgsqlDbType.Time);
                await writer.WriteAsync(startsAt, NpgsqlDbType.TimestampTz);
                await writer.WriteAsync(RandomNumberGenerator.GetBytes(32));
                await writer.WriteAsync(RandomNumberGenerator.GetBytes(32));
                await writer.WriteAsync((short)1, NpgsqlDbType.Smallint);
                await writer.WriteAsync(cipher.Seal("booking.name", row, "王小明"));
                await writer.WriteAsync(cipher.Seal("booking.id_number", row, "11010119900307001X"));
                await writer.WriteAsync(cipher.Seal("booking.phone", row, "13800138000"));
                await writer.WriteAsync(slot.Day >= today ? "booked" : n % 9 == 0 ? "missed" : "served");
                await writer.WriteAsync(startsAt.AddDays(-5), NpgsqlDbType.TimestampTz);
                await writer.WriteAsync(startsAt.AddDays(-5), NpgsqlDbType.TimestampTz);
            }

            await writer.CompleteAsync();
        }

        await RunAsync(connection,
            """
            insert into slot (counter_group, day, start, finish, capacity, taken)
            select b.counter_group, b.day, b.start, b.start + interval '30 minutes', count(*) + 5, count(*) from booking b where b.number like 'YX0%' group by 1, 2, 3
            on conflict (counter_group, day, start) do update set capacity = slot.capacity + excluded.capacity, taken = slot.taken + excluded.taken
            """, new { });
    }

    private static Task RunAsync(NpgsqlConnection connection, string sql, object parameters) =>
        connection.ReadAsync(null, sql, parameters, _ => 0, default, Seconds);
}
