using System.Diagnostics;
using System.Globalization;

namespace Bot.Bench.Micro;

/// <summary>One operation, repeated in this thread: its time and the bytes that it allocates.</summary>
/// <remarks>The best batch is what the code costs; the median tells how busy the machine was meanwhile.</remarks>
internal static class Timing
{
    private const int Batches = 41;
    private static readonly TimeSpan Warmth = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan BatchLength = TimeSpan.FromMilliseconds(25);

    public static void PrintHeading() => Console.WriteLine($"{"one thread",-24} {"best",11} {"median",11} {"allocated",10}");

    public static void Print(string name, Action operation)
    {
        var (best, median, bytes) = Measure(operation);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-24} {best,8:0.00} µs {median,8:0.00} µs {bytes,8} B"));
    }

    private static (double Best, double Median, long Bytes) Measure(Action operation)
    {
        // Long enough for the JIT's second tier, which would otherwise arrive in the middle of a batch.
        var runs = 0L;
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < Warmth)
        {
            operation();
            runs++;
        }

        var batch = (int)Math.Max(1, runs * BatchLength / Warmth);
        var times = new double[Batches];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Batches; i++)
        {
            start = Stopwatch.GetTimestamp();
            for (var j = 0; j < batch; j++)
                operation();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / batch;
        }

        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / ((long)batch * Batches);
        Array.Sort(times);
        return (times[0], times[Batches / 2], bytes);
    }
}
