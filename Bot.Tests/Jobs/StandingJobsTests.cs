using Bot.Data.Jobs;
using Bot.Data.Postgres;
using Bot.Host.Operation;
using Bot.Tests.Delivery;
using Bot.Tests.Infrastructure;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Bot.Tests.Jobs;

public sealed class StandingJobsTests
{
    [Test]
    public async Task What_never_ends_goes_on_though_it_failed_a_whole_night_long()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 27, 8, 0, 0, TimeSpan.Zero));
        await using var database = await TestDatabase.CreateAsync();
        PostgresJobs jobs = new(database.DataSource, new(database.DataSource, clock, NullLogger<PostgresBell>.Instance), clock);
        var kinds = StandingJobs.Of(clock.GetUtcNow()).Select(job => job.Kind).ToArray();
        var readiness = new Readiness(new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance));
        readiness.TellMigrated();
        readiness.TellLoaded();
        using var standing = new StandingJobs(jobs, readiness, clock, NullLogger<StandingJobs>.Instance);
        await standing.StartAsync(default);
        await Eventually.IsTrueAsync(async () => (await WaitingAsync()).Count() == kinds.Length, "all are there");

        clock.Advance(TimeSpan.FromDays(2));
        foreach (var job in await jobs.ClaimAsync(kinds, 100, TimeSpan.FromSeconds(30), default))
            await jobs.ParkAsync(job, "the platform was away", default);
        await Eventually.IsTrueAsync(
            async () =>
            {
                clock.Advance(TimeSpan.FromHours(1));
                return (await WaitingAsync()).Count() == kinds.Length;
            }, "none waits for a person");
        await standing.StopAsync(default);

        async Task<IEnumerable<JobRow>> WaitingAsync() => (await jobs.ListAsync(JobStatus.Waiting, null, 0, 100, default)).Where(job => kinds.Contains(job.Kind));
    }
}
