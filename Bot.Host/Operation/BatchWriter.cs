namespace Bot.Host.Operation;

/// <summary>Writes every so often what was noted behind the messages' way, and all of it at the end.</summary>
internal abstract class BatchWriter(TimeSpan every, TimeProvider clock) : BackgroundService
{
    protected TimeProvider Clock { get; } = clock;

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every, Clock);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            await WriteAsync(stoppingToken);
    }

    public sealed override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        while (await WriteAsync(cancellationToken))
        {
        }
    }

    /// <summary>What the database does not take now is kept for the next time.</summary>
    /// <returns>Whether something was written, so that there may be more.</returns>
    protected abstract Task<bool> WriteAsync(CancellationToken ct);
}
