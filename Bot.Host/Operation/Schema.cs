using Bot.Data;

namespace Bot.Host.Operation;

/// <summary>Brings the tables up to date at start; a database that is not there yet is waited for, not given up on.</summary>
internal sealed partial class Schema(Migrator migrator, Readiness readiness, TimeProvider clock, ILogger<Schema> logger) : BackgroundService
{
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var name in await migrator.MigrateAsync(stoppingToken))
                    LogApplied(name);
                readiness.TellMigrated();
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(e.Message);
                await Task.Delay(s_again, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Migration {Name} applied")]
    private partial void LogApplied(string name);

    [LoggerMessage(LogLevel.Error, "The database cannot be migrated: {Reason}; trying again")]
    private partial void LogFailed(string reason);
}
