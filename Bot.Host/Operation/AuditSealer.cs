using Bot.Data.Audit;
using Bot.Data.Staff;

namespace Bot.Host.Operation;

/// <summary>Adds new acts to the audit log's chain every few seconds; whichever host comes first. Forgets old keys of forms along the way.</summary>
internal sealed partial class AuditSealer(IAuditTrail trail, IFormOnce forms, Readiness readiness, TimeProvider clock, ILogger<AuditSealer> logger) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_formsKept = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await readiness.Migrated.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(s_every, clock);
        for (var round = 0; await timer.WaitForNextTickAsync(stoppingToken); round++)
        {
            try
            {
                while (await trail.SealAsync(stoppingToken) > 0)
                {
                }

                if (round % 720 == 0)                   // an hour
                    await forms.ForgetAsync(clock.GetUtcNow() - s_formsKept, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogNotSealed(e.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The audit log's chain waits: {Reason}")]
    private partial void LogNotSealed(string reason);
}
