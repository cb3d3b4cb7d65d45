using Bot.Data.Jobs;
using Bot.Handlers.Jobs;
using Bot.Host.Operation;

namespace Bot.Host.Delivery.Jobs;

/// <summary>Claims jobs that are due, runs a few at once, renews their leases, and tells what became of each.</summary>
internal sealed partial class JobRunner(
    IJobs jobs, IEnumerable<IJobHandler> handlers, Readiness readiness, TimeProvider clock, ILogger<JobRunner> logger) : BackgroundService
{
    private const int AtOnce = 8;

    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_renews = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(10);

    // A lost ring costs a job this much of its punctuality.
    private static readonly TimeSpan s_looks = TimeSpan.FromSeconds(1);

    /// <summary>What can be done here.</summary>
    public IReadOnlyCollection<string> Kinds => _handlers.Keys;

    private readonly Dictionary<string, IJobHandler> _handlers = handlers.ToDictionary(h => h.Kind);
    private readonly SemaphoreSlim _room = new(AtOnce);
    private readonly SemaphoreSlim _rung = new(0, 1);
    private readonly Lock _gate = new();
    private readonly List<Job> _running = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_handlers.Count == 0)
            return;
        await readiness.Migrated.WaitAsync(stoppingToken);
        await Task.WhenAll(jobs.ListenAsync(Ring, stoppingToken), RenewAsync(stoppingToken), ClaimAsync(stoppingToken));
    }

    /// <summary>What is running is finished; what does not end in time lapses and is done by another host.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        for (var free = 0; free < AtOnce; free++)
            await _room.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Ring()
    {
        lock (_gate)
        {
            if (_rung.CurrentCount == 0)
                _rung.Release();
        }
    }

    private async Task ClaimAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            await _room.WaitAsync(ct);
            _room.Release();
            try
            {
                var claimed = await jobs.ClaimAsync(_handlers.Keys, _room.CurrentCount, s_lease, ct);
                foreach (var job in claimed)
                {
                    await _room.WaitAsync(CancellationToken.None);
                    lock (_gate)
                        _running.Add(job);
                    _ = RunAsync(job, ct);
                }

                if (claimed.Count > 0)
                    continue;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogAway(e.Message);
            }

            await _rung.WaitAsync(s_looks, ct);
        }
    }

    private async Task RunAsync(Job job, CancellationToken stopping)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        deadline.CancelAfter(s_longest);
        try
        {
            await Task.Yield();
            JobOutcome outcome;
            try
            {
                // A try that was not told of ended with its host, or with the database: the next one would take the next host along.
                outcome = job.Attempts > _handlers[job.Kind].Tries
                    ? new JobOutcome.Failed("no try of it was ever told of: each host that had it died, or lost the database")
                    : await _handlers[job.Kind].RunAsync(job, deadline.Token);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                outcome = new JobOutcome.Again(clock.GetUtcNow());      // handed back at once: another host goes on
            }
            catch (Exception e)
            {
                LogFailed(e, job.Kind, job.Id, job.Attempts);
                outcome = new JobOutcome.Failed($"{e.GetType().Name}: {e.Message}");
            }

            await TellAsync(job, outcome);
        }
        catch (Exception e)
        {
            LogAway(e.Message);                                         // its lease lapses, and it is run again
        }
        finally
        {
            lock (_gate)
                _running.Remove(job);
            _room.Release();
        }
    }

    private Task TellAsync(Job job, JobOutcome outcome) => outcome switch
    {
        JobOutcome.Done => jobs.DoneAsync(job, CancellationToken.None),
        JobOutcome.Again again => jobs.AgainAsync(job, again.At, null, CancellationToken.None),
        JobOutcome.Later later => jobs.DeferAsync(job, later.At, CancellationToken.None),
        JobOutcome.Failed failed when job.Attempts < _handlers[job.Kind].Tries =>
            jobs.AgainAsync(job, clock.GetUtcNow() + RetryPause.After(job.Attempts), failed.Why, CancellationToken.None),
        JobOutcome.Failed failed => ParkAsync(job, failed.Why),
        _ => throw new InvalidOperationException($"{job.Kind} came to nothing"),
    };

    private async Task ParkAsync(Job job, string why)
    {
        await jobs.ParkAsync(job, why, CancellationToken.None);
        LogParked(job.Kind, job.Id, job.Attempts);
        Parked?.Invoke();
    }

    /// <summary>Told of each job that was given up.</summary>
    public event Action? Parked;

    private async Task RenewAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(s_renews, clock);
        while (await timer.WaitForNextTickAsync(ct).ConfigureAwait(false))
        {
            Job[] running;
            lock (_gate)
                running = [.. _running];
            if (running.Length == 0)
                continue;
            try
            {
                await jobs.RenewAsync(running, s_lease, ct);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogAway(e.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Job {Kind} {Id} failed at try {Attempt}")]
    private partial void LogFailed(Exception e, string kind, long id, int attempt);

    [LoggerMessage(LogLevel.Error, "Job {Kind} {Id} is parked after {Attempts} tries; see the console")]
    private partial void LogParked(string kind, long id, int attempts);

    [LoggerMessage(LogLevel.Warning, "Jobs cannot be worked on: {Reason}; trying again")]
    private partial void LogAway(string reason);
}
