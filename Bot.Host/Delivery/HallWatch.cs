using Bot.Data.Appointments;
using Bot.Host.Operation;

namespace Bot.Host.Delivery;

/// <summary>Hears on one connection that a queue changed, for all screens of this host.</summary>
internal sealed class HallWatch(IVisits visits, Readiness readiness) : BackgroundService
{
    private volatile TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends with the next change. Take it before reading, so that none is missed.</summary>
    public Task Next => _next.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await readiness.Migrated.WaitAsync(stoppingToken);
        await visits.ListenAsync(Ring, stoppingToken);
    }

    private void Ring()
    {
        var rung = _next;
        _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        rung.TrySetResult();
    }
}
