using Bot.Data.Audit;
using Bot.Data.Jobs;
using Bot.Handlers.Audit;
using Bot.Handlers.Jobs;
using Bot.Host.Pages.Console;
using Bot.Host.Verbs;
using Bot.Tests.Infrastructure;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Operation;

public sealed class AuditVerifyTests
{
    private readonly List<string> _told = [];

    private TestDatabase _database = null!;
    private ServiceProvider _services = null!;
    private string _folder = "";

    [SetUp]
    public async Task Start()
    {
        _database = await TestDatabase.CreateAsync();
        _services = _database.NewServices();
        _folder = Path.Combine(TestServers.Folder, $"anchors-{Guid.NewGuid():N}");
        _told.Clear();
        foreach (var n in Enumerable.Range(1, 5))
            await _services.GetRequiredService<IAuditLog>().WriteAsync(new("system:test", "case.accept", "case", $"{n}"), default);
    }

    [TearDown]
    public async Task Stop()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task Seals_and_verifies_and_leaves_an_anchor_that_fits_later()
    {
        Assert.That(await VerifyAsync(), Is.Zero);
        Assert.That(Directory.GetFiles(_folder), Has.Length.EqualTo(1));
        await _services.GetRequiredService<IAuditLog>().WriteAsync(new("system:test", "case.accept", "case", "6"), default);
        Assert.That(await VerifyAsync(), Is.Zero);
        Assert.That(_told[^1], Does.StartWith("✓ 6 entries"));
    }

    [Test]
    public async Task Names_an_entry_that_was_changed_behind_the_triggers_back()
    {
        await VerifyAsync();
        await TamperAsync("update audit_entry set subject = 'x' where seal = 3");
        Assert.That(await VerifyAsync(), Is.EqualTo(1));
        Assert.That(_told[^1], Does.StartWith("✗ Entry 3 "));
    }

    [Test]
    public async Task Finds_a_chain_that_was_cut_off_or_made_anew_by_its_anchor()
    {
        await VerifyAsync();
        await TamperAsync("delete from audit_entry where seal > 3");
        Assert.That(await VerifyAsync(), Is.EqualTo(1), "cut off: consistent in itself");
        Assert.That(_told[^1], Does.Contain("had 5 entries, and has fewer"));

        // Made anew by somebody who knows how: another entry in its place, all sealed again.
        await TamperAsync("update audit_entry set seal = null, hash = null, previous_hash = null; update audit_entry set subject = 'x' where id = (select min(id) from audit_entry)");
        foreach (var n in Enumerable.Range(4, 2))
            await _services.GetRequiredService<IAuditLog>().WriteAsync(new("system:test", "case.accept", "case", $"{n}"), default);
        Assert.That(await VerifyAsync(), Is.EqualTo(1));
        Assert.That(_told[^1], Does.Contain("was rewritten"));
    }

    [Test]
    public async Task Misses_the_anchors_of_a_chain_that_is_older_than_a_night()
    {
        await TamperAsync("update audit_entry set at = at - interval '3 days'");
        Assert.That(await VerifyAsync(), Is.EqualTo(1));
        Assert.That(_told[^1], Does.StartWith($"✗ {_folder} has no anchor"));
        Assert.That(await VerifyAsync(first: true), Is.Zero);
        Assert.That(await VerifyAsync(), Is.Zero);
        Assert.That(_told[^1], Does.EndWith(" Anchors compared: 1."));
        Directory.Delete(_folder, recursive: true);
        Assert.That(await VerifyAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task An_auditor_asks_for_it_in_the_console_and_finds_the_verdict_there()
    {
        var (jobs, trail) = (_services.GetRequiredService<IJobs>(), _services.GetRequiredService<IAuditTrail>());
        async Task<string?> AskAsync()
        {
            await jobs.KeepAsync(AuditCheck.For("shenji", DateTimeOffset.UtcNow), default);
            Assert.That((await AuditVerdictView.FindAsync(jobs, trail, default))!.IsRunning, Is.True);
            var job = (await jobs.ClaimAsync([AuditCheck.JobKind], 9, TimeSpan.FromMinutes(1), default)).Single();
            Assert.That(await new AuditCheck(trail, _services.GetRequiredService<IAuditLog>()).RunAsync(job, default), Is.EqualTo(JobOutcome.Finished));
            await jobs.DoneAsync(job, default);
            var seen = (await AuditVerdictView.FindAsync(jobs, trail, default))!;
            Assert.That(seen.By, Is.EqualTo("shenji"));
            return seen.Words;
        }

        Assert.That(await AuditVerdictView.FindAsync(jobs, trail, default), Is.Null);
        await trail.SealAsync(default);
        Assert.That(await AskAsync(), Does.StartWith("校验通过：5 条记录完整"));
        await TamperAsync("update audit_entry set subject = 'x' where seal = 3");
        Assert.That(await AskAsync(), Does.StartWith("校验不通过：第 3 条"));
    }

    private Task<int> VerifyAsync(bool first = false) => AuditVerify.VerifyAsync(_services, _folder, first, _told.Add, default);

    private async Task TamperAsync(string sql)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync($"set session_replication_role = replica; {sql}; set session_replication_role = default");
    }
}
