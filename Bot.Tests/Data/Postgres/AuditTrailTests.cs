using Bot.Data.Audit;
using Bot.Data.Postgres;
using Bot.Data.Privacy;
using Npgsql;
using NUnit.Framework;

namespace Bot.Tests.Data.Postgres;

public sealed class AuditTrailTests : StoreFixture
{
    private PostgresAuditTrail _one = null!;
    private PostgresAuditTrail _other = null!;

    [SetUp]
    public async Task Meet()
    {
        (_one, _other) = (new(One, CipherSuite.Aes), new(Other, CipherSuite.Aes));
        await TamperAsync("delete from audit_entry");
    }

    private async Task WriteAsync(int count)
    {
        var log = new PostgresAuditLog(One);
        for (var i = 0; i < count; i++)
            await log.WriteAsync(new("admin", "case.accept", "case", $"TS-{i}") { Details = new Dictionary<string, string?> { ["n"] = $"{i}" } }, default);
    }

    // As somebody with all rights on the database would.
    private Task TamperAsync(string sql) => ExecuteAsync($"alter table audit_entry disable trigger all; {sql}; alter table audit_entry enable trigger all");

    [Test]
    public async Task Two_hosts_at_once_make_one_chain_without_gaps()
    {
        await WriteAsync(20);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => (i % 2 == 0 ? _one : _other).SealAsync(default)));
        await WriteAsync(5);
        while (await _one.SealAsync(default) > 0)
        {
        }

        var verdict = await _other.VerifyAsync(default);
        Assert.That(verdict with { Hash = "" }, Is.EqualTo(new AuditVerdict(25, 0, null, "")));
        Assert.That(verdict.Hash, Has.Length.EqualTo(64));
        Assert.That(await AskAsync<long>("select max(seal) from audit_entry"), Is.EqualTo(25));
    }

    [TestCase("update audit_entry set actor = 'nobody' where seal = 3", 3)]
    [TestCase("update audit_entry set details = '{\"n\":\"9\"}' where seal = 4", 4)]
    [TestCase("update audit_entry set at = at - interval '1 hour' where seal = 2", 2)]
    [TestCase("delete from audit_entry where seal = 2", 2)]
    [TestCase("update audit_entry set seal = seal + 100 where seal in (2, 3)", 2)]
    public async Task A_change_in_the_middle_shows(string sql, long at)
    {
        await WriteAsync(5);
        await _one.SealAsync(default);
        Assert.That((await _one.VerifyAsync(default)).BrokenAt, Is.Null);
        await TamperAsync(sql);
        Assert.That((await _one.VerifyAsync(default)).BrokenAt, Is.EqualTo(at));
    }

    [Test]
    public async Task A_chain_goes_on_under_SM3_and_back_and_its_links_are_told_apart()
    {
        var sm = new PostgresAuditTrail(Other, CipherSuite.Sm4);
        foreach (var trail in new[] { _one, sm, _one })
        {
            await WriteAsync(2);
            await trail.SealAsync(default);
        }

        foreach (var trail in new[] { _one, sm })
            Assert.That(await trail.VerifyAsync(default), Has.Property("Sealed").EqualTo(6).And.Property("BrokenAt").Null);
        await TamperAsync("update audit_entry set actor = 'nobody' where seal = 4");
        Assert.That((await _one.VerifyAsync(default)).BrokenAt, Is.EqualTo(4));
    }

    [Test]
    public async Task Nobody_writes_an_act_into_the_past_or_past_the_chain()
    {
        await WriteAsync(2);
        await _one.SealAsync(default);
        const string Forged = "insert into audit_entry (at, actor, act, subject_kind, subject, details{0}) values ('2026-01-05', 'zhang', 'booking.reveal', 'booking', '1', '{{}}'{1})";
        await ExecuteAsync(string.Format(null, Forged, "", ""));
        Assert.That(await AskAsync<bool>("select max(at) > now() - interval '1 minute' from audit_entry where actor = 'zhang'"), Is.True, "the database says when");
        Assert.That(() => ExecuteAsync(string.Format(null, Forged, ", seal, previous_hash, hash", ", -1, sha256(''), sha256('')")),
            Throws.InstanceOf<PostgresException>().With.Message.Contains("sealed after it was written"));

        // As somebody with all rights would, or did before there was a rule.
        await TamperAsync("alter table audit_entry drop constraint audit_entry_seal_from_one; " + string.Format(null, Forged, ", seal, previous_hash, hash", ", -1, sha256(''), sha256('')"));
        Assert.That((await _one.VerifyAsync(default)).Outside, Is.EqualTo(1));
        await TamperAsync("delete from audit_entry; alter table audit_entry add constraint audit_entry_seal_from_one check (seal >= 1) not valid");
    }

    [Test]
    public async Task Filters_and_pages_from_the_newest()
    {
        await WriteAsync(5);
        var first = await _one.ListAsync(new("admin", null, "case", null, null, null, 0, 2), default);
        Assert.That(first.Select(e => e.Subject), Is.EqualTo(new[] { "TS-4", "TS-3", "TS-2" }), "one more than asked for");
        var next = await _one.ListAsync(new(null, "case.accept", null, null, DateTimeOffset.UtcNow.AddMinutes(-5), null, first[1].Id, 10), default);
        Assert.That(next.Select(e => e.Subject), Is.EqualTo(new[] { "TS-2", "TS-1", "TS-0" }));
        Assert.That(await _one.ListAsync(new(null, null, null, "TS-9", null, null, 0, 10), default), Is.Empty);
    }
}
