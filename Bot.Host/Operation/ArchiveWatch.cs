using Bot.Data;

namespace Bot.Host.Operation;

/// <summary>Looks for the metrics whether PostgreSQL gets its log archived: what is not archived fills its disk, and no restore reaches it.</summary>
internal sealed partial class ArchiveWatch(DatabaseProbe database, BotMetrics metrics, Readiness readiness, TimeProvider clock, ILogger<ArchiveWatch> logger) : BackgroundService
{
    private static readonly TimeSpan s_looks = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await readiness.Loaded.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(s_looks, clock);
        do
        {
            try
            {
                metrics.ArchiveFails((await database.ArchiveAsync(stoppingToken)).Failing is not null);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogAway(e.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    [LoggerMessage(LogLevel.Warning, "PostgreSQL does not say how its archive stands ({Kind}); trying again")]
    private partial void LogAway(string kind);
}
