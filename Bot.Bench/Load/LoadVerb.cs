using System.Runtime.InteropServices;
using Bot.Data.Embedded;

namespace Bot.Bench.Load;

/// <summary>
/// <c>load</c>: how much of the machine's limit the bot serves over HTTP, with its sessions in a real Redis, and how long its slowest answers take.
/// Limit and bot run in turn, so that a busy machine slows both.
/// </summary>
internal static class LoadVerb
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (LoadOptions.Read(args) is not { } options)
        {
            Console.Error.WriteLine(LoadOptions.Usage);
            return 64; // EX_USAGE
        }

        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            await RunAsync(options, stop.Token);
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Console.Error.WriteLine("Stopped.");
            return 130;
        }
        catch (Exception e) when (e is LoadException or EmbeddedPostgresException)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private static async Task RunAsync(LoadOptions options, CancellationToken ct)
    {
        await Wrk.FindAsync(ct);
        await using var servers = await Servers.StartAsync(ct);
        await using var limit = await servers.StartLimitAsync(options.Users, ct);
        foreach (var mode in options.Modes)
        {
            await using var bot = await servers.StartBotAsync(mode, ct);
            var contest = new Contest(options, mode, servers, limit, bot);
            foreach (var workload in (Workload[])[Workload.FreeText, Workload.PolicyQuestions()])
                await contest.CompareAsync(workload, ct);
            await contest.CrowdAsync(ct);
        }
    }
}
