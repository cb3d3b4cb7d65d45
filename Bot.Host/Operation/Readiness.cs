namespace Bot.Host.Operation;

/// <summary>Whether this host can answer callbacks: migrated, content loaded, not stopping.</summary>
internal sealed class Readiness
{
    private readonly TaskCompletionSource _migrated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _stopping;

    public Readiness(IHostApplicationLifetime lifetime) => lifetime.ApplicationStopping.Register(() => _stopping = true);

    public bool IsReady => !_stopping && _loaded.Task.IsCompleted;

    /// <summary>What it waits for, for the operator.</summary>
    public string State => _stopping ? "stopping" : !_migrated.Task.IsCompleted ? "migrating" : !_loaded.Task.IsCompleted ? "loading content" : "ready";

    /// <summary>Completes when the tables are there.</summary>
    public Task Migrated => _migrated.Task;

    /// <summary>Completes when the published content is in memory.</summary>
    public Task Loaded => _loaded.Task;

    public void TellMigrated() => _migrated.TrySetResult();

    public void TellLoaded() => _loaded.TrySetResult();
}
