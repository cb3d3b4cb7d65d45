using System.Diagnostics;
using Bot.WeChat;

namespace Bot.Bench.Load;

/// <summary>The rounds of one mode.</summary>
internal sealed class Contest(LoadOptions options, WeChatMode mode, Servers servers, Contestant limit, Contestant bot)
{
    private const int Checked = 200;
    private const int WarmSeconds = 4;

    // The JIT's last word comes late: until then it takes a third of the bot's time.
    private const int WarmMessages = 60_000;
    private static readonly TimeSpan s_warmAtMost = TimeSpan.FromSeconds(60);

    // More than the limit was seen to serve: a busy machine may get quieter.
    private const double Spare = 1.5;
    private const double LeastPerSecond = 12_000;

    private readonly string[] _citizens = [.. Enumerable.Range(0, options.Users).Select(Account.OpenId)];

    /// <summary>Limit and bot in turn, with the same messages.</summary>
    public async Task CompareAsync(Workload workload, CancellationToken ct)
    {
        Console.WriteLine($"\n{mode.ToString().ToLowerInvariant()} mode, {workload.Name}, {options.Connections} connections, {options.Users} citizens");
        await ReplyCheck.RunAsync(bot.Callback, mode, MessageFile.Lines(mode, workload, Checked, Anyone), ct);
        var most = await WarmAsync(workload, ct);
        Table.PrintHeading();
        List<(Round Limit, Round Bot)> rounds = [];
        for (var i = 1; i <= options.Rounds; i++)
        {
            using var messages = Write(workload, most, options.Seconds, Anyone);
            await servers.EmptyRedisAsync();
            var first = await limit.RunAsync(messages, options.Connections, options.Seconds, ct);
            Table.Print($"{i} {limit.Name}", first);
            var before = await bot.OutcomesAsync(ct);
            var second = await bot.RunAsync(messages, options.Connections, options.Seconds, ct);
            Table.Print($"{i} {bot.Name}", second);
            if (second.Shot.Again > 0)
                Console.WriteLine("  all messages were sent before the round ended: repeats are in these figures");
            Table.PrintOutcomes(before, await bot.OutcomesAsync(ct));
            rounds.Add((first, second));
            most = Math.Max(most, Math.Max(first.Shot.PerSecond, second.Shot.PerSecond));
        }

        Table.PrintRatios(rounds);
    }

    /// <summary>A quarter of the connections belongs to one citizen, who sends without a pause; the others must not feel it.</summary>
    public async Task CrowdAsync(CancellationToken ct)
    {
        var (one, others) = (options.Connections / 4, options.Connections - options.Connections / 4);
        Console.WriteLine($"\n{mode.ToString().ToLowerInvariant()} mode, the p99 of {others} connections beside {one} further ones");
        var most = (await ShootAsync(Anyone, others, LeastPerSecond, ct)).PerSecond;
        Table.Print("beside as busy strangers", await BesideAsync(Anyone), others);
        Table.Print("beside one busy citizen", await BesideAsync(_ => _citizens[0]), others);
        Table.Print("beside as busy strangers", await BesideAsync(Anyone), others);

        async Task<(Shot Others, Shot Beside)> BesideAsync(Func<int, string> sender)
        {
            await servers.EmptyRedisAsync();
            var shots = await Task.WhenAll(ShootAsync(Anyone, others, most, ct), ShootAsync(sender, one, most, ct));
            return (shots[0], shots[1]);
        }
    }

    private async Task<Shot> ShootAsync(Func<int, string> sender, int connections, double perSecond, CancellationToken ct)
    {
        using var messages = Write(Workload.FreeText, perSecond, options.Seconds, sender);
        return await Wrk.RunAsync(bot.Callback, messages, connections, options.Seconds, ct);
    }

    // Also looks at every reply of the bot, under the whole load. The limit's rate tells how many messages a round needs.
    private async Task<double> WarmAsync(Workload workload, CancellationToken ct)
    {
        var (began, most, looked, faults) = (Stopwatch.GetTimestamp(), 0.0, 0L, 0L);
        while (looked < WarmMessages && Stopwatch.GetElapsedTime(began) < s_warmAtMost)
        {
            using var messages = Write(workload, most, WarmSeconds, Anyone);
            most = Math.Max(most, (await Wrk.RunAsync(limit.Callback, messages, options.Connections, WarmSeconds, ct)).PerSecond);
            var shot = await Wrk.RunAsync(bot.Callback, messages, options.Connections, WarmSeconds, ct, check: true);
            (looked, faults) = (looked + shot.Requests, faults + shot.Faults);
        }

        Console.WriteLine($"{Checked} replies read one by one, {looked} looked at under load: {faults} of them refused, broken or without <xml>");
        return most;
    }

    private MessageFile Write(Workload workload, double perSecond, int seconds, Func<int, string> sender) =>
        MessageFile.Write(servers.Folder, mode, workload, (int)(Math.Max(perSecond * Spare, LeastPerSecond) * seconds), sender);

    private string Anyone(int message) => _citizens[(int)(message * 7919L % _citizens.Length)];
}
