using Bot.Data.Policies;
using Bot.Handlers;
using Bot.Handlers.Policies;

namespace Bot.Host.Content;

/// <summary>Writes the counts of readings now and then, and at the end; while the database is away they add up.</summary>
internal sealed partial class ReadingWriter(ReadingLog log, IPolicies policies, TimeProvider clock, ILogger<ReadingWriter> logger) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            await WriteAsync(stoppingToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync(cancellationToken);
    }

    private async Task WriteAsync(CancellationToken ct)
    {
        var counts = log.Take();
        if (counts.Count == 0)
            return;
        try
        {
            await policies.ReadAsync(counts, Beijing.DateOf(clock.GetUtcNow()), ct);
        }
        catch (Exception e)
        {
            log.Return(counts);
            LogNotWritten(e.GetType().Name);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Readings could not be counted yet: {Reason}")]
    private partial void LogNotWritten(string reason);
}
