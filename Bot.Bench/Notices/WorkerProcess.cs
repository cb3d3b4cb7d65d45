using Bot.Host.Delivery.Notices;

namespace Bot.Bench.Notices;

/// <summary><c>notices worker</c>: a host that sends until its input ends or it is killed.</summary>
internal static class WorkerProcess
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        using var host = await new EngineHost
        {
            Postgres = arguments.Text("postgres"), Redis = arguments.Text("redis"), Platform = arguments.Text("platform"),
            Workers = arguments.Number("workers", 16), RatePerSecond = arguments.Number("rate", 0),
            Timing = new NoticeTiming { Lease = TimeSpan.FromSeconds(arguments.Number("lease-seconds", 60)), Sweep = TimeSpan.FromSeconds(0.5) },
        }.StartAsync();
        await Console.In.ReadToEndAsync();
        await host.StopAsync();
        return 0;
    }
}
