using Bot.Data.Postgres;
using Bot.Tests.Delivery;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace Bot.Tests.Data.Postgres;

public sealed class ContentChangesTests : StoreFixture
{
    private volatile int _runs;

    [TearDown]
    public void Forget() => _runs = 0;

    [Test]
    public async Task Tells_a_host_at_once_and_after_an_import_on_another()
    {
        using var stop = new CancellationTokenSource();
        var watching = WatchAsync(stop.Token);
        await RunsAsync(1);

        var policies = new PostgresPolicies(Other);
        await policies.ImportAsync([PoliciesTests.Guide("G1")], default);
        await RunsAsync(2);
        await policies.ImportAsync([PoliciesTests.Guide("G1")], default);
        Assert.That(() => policies.ImportAsync([PoliciesTests.Guide("G2"), PoliciesTests.Guide("G3", "")], default), Throws.Exception);
        await policies.ImportAsync([PoliciesTests.Guide("G2")], default);
        await RunsAsync(3);
        Assert.That(_runs, Is.EqualTo(3), "an import that changed nothing, or failed, is no change");
        await stop.CancelAsync();
        await watching;
    }

    [Test]
    public async Task Looks_again_when_the_connection_was_lost()
    {
        using var stop = new CancellationTokenSource();
        var watching = WatchAsync(stop.Token);
        await RunsAsync(1);
        await ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen content_changed' and datname = current_database()");
        await RunsAsync(2);
        await new PostgresPolicies(Other).ImportAsync([PoliciesTests.Guide("G1")], default);
        await RunsAsync(3);
        await stop.CancelAsync();
        await watching;
    }

    [Test]
    public async Task Tries_again_when_reading_the_content_failed()
    {
        using var stop = new CancellationTokenSource();
        var watching = new ContentChanges(One, TimeProvider.System, NullLogger<ContentChanges>.Instance).WatchAsync(
            _ => Interlocked.Increment(ref _runs) < 3 ? throw new InvalidDataException("a row that nobody understands") : Task.CompletedTask, stop.Token);
        await RunsAsync(3);
        Assert.That(watching.IsCompleted, Is.False);
        await stop.CancelAsync();
        await watching;
    }

    private Task WatchAsync(CancellationToken ct) =>
        new ContentChanges(One, TimeProvider.System, NullLogger<ContentChanges>.Instance).WatchAsync(
            _ =>
            {
                Interlocked.Increment(ref _runs);
                return Task.CompletedTask;
            }, ct);

    private Task RunsAsync(int count) => Eventually.IsTrueAsync(() => _runs >= count, $"it runs {count} times");
}
