using System.Globalization;

namespace Bot.Bench.Load;

/// <summary>One round of wrk.</summary>
/// <param name="Refused">Answers that were not 2xx or 3xx.</param>
/// <param name="Broken">Connections that failed or timed out.</param>
/// <param name="Again">How often the file was begun again: from then on the bot was sent repeats.</param>
/// <param name="Wrong">Replies that were not 200 with <c>&lt;xml&gt;</c>; counted in a checking round only.</param>
internal sealed record Shot(long Requests, TimeSpan Took, TimeSpan P50, TimeSpan P99, long Refused, long Broken, long Wrong, long Again)
{
    public double PerSecond => Requests / Took.TotalSeconds;

    public long Faults => Refused + Broken + Wrong;
}

internal static class Wrk
{
    private static readonly string s_script = Path.Combine(AppContext.BaseDirectory, "Load", "post.lua");

    /// <exception cref="LoadException">It is not there.</exception>
    public static async Task FindAsync(CancellationToken ct)
    {
        await using var wrk = Child.Start("wrk", ["--version"]);
        await wrk.ReadToEndAsync(ct);
    }

    /// <exception cref="LoadException">wrk failed.</exception>
    public static async Task<Shot> RunAsync(Uri url, MessageFile messages, int connections, int seconds, CancellationToken ct, bool check = false)
    {
        await using var wrk = Child.Start("wrk", [
            "-t1", $"-c{connections}", $"-d{seconds}s", "--timeout", "10s", "--latency", "-s", s_script,
            url.ToString(), "--", messages.Path, .. check ? (string[])["check"] : []]);
        var output = await wrk.ReadToEndAsync(ct);
        var result = output.Split('\n').LastOrDefault(line => line.StartsWith("RESULT ", StringComparison.Ordinal))
            ?? throw new LoadException($"wrk failed:\n{output}");
        long[] n = [.. result.Split(' ').Skip(1).Select(part => long.Parse(part, CultureInfo.InvariantCulture))];
        return new(n[0], Microseconds(n[1]), Microseconds(n[2]), Microseconds(n[3]), n[4], n[5], n[6], n[7]);
    }

    private static TimeSpan Microseconds(long count) => TimeSpan.FromMicroseconds(count);
}
