using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;

namespace Bot.Bench.Load;

/// <summary>Listens to another .NET process telling once a second how much it allocated.</summary>
internal sealed class Allocations : IDisposable
{
    private readonly EventPipeSession _session;
    private readonly Task _reading;
    private readonly List<double> _told = [];

    private Allocations(EventPipeSession session)
    {
        _session = session;
        _reading = Task.Factory.StartNew(Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public static Allocations Watch(int process) => new(new DiagnosticsClient(process).StartEventPipeSession(
        [new EventPipeProvider("System.Runtime", EventLevel.Informational, 0, new Dictionary<string, string> { ["EventCounterIntervalSec"] = "1" })],
        requestRundown: false));

    /// <summary>Bytes since the watch began. Call when the process rests: it waits until two more seconds were told.</summary>
    public async Task<double> TotalAsync(CancellationToken ct)
    {
        await Task.Delay(TimeSpan.FromSeconds(2.2), ct);
        lock (_told)
            return _told.Sum();
    }

    public void Dispose()
    {
        _session.Stop();
        _reading.Wait(TimeSpan.FromSeconds(5));
        _session.Dispose();
    }

    private void Read()
    {
        using var events = new EventPipeEventSource(_session.EventStream);
        events.Dynamic.All += told =>
        {
            if (told.EventName != "EventCounters" || told.PayloadValue(0) is not IDictionary<string, object> outer
                || outer["Payload"] is not IDictionary<string, object> counter || (string)counter["Name"] != "alloc-rate")
                return;
            lock (_told)
                _told.Add((double)counter["Increment"]);
        };
        events.Process();
    }
}
