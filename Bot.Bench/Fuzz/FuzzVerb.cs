using System.Globalization;
using SharpFuzz;

namespace Bot.Bench.Fuzz;

/// <summary>
/// <c>fuzz [--seconds 60] [--inputs N] [--seed 1] [--target NAME]</c>: for each target, changed inputs until one breaks it. Ends with 1 and keeps the input when one does.
/// <c>fuzz --afl NAME</c>: one target for afl-fuzz, which starts it and looks at its coverage; see <c>.ci/fuzz</c>.
/// </summary>
internal static class FuzzVerb
{
    public static Task<int> RunAsync(string[] args)
    {
        if (args is ["--afl", var name])
            return Task.FromResult(Afl(FuzzTargets.All.Single(t => t.Name == name)));
        var seconds = Option(args, "--seconds", 60);
        var (inputs, seed) = (Option(args, "--inputs", long.MaxValue), (int)Option(args, "--seed", 1));
        var only = Array.IndexOf(args, "--target") is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
        Console.WriteLine($"{"target",-10} {"inputs",12} {"a second",10} {"outcomes",9}");
        var broken = false;
        long total = 0;
        foreach (var target in FuzzTargets.All.Where(t => only is null || t.Name == only))
        {
            var result = FuzzRun.Run(target, seed, inputs, TimeSpan.FromSeconds(seconds));
            total += result.Inputs;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{result.Target,-10} {result.Inputs,12:N0} {result.Inputs / result.Took.TotalSeconds,10:N0} {result.Outcomes,9:N0}"));
            if (result.Breaker is null)
                continue;
            broken = true;
            var file = $"fuzz-{target.Name}-{result.Inputs}.bin";
            File.WriteAllBytes(file, result.Breaker);
            Console.WriteLine($"  broken by {file}: {result.Why}");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"all",-10} {total,12:N0}"));
        return Task.FromResult(broken ? 1 : 0);
    }

    private static int Afl(FuzzTarget target)
    {
        // In a process of its own, so that even what cannot be caught is a finding and not the end.
        Fuzzer.OutOfProcess.Run(stream =>
        {
            using var input = new MemoryStream();
            stream.CopyTo(input);
            try
            {
                target.Read(input.ToArray());
            }
            catch (Exception e) when (target.Expected?.IsInstanceOfType(e) ?? false)
            {
                // Refused, as it may be.
            }
        });
        return 0;
    }

    private static long Option(string[] args, string name, long otherwise) =>
        Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? long.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
}
