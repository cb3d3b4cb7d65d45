using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Bot.Bench.Load;
using Bot.Bench.Notices;
using Bot.WeChat;

namespace Bot.Bench.Operation;

/// <summary><c>operate --host FOLDER [--starts 5] [--seconds 10] [--senders 16]</c>: how quickly a published Host starts, what it needs, and how it bears the loss of Redis.</summary>
internal static class OperateVerb
{
    private const string Question = "居住证怎么办";
    private const string Known = "居住证";
    private const string Sorry = "抱歉";

    private static int s_citizens;

    public static async Task<int> RunAsync(string[] args)
    {
        var words = new Arguments(args);
        if (words.Text("host") is not { Length: > 0 } folder)
        {
            Console.Error.WriteLine("operate --host FOLDER [--starts 5] [--seconds 10] [--senders 16]");
            return 64; // EX_USAGE
        }

        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        await using var servers = await Servers.StartAsync(CancellationToken.None);
        await using (var first = HostProcess.Start(folder, servers, demo: true))
            await first.ReadyAsync(CancellationToken.None);         // the tables and the demo's documents
        for (var start = 1; start <= words.Number("starts", 5); start++)
            await StartAsync(folder, servers, start);

        await using var host = HostProcess.Start(folder, servers, demo: false);
        await host.ReadyAsync(CancellationToken.None);
        await Task.Delay(TimeSpan.FromSeconds(20));
        Console.WriteLine($"idle for 20 s: {host.Memory().Now:0} MiB");
        await LoadAsync(host, servers, words.Number("seconds", 10));
        var senders = words.Number("senders", 16);
        await AwayAsync("Redis stopped", host, senders, servers.StopRedisAsync, () => servers.StartRedisAsync(CancellationToken.None));
        await AwayAsync("Redis frozen", host, senders, () => servers.SignalRedisAsync("STOP"), () => servers.SignalRedisAsync("CONT"));
        return 0;
    }

    private static async Task StartAsync(string folder, Servers servers, int number)
    {
        await using var host = HostProcess.Start(folder, servers, demo: false);
        while ((await host.SayAsync($"oStart{number}", Question)).Words?.Contains(Known, StringComparison.Ordinal) != true)
        {
            if (host.Age > TimeSpan.FromMinutes(1))
                throw new LoadException("No callback was answered within a minute.");
            await Task.Delay(5);
        }

        Console.WriteLine($"start {number}: first answered callback after {host.Age.TotalMilliseconds:0} ms");
    }

    private static async Task LoadAsync(HostProcess host, Servers servers, int seconds)
    {
        using var messages = MessageFile.Write(servers.Folder, WeChatMode.Plain, Workload.PolicyQuestions(), 40_000 * seconds, i => Account.OpenId(i % 20_000));
        var shot = await Wrk.RunAsync(host.Callback, messages, connections: 64, seconds, CancellationToken.None);
        Console.WriteLine($"under load, {shot.PerSecond:0} messages a second on 64 connections, p99 {shot.P99.TotalMilliseconds:0.0} ms: {host.Memory().Now:0} MiB, at most {host.Memory().Most:0} MiB");
    }

    private static async Task AwayAsync(string fault, HostProcess host, int senders, Func<Task> strike, Func<Task> heal)
    {
        using var stop = new CancellationTokenSource();
        var answers = new ConcurrentQueue<(long At, TimeSpan Took, string? Words)>();
        var talking = Enumerable.Range(0, senders).Select(n => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var at = Stopwatch.GetTimestamp();
                var (said, took) = await host.SayAsync($"oAway{Interlocked.Increment(ref s_citizens)}", Question);
                answers.Enqueue((at, took, said));
            }
        })).ToArray();
        await Task.Delay(TimeSpan.FromSeconds(3));
        await strike();
        var struck = Stopwatch.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(10));
        var healed = Stopwatch.GetTimestamp();
        await heal();
        await Task.Delay(TimeSpan.FromSeconds(6));
        await stop.CancelAsync();
        await Task.WhenAll(talking);

        TimeSpan[] away = [.. answers.Where(a => a.At >= struck && a.At < healed).Select(a => a.Took).Order()];
        var back = answers.Where(a => a.At >= healed && a.Words?.Contains(Known, StringComparison.Ordinal) == true).Select(a => a.At + (long)(a.Took.TotalSeconds * Stopwatch.Frequency)).DefaultIfEmpty(long.MaxValue).Min();
        Console.WriteLine($"{fault}: {away.Length} callbacks meanwhile, p50 {away[away.Length / 2].TotalMilliseconds:0} ms, p99 {away[away.Length * 99 / 100].TotalMilliseconds:0} ms, most {away[^1].TotalMilliseconds:0} ms; "
            + $"{answers.Count(a => a.Words is null)} not 200, {answers.Count(a => a.At >= struck && a.Words?.Contains(Sorry, StringComparison.Ordinal) == true)} honest sentences; "
            + $"answers again {Stopwatch.GetElapsedTime(healed, back).TotalMilliseconds:0} ms after it was back");
    }
}
