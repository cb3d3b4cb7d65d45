using Bot.Data;
using Bot.Tests.Infrastructure;
using Dapper;
using Npgsql;
using NUnit.Framework;

namespace Bot.Tests.Data;

/// <summary>What older releases wrote is filled up by the migrations that came after.</summary>
public sealed class OldRowsTests
{
    [Test]
    public async Task Rows_of_before_get_what_was_added_since()
    {
        await using var database = await TestDatabase.CreateAsync(migrated: false);
        await using var connection = await database.DataSource.OpenConnectionAsync();
        await MigrateAsync(connection, name => string.CompareOrdinal(name, "0027") < 0);
        await connection.ExecuteAsync(
            """
            insert into department (code, name) values ('urban', '市城市管理局'), ('market', '市市场监督管理局') on conflict do nothing;
            insert into staff (name, display_name, password_hash, roles, department) values ('zhao', '赵强', 'x', '{officer}', 'urban'), ('sun', '孙杰', 'x', '{officer}', 'market');
            insert into case_file (number, run_id, kind, category, state, story, department, assignee, reply_by, filed_at, accept_by, answer_by, answered_at, reopened, rating, rated_at)
            select number, gen_random_uuid(), 'complaint', 'complaint-other', state, '内容', department, person, person, now(), now(), now(), now(), reopened, rating, case when rating is not null then now() end
            from (values ('good', 'closed', 'urban', 'zhao', 0, 5), ('bad', 'handling', 'market', 'sun', 1, 1), ('late', 'handling', 'urban', 'zhao', 1, null), ('slow', 'handling', 'urban', 'zhao', 1, null))
                c (number, state, department, person, reopened, rating);
            insert into case_citizen (case_id, openid_hash, openid, owner, run_id, joined_at)
            select id, sha256(convert_to(number, 'UTF8')), '', number in ('good', 'bad'), gen_random_uuid(), now() from case_file where number in ('good', 'bad', 'late');
            insert into case_event (case_id, at, actor, act, state, department, words, shown)
            select c.id, now(), e.actor, e.act, e.state, e.department, '', true
            from (values (1, 'bad', 'zhao', 'reply', 'answered', 'urban'), (2, 'bad', 'citizen', 'rate', 'rating', 'urban'), (3, 'bad', 'system', 'reopen', 'accepted', null), (4, 'bad', 'sun', 'reply', 'answered', 'market'),
                (5, 'late', 'system', 'overdue', 'handling', 'urban'), (6, 'late', 'citizen', 'reopen', 'accepted', null),
                (7, 'slow', 'system', 'overdue', 'filed', null), (8, 'slow', 'citizen', 'reopen', 'accepted', null)) e (place, number, actor, act, state, department)
            join case_file c on c.number = e.number order by e.place;
            insert into consultation (draft, version, made_by) values ('{}', 1, 'bianji');
            insert into consultation_version (consultation, version, paper, opens_at, closes_at, submitted_by, published_by, published_at)
            select id, 1, '{"parts":[{}]}', now(), now() + interval '1 day', 'bianji', 'shenhe', now() from consultation;
            insert into consultation_comment (consultation, version, part, run_id, words, way, made_at, state, reason, judged_by)
            select id, 1, '', gen_random_uuid(), reason, 'page', now(), 'hidden', reason, 'shenhe' from consultation, unnest(array['广告或推销', '含有个人信息']) reason;
            insert into notice_webhook (owner, url, secret, created_at) values ('live:old', 'https://old.example.gov.cn/', 'x', now());
            insert into notice_webhook_call (owner, body, created_at) values ('live:old', '[]', now()), ('live:old', '[]', now());
            insert into job (kind, key, data, due_at, status, finished_at)
            values ('notice-webhook', '1', '1', now(), 'waiting', null), ('notice-webhook', '2', '2', now(), 'parked', null), ('notice-webhook', '3', '3', now(), 'done', now());
            """);

        await MigrateAsync(connection, name => string.CompareOrdinal(name, "0027") >= 0);

        Assert.That(await connection.QueryAsync<(string, string?, string?, bool)>("select number, rated_department, rated_person, late_before from case_file order by number"), Is.EqualTo(new (string, string?, string?, bool)[]
        {
            ("bad", "urban", "zhao", false), ("good", "urban", "zhao", false), ("late", null, null, true), ("slow", null, null, false),
        }), "whoever answered before the rating was rated, and a missed answer stays missed");
        Assert.That(await connection.QueryAsync<string>("select number from case_file where filed_by_system order by number"), Is.EqualTo(new[] { "late", "slow" }), "nobody's own; who joined is not who filed");
        Assert.That(await connection.QueryAsync<(string, string, string)>("select kind, key, status from job where kind like '%webhook' order by kind, key"), Is.EqualTo(new[]
        {
            ("notice-webhook", "1", "cancelled"), ("notice-webhook", "2", "cancelled"), ("notice-webhook", "3", "done"), ("webhook", "live:old", "waiting"),
        }), "one job tells what waits");
        Assert.That(await connection.ExecuteScalarAsync<int>("select count(*) from notice_webhook_call"), Is.EqualTo(2));
        Assert.That(await connection.QueryAsync<(string, bool)>("select reason, left_out from consultation_comment order by reason"), Is.EquivalentTo(new[] { ("含有个人信息", false), ("广告或推销", true) }));
    }

    private static async Task MigrateAsync(NpgsqlConnection connection, Func<string, bool> which)
    {
        foreach (var name in Migrator.Names.Where(which))
        {
            using var script = new StreamReader(typeof(Migrator).Assembly.GetManifestResourceStream($"Migrations/{name}.sql")!);
            await connection.ExecuteAsync(await script.ReadToEndAsync());
        }
    }
}
