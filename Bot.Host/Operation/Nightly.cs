using Bot.Data.Jobs;
using Bot.Handlers.Followers;
using Bot.Handlers.Privacy;

namespace Bot.Host.Operation;

/// <summary>Sees to it that the jobs of the night are there: whichever host comes first enqueues them, once.</summary>
internal sealed partial class Nightly(IJobs jobs, Readiness readiness, TimeProvider clock, ILogger<Nightly> logger) : BackgroundService
{
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await readiness.Migrated.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await jobs.EnqueueAsync(RetentionJob.Forever(clock.GetUtcNow()), stoppingToken);
                await jobs.EnqueueAsync(PictureSealing.Forever(clock.GetUtcNow()), stoppingToken);
                await jobs.EnqueueAsync(TagMirror.Forever(clock.GetUtcNow()), stoppingToken);
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogAway(e.GetType().Name);
                await Task.Delay(s_again, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The nightly jobs could not be enqueued ({Kind}); trying again")]
    private partial void LogAway(string kind);
}
