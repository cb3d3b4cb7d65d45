using System.Globalization;

namespace Bot.Bench.Load;

/// <summary>How the rounds are shown.</summary>
internal static class Table
{
    public static void PrintHeading() =>
        Console.WriteLine($"{"round",-10} {"req/s",8} {"p50 ms",8} {"p99 ms",8} {"CPU µs",8} {"Redis µs",9} {"bytes",8} {"faults",7}");

    public static void Print(string name, Round round) => Write(
        $"{name,-10} {round.Shot.PerSecond,8:0} {round.Shot.P50.TotalMilliseconds,8:0.00} {round.Shot.P99.TotalMilliseconds,8:0.00} {round.Cpu.TotalMicroseconds,8:0.0} {round.RedisCpu.TotalMicroseconds,9:0.0} {round.Bytes,8:0} {round.Shot.Faults,7}");

    public static void Print(string name, (Shot Others, Shot Beside) shots, int others) => Write(
        $"{name,-26} {others} connections: {shots.Others.PerSecond:0} req/s, p50 {shots.Others.P50.TotalMilliseconds:0.00} ms, p99 {shots.Others.P99.TotalMilliseconds:0.00} ms, {shots.Others.Faults} faults; the further ones: {shots.Beside.PerSecond:0} req/s, p99 {shots.Beside.P99.TotalMilliseconds:0.00} ms, {shots.Beside.Faults} faults");

    /// <summary>Says what the bot itself counted, unless it simply answered everything.</summary>
    public static void PrintOutcomes(IReadOnlyDictionary<string, long> before, IReadOnlyDictionary<string, long> after)
    {
        var others = after.Select(o => (o.Key, Count: o.Value - before.GetValueOrDefault(o.Key))).Where(o => o.Key != "answered" && o.Count > 0).ToList();
        if (others.Count > 0)
            Console.WriteLine($"  not answered: {string.Join(", ", others.Select(o => $"{o.Count} {o.Key}"))}");
    }

    public static void PrintRatios(IReadOnlyList<(Round Limit, Round Bot)> rounds)
    {
        Write($"median: {Median(r => r.Bot.Shot.PerSecond / r.Limit.Shot.PerSecond):0.000} of the limit's throughput, p99 {Median(r => r.Bot.Shot.P99 / r.Limit.Shot.P99):0.00} times the limit's");

        double Median(Func<(Round Limit, Round Bot), double> of) => rounds.Select(of).Order().ElementAt(rounds.Count / 2);
    }

    private static void Write(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
