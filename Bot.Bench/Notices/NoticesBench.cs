using System.Globalization;
using Bot.Data.Notices;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Bench.Notices;

/// <summary><c>notices</c>: speed beside a plain loop, memory and delay with a million recipients, and what kill -9 does.</summary>
/// <remarks>
/// <c>--only compare|file|million|crash</c>, <c>--recipients 30000</c>, <c>--rounds 3</c> and <c>--delay-ms 10</c> of the comparison, <c>--million 1000000</c>,
/// <c>--crash 20000</c>, <c>--crash-runs 10</c>, <c>--first-run 1</c>, <c>--kills 10</c> and <c>--lease-seconds 4</c>, <c>--workers 16</c>, <c>--durable no</c> for a PostgreSQL that does not wait for the disk.
/// </remarks>
internal static class NoticesBench
{
    public static Task<int> RunAsync(string[] words)
    {
        var arguments = new Arguments(words);
        return words.FirstOrDefault() switch
        {
            "worker" => WorkerProcess.RunAsync(arguments),
            "stub" => StubProcess.RunAsync(arguments),
            "million" => MillionRun.RunAsync(arguments),
            _ => AllAsync(arguments),
        };
    }

    private static async Task<int> AllAsync(Arguments arguments)
    {
        var only = arguments.Text("only");
        await using var servers = await BenchServers.StartAsync(durable: arguments.Text("durable") != "no");
        var good = true;
        if (only is "" or "compare")
        {
            // A stub that answers at once leaves the processor as the only limit, which the engine shares with PostgreSQL. WeChat takes its time.
            good &= await CompareAsync(servers, arguments, recipients: arguments.Number("recipients", 30_000), milliseconds: 0);
            if (arguments.Number("delay-ms", 10) is > 0 and var slow)
                good &= await CompareAsync(servers, arguments, arguments.Number("recipients", 30_000) / 3, slow);
        }

        if (only is "" or "file")
            good &= await FileRun.RunAsync(arguments.Number("rows", 100_000));
        if (only is "" or "million")
            good &= await MillionAsync(servers, arguments);
        if (only is "" or "crash")
            good &= await CrashAsync(servers, arguments);
        return good ? 0 : 1;
    }

    private static async Task<bool> CompareAsync(BenchServers servers, Arguments arguments, int recipients, int milliseconds)
    {
        var workers = arguments.Number("workers", 16);
        Print($"compare    {recipients} recipients, {workers} at once, a platform that answers after {milliseconds} ms");
        var (stub, address) = await StubProcess.StartAsync(milliseconds);
        using var process = stub;
        using var host = await new EngineHost { Postgres = await servers.DatabaseAsync(), Redis = servers.Redis, Platform = address, Workers = workers }.StartAsync();
        await BenchTemplate.SyncAsync(host.Services.GetRequiredService<INoticeTemplates>());
        // Long enough for the JIT's second tier in both.
        await PlainLoop.RunAsync(address, recipients, workers);
        await EngineLoop.RunAsync(host, await EngineLoop.PrepareAsync(host, recipients));

        List<double> ratios = [];
        for (var round = 1; round <= arguments.Number("rounds", 3); round++)
        {
            var (plain, plainCpu) = await TimedAsync(() => PlainLoop.RunAsync(address, recipients, workers), stub, recipients);
            var notice = await EngineLoop.PrepareAsync(host, recipients);
            var (engine, engineCpu) = await TimedAsync(() => EngineLoop.RunAsync(host, notice), stub, recipients);
            ratios.Add(engine / plain);
            Print($"round {round}    plain loop {plain:0} a second ({plainCpu}), engine {engine:0} ({engineCpu}), ratio {engine / plain:0.00}");
        }

        ratios.Sort();
        Print($"ratio      {ratios[ratios.Count / 2]:0.00} (median; at least 0.70 wanted)");
        await host.StopAsync();
        await stub.StopAsync();
        return ratios[ratios.Count / 2] >= 0.7;
    }

    private static async Task<(double Speed, CpuEach Cpu)> TimedAsync(Func<Task<double>> run, ChildProcess stub, int recipients)
    {
        var before = CpuEach.Now(stub);
        var speed = await run();
        return (speed, (CpuEach.Now(stub) - before) / recipients);
    }

    private static async Task<bool> MillionAsync(BenchServers servers, Arguments arguments)
    {
        var (stub, address) = await StubProcess.StartAsync();
        using var process = stub;
        using var run = ChildProcess.Start(
            "million", "--postgres", await servers.DatabaseAsync(), "--redis", servers.Redis, "--platform", address,
            "--recipients", arguments.Text("million", "1000000"), "--workers", arguments.Text("workers", "16"));
        while (await run.Output.ReadLineAsync() is { } line)
            Console.WriteLine(line);
        await run.StopAsync();
        await stub.StopAsync();
        return run.ExitCode == 0;
    }

    private static async Task<bool> CrashAsync(BenchServers servers, Arguments arguments)
    {
        var good = true;
        var first = arguments.Number("first-run", 1);
        for (var run = first; run < first + arguments.Number("crash-runs", 10); run++)
        {
            var report = await new CrashRun
            {
                Postgres = await servers.DatabaseAsync(), Redis = servers.Redis, Recipients = arguments.Number("crash", 20_000),
                Kills = arguments.Number("kills", 10), Seed = run, LeaseSeconds = arguments.Number("lease-seconds", 4),
            }.RunAsync();
            Print($"crash {run,-4} {report}");
            good &= report.Good;
        }

        return good;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
