using Bot.Data.Audit;
using Bot.Data.Postgres;
using Npgsql;
using NUnit.Framework;

namespace Bot.Tests.Data.Postgres;

public sealed class AuditLogTests : StoreFixture
{
    private static readonly AuditAct s_act = new("admin", "case.accept", "case", "TS20261122-0007-3") { Details = new Dictionary<string, string?> { ["from"] = "待受理" } };

    [Test]
    public async Task An_act_is_kept_as_it_was_written_with_the_databases_time()
    {
        await new PostgresAuditLog(One).WriteAsync(s_act, default);
        Assert.That(await AskAsync<string>("select concat_ws('|', actor, act, subject_kind, subject, details) from audit_entry order by id desc limit 1"),
            Is.EqualTo("admin|case.accept|case|TS20261122-0007-3|{\"from\":\"待受理\"}"));
        Assert.That(await AskAsync<bool>("select at between now() - interval '1 minute' and clock_timestamp() from audit_entry order by id desc limit 1"), Is.True);
    }

    [TestCase("update audit_entry set actor = 'nobody'")]
    [TestCase("update audit_entry set seal = 1, previous_hash = sha256('a'), hash = sha256('b'), actor = 'nobody'")]
    [TestCase("delete from audit_entry")]
    [TestCase("truncate audit_entry")]
    public async Task Nothing_is_changed_or_taken_away(string sql)
    {
        await new PostgresAuditLog(One).WriteAsync(s_act, default);
        var before = await AskAsync<long>("select count(*) from audit_entry");
        Assert.That(() => ExecuteAsync(sql), Throws.InstanceOf<PostgresException>().With.Message.Contains("append-only"));
        Assert.That(await AskAsync<long>("select count(*) from audit_entry where actor = 'admin'"), Is.EqualTo(before));
    }

    [TestCase("Case.Accept")]
    [TestCase("accept")]
    [TestCase("case.accept; drop table staff")]
    public void An_act_has_a_proper_name(string name) =>
        Assert.That(() => new PostgresAuditLog(One).WriteAsync(s_act with { Act = name }, default), Throws.InstanceOf<PostgresException>());
}
