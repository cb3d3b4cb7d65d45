using Bot.Bench.Notices;
using Bot.Tests.Infrastructure;
using NUnit.Framework;

namespace Bot.Tests.Notices;

/// <summary>Real processes, really killed.</summary>
[NonParallelizable]
public sealed class CrashTests
{
    [Test]
    public async Task No_notice_is_lost_or_doubled_when_hosts_are_killed_while_they_send()
    {
        await using var database = await TestDatabase.CreateAsync();
        var run = new CrashRun
        {
            Postgres = database.ConnectionString, Redis = await TestRedis.FreshDatabaseAsync(), Recipients = 2_000, Kills = 3,
            Seed = TestContext.CurrentContext.Random.Next(),
        };

        var report = await run.RunAsync();

        Assert.That(report.Good, $"seed {run.Seed}: {report}, {report.Counts}");
        Assert.That(report.Kills, Is.EqualTo(3));
    }
}
