using Bot.Data.Cases;

namespace Bot.Host.Operation;

/// <summary>Counts for the metrics how the office keeps its deadlines.</summary>
internal sealed partial class CaseWatch(ICaseFigures figures, BotMetrics metrics, Readiness readiness, TimeProvider clock, ILogger<CaseWatch> logger) : BackgroundService
{
    private static readonly TimeSpan s_counts = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_fellDue = TimeSpan.FromDays(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await readiness.Loaded.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(s_counts, clock);
        do
        {
            try
            {
                metrics.CasesKept(await figures.PromiseAsync(s_fellDue, stoppingToken));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogAway(e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    [LoggerMessage(LogLevel.Warning, "Cases cannot be counted: {Reason}; trying again")]
    private partial void LogAway(string reason);
}
