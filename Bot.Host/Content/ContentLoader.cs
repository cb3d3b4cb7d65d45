using Bot.Data;
using Bot.Data.Jobs;
using Bot.Data.Privacy;
using Bot.Handlers.Appointments;
using Bot.Host.Operation;

namespace Bot.Host.Content;

/// <summary>Keeps the published content in memory: at start, and again whenever any host changed it.</summary>
internal sealed class ContentLoader(
    IContentChanges changes, IEnumerable<ContentSource> sources, DemoContent demo, IJobs jobs, IFieldCiphers ciphers, Readiness readiness, TimeProvider clock) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await readiness.Migrated.WaitAsync(stoppingToken);
        await changes.WatchAsync(LoadAsync, stoppingToken);
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        var starts = !readiness.IsReady;
        if (starts)
            await demo.LoadAsync(ct);
        foreach (var source in sources)
            await source.ReadAsync(ct);
        if (starts)
            await BeginAsync(ct);
        readiness.TellLoaded();
    }

    private async Task BeginAsync(CancellationToken ct)
    {
        // Before the first rush, not by it.
        await ciphers.GetAsync(ct);
        foreach (var refit in RefitJob.OfRelease(clock.GetUtcNow()))
            await jobs.KeepAsync(refit, ct);
    }
}
