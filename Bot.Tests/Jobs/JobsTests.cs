using Bot.Data.Jobs;
using Bot.Data.Postgres;
using Bot.Handlers.Jobs;
using Bot.Host.Delivery.Jobs;
using Bot.Host.Operation;
using Bot.Tests.Delivery;
using Bot.Tests.Infrastructure;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Bot.Tests.Jobs;

public sealed class JobsTests
{
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 27, 8, 0, 0, TimeSpan.Zero));
    private TestDatabase _database = null!;
    private PostgresJobs _jobs = null!;

    [SetUp]
    public async Task Start()
    {
        _database = await TestDatabase.CreateAsync();
        _jobs = new(_database.DataSource, new(_database.DataSource, _clock, NullLogger<PostgresBell>.Instance), _clock);
    }

    [TearDown]
    public async Task Stop() => await _database.DisposeAsync();

    [Test]
    public async Task A_job_is_enqueued_once_and_not_before_its_time()
    {
        await _jobs.EnqueueAsync(Job("a", TimeSpan.FromMinutes(5)), default);
        await _jobs.EnqueueAsync(Job("a", TimeSpan.Zero), default);
        Assert.That(await ClaimAsync(), Is.Empty);

        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.That(await ClaimAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Ten_hosts_at_once_share_a_hundred_jobs_without_a_double()
    {
        for (var i = 0; i < 100; i++)
            await _jobs.EnqueueAsync(Job($"{i}", TimeSpan.Zero), default);
        var claimed = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(async () => await _jobs.ClaimAsync(["test"], 15, s_lease, default))));
        Assert.That(claimed.SelectMany(c => c).Select(j => j.Id), Is.Unique);
        var rest = await _jobs.ClaimAsync(["test"], 100, s_lease, default);
        Assert.That(claimed.Sum(c => c.Count) + rest.Count, Is.EqualTo(100));
    }

    [Test]
    public async Task Who_lets_the_lease_lapse_loses_the_job_and_the_say_over_it()
    {
        await _jobs.EnqueueAsync(Job("a", TimeSpan.Zero), default);
        var first = (await ClaimAsync()).Single();
        await AgeAsync(s_lease + TimeSpan.FromSeconds(1));
        var second = (await ClaimAsync()).Single();

        await _jobs.ParkAsync(first, "too late", default);
        await _jobs.DoneAsync(second, default);
        Assert.That((await _jobs.ListAsync(null, "test", 0, 10, default)).Single().Status, Is.EqualTo(JobStatus.Done));
    }

    [Test]
    public async Task A_renewed_lease_holds()
    {
        await _jobs.EnqueueAsync(Job("a", TimeSpan.Zero), default);
        var held = await ClaimAsync();
        await AgeAsync(s_lease / 2);
        await _jobs.RenewAsync([.. held], s_lease, default);
        await AgeAsync(s_lease * 0.75);
        Assert.That(await ClaimAsync(), Is.Empty);
    }

    [Test]
    public async Task Who_sets_the_clock_forward_takes_nothing_from_who_holds_it()
    {
        await _jobs.EnqueueAsync(Job("a", TimeSpan.Zero), default);
        await ClaimAsync();
        _clock.Advance(TimeSpan.FromHours(5));
        Assert.That(await ClaimAsync(), Is.Empty);
    }

    [Test]
    public async Task A_parked_job_waits_for_a_person_and_is_then_tried_anew()
    {
        await _jobs.EnqueueAsync(Job("a", TimeSpan.Zero), default);
        var job = (await ClaimAsync()).Single();
        await _jobs.ParkAsync(job, new string('x', 900), default);
        Assert.That(await ClaimAsync(), Is.Empty);
        Assert.That((await _jobs.CountAsync(null, default)).Parked, Is.EqualTo(1));

        Assert.That(() => _jobs.RetryAsync(job.Id, new string('x', 200), default), Throws.InstanceOf<Npgsql.PostgresException>(), "without its line in the log it is not done");
        Assert.That(await _jobs.RetryAsync(job.Id, "test", default), Is.True);
        Assert.That(await _jobs.RetryAsync(job.Id, "test", default), Is.False);
        Assert.That((await ClaimAsync()).Single().Attempts, Is.EqualTo(1));
    }

    [Test]
    public async Task A_job_whose_hosts_died_each_time_waits_for_a_person()
    {
        await _jobs.EnqueueAsync(Job("deadly", TimeSpan.Zero), default);
        for (var host = 0; host < ((IJobHandler)new Deadly()).Tries; host++)
        {
            Assert.That(await ClaimAsync(), Has.Count.EqualTo(1));
            await AgeAsync(s_lease + TimeSpan.FromSeconds(1));
        }

        var readiness = new Readiness(new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance));
        readiness.TellMigrated();
        var deadly = new Deadly();
        using var runner = new JobRunner(_jobs, [deadly], readiness, _clock, NullLogger<JobRunner>.Instance);
        await runner.StartAsync(default);
        await Eventually.IsTrueAsync(async () => (await _jobs.CountAsync(null, default)).Parked == 1, "it is parked");
        await runner.StopAsync(default);
        Assert.That(deadly.Tried, Is.False);
    }

    [Test]
    public async Task Work_that_nobody_here_can_do_is_due_and_calls_for_no_more_hosts()
    {
        await _jobs.EnqueueAsync(Job("a", TimeSpan.Zero), default);
        _clock.Advance(TimeSpan.FromMinutes(9));
        var (ours, theirs) = (await _jobs.CountAsync(["test"], default), await _jobs.CountAsync(["other"], default));
        Assert.That(ours.Due, Is.Positive.And.EqualTo(theirs.Due));
        Assert.That((ours.OldestSeconds > 0, theirs.OldestSeconds), Is.EqualTo((true, 0d)));
    }

    [Test]
    public async Task To_come_again_as_planned_is_no_failure()
    {
        await _jobs.EnqueueAsync(Job("nightly", TimeSpan.Zero), default);
        for (var night = 0; night < 3; night++)
        {
            var job = (await ClaimAsync()).Single();
            Assert.That(job.Attempts, Is.EqualTo(1));
            await _jobs.AgainAsync(job, _clock.GetUtcNow().AddSeconds(10), "failed once", default);
            _clock.Advance(TimeSpan.FromSeconds(10));
            await _jobs.AgainAsync((await ClaimAsync()).Single(), _clock.GetUtcNow().AddDays(1), null, default);
            _clock.Advance(TimeSpan.FromDays(1));
        }
    }

    [Test]
    public async Task Work_that_never_ends_goes_on_at_the_next_start_though_it_was_parked()
    {
        await _jobs.KeepAsync(Job("always", TimeSpan.Zero), default);
        await _jobs.ParkAsync((await ClaimAsync()).Single(), "the database was away", default);
        await _jobs.KeepAsync(Job("always", TimeSpan.Zero), default);
        var job = (await ClaimAsync()).Single();
        Assert.That(job.Attempts, Is.EqualTo(1));
        await _jobs.KeepAsync(Job("always", TimeSpan.Zero), default);
        Assert.That(await ClaimAsync(), Is.Empty, "it is running");
    }

    [Test]
    public async Task Whoever_listens_hears_of_a_job_at_once()
    {
        using var stop = new CancellationTokenSource();
        using var rung = new SemaphoreSlim(0);
        var listening = _jobs.ListenAsync(() => rung.Release(), stop.Token);
        Assert.That(await rung.WaitAsync(TimeSpan.FromSeconds(10)), Is.True, "once it hears");
        await _jobs.EnqueueAsync(Job("a", TimeSpan.Zero), default);
        Assert.That(await rung.WaitAsync(TimeSpan.FromSeconds(10)), Is.True, "when a job came");
        await stop.CancelAsync();
        await listening;
    }

    // Leases go by the database's clock, which nobody moves on.
    private async Task AgeAsync(TimeSpan by)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        await Dapper.SqlMapper.ExecuteAsync(connection, "update job set lease_until = lease_until - @by", new { by });
    }

    private Task<IReadOnlyList<Job>> ClaimAsync() => _jobs.ClaimAsync(["test"], 10, s_lease, default);

    private sealed class Deadly : IJobHandler
    {
        public string Kind => "test";

        public bool Tried { get; private set; }

        public Task<JobOutcome> RunAsync(Job job, CancellationToken ct)
        {
            Tried = true;
            return Task.FromResult(JobOutcome.Finished);
        }
    }

    private NewJob Job(string key, TimeSpan after) => new("test", key, "{}", _clock.GetUtcNow() + after);
}
