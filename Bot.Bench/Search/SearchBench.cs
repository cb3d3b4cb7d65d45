using System.Diagnostics;
using System.Globalization;
using Bot.Handlers.Policies.Search;

namespace Bot.Bench.Search;

/// <summary>Answers a retrieval test set with the bot's own index and writes a run for a scorer.</summary>
internal static class SearchBench
{
    private const int HitsPerQuery = 10;
    private const int TimedRounds = 5;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    public static async Task<int> RunAsync(string[] args)
    {
        Dictionary<string, string> options = [];
        for (var i = 0; i + 1 < args.Length; i += 2)
            options[args[i]] = args[i + 1];
        if (args.Length % 2 == 0 && options.TryGetValue("--docs", out var docs) && options.TryGetValue("--queries", out var queries)
            && options.TryGetValue("--out", out var output))
        {
            await MeasureAsync(docs, queries, output, options.GetValueOrDefault("--synonyms"), options.GetValueOrDefault("--memory"));
            return 0;
        }

        Console.Error.WriteLine("search --docs D.jsonl --queries Q.jsonl --out RUN.tsv [--synonyms S.json] [--memory PAST.jsonl]");
        return 64; // EX_USAGE
    }

    private static async Task MeasureAsync(string docs, string queries, string output, string? synonyms, string? memory)
    {
        var words = synonyms is null ? Synonyms.Own : Synonyms.Own.And(Synonyms.Parse(File.OpenRead(synonyms)));
        SearchDocument[] documents = [.. EvaluationFiles.Documents(docs, await OwnAliases.ReadAsync())];
        PastQuestion[] past = memory is null ? [] : [.. EvaluationFiles.Past(memory)];

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var cpu = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        var index = PolicyIndex.Build(documents, words, past);
        var built = clock.Elapsed;
        var worked = Environment.CpuUsage.TotalTime - cpu;
        var mebibytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (1024.0 * 1024);

        var times = Answer(index, [.. EvaluationFiles.Queries(queries)], output);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"documents {index.Count}  build {built.TotalMilliseconds:F0} ms ({worked.TotalMilliseconds:F0} ms of processor time)  memory {mebibytes:F1} MiB (texts not counted)  "
            + $"p50 {At(times, 0.50):F1} µs  p95 {At(times, 0.95):F1} µs a query  queries {times.Length}"));
    }

    // The first round writes; then the compiler gets time to do its best; the last rounds are timed.
    private static double[] Answer(PolicyIndex index, EvaluationQuery[] queries, string output)
    {
        var hits = new Hit[HitsPerQuery];
        using (StreamWriter run = new(output))
        {
            foreach (var query in queries)
            {
                var found = index.Search(query.Text, hits);
                foreach (var hit in hits.AsSpan(0, found))
                    run.Write($"{query.Id}\t{hit.Id}\n");
            }
        }

        for (var warming = Stopwatch.StartNew(); warming.Elapsed < WarmUp;)
        {
            foreach (var query in queries)
                index.Search(query.Text, hits);
        }

        // The best of a few rounds: what a query costs, not what else the machine had to do meanwhile.
        var times = new double[queries.Length];
        Array.Fill(times, double.MaxValue);
        for (var round = 0; round < TimedRounds; round++)
        {
            for (var i = 0; i < queries.Length; i++)
            {
                var start = Stopwatch.GetTimestamp();
                index.Search(queries[i].Text, hits);
                times[i] = Math.Min(times[i], Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            }
        }

        Array.Sort(times);
        return times;
    }

    private static double At(double[] sorted, double share) => sorted.Length == 0 ? 0 : sorted[(int)((sorted.Length - 1) * share)];
}
