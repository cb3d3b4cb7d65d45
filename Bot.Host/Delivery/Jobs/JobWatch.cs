using Bot.Data.Jobs;
using Bot.Host.Operation;

namespace Bot.Host.Delivery.Jobs;

/// <summary>Counts jobs for the metrics, and forgets those long done.</summary>
internal sealed partial class JobWatch(IJobs jobs, JobRunner runner, BotMetrics metrics, Readiness readiness, TimeProvider clock, ILogger<JobWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan s_counts = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        runner.Parked += metrics.JobParked;
        await readiness.Migrated.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(s_counts, clock);
        do
        {
            try
            {
                // The age calls for more hosts: what only another release can do would not get younger by them.
                var count = await jobs.CountAsync(runner.Kinds, stoppingToken);
                metrics.JobsWaiting(count.Due, count.OldestSeconds);
                await jobs.ForgetAsync(clock.GetUtcNow() - s_kept, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogAway(e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    [LoggerMessage(LogLevel.Warning, "Jobs cannot be counted: {Reason}; trying again")]
    private partial void LogAway(string reason);
}
