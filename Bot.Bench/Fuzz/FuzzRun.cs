using System.Diagnostics;

namespace Bot.Bench.Fuzz;

/// <summary>Sends changed inputs to a target until one breaks it or enough were sent.</summary>
internal static class FuzzRun
{
    private const int MostKept = 4_000;

    private static readonly TimeSpan s_hang = TimeSpan.FromSeconds(2);

    public static FuzzResult Run(FuzzTarget target, int seed, long inputs, TimeSpan time)
    {
        var (mutator, corpus, words) = (new Mutator(seed, target.Longest), new List<byte[]>(target.Seeds()), new HashSet<string>(StringComparer.Ordinal));
        var since = Stopwatch.StartNew();
        long sent = 0;
        while (sent < inputs && since.Elapsed < time)
        {
            var input = mutator.Next(corpus);
            var began = Stopwatch.GetTimestamp();
            string word;
            try
            {
                word = target.Read(input);
            }
            catch (Exception e) when (target.Expected?.IsInstanceOfType(e) ?? false)
            {
                word = "refused";
            }
            catch (Exception e)
            {
                return new(target.Name, sent, words.Count, since.Elapsed, input, e.ToString());
            }

            sent++;
            // A busy machine makes one wait, too: what hangs does so again.
            if (Stopwatch.GetElapsedTime(began) > s_hang && Enumerable.Range(0, 3).All(_ => Took(target, input) > s_hang))
                return new(target.Name, sent, words.Count, since.Elapsed, input, $"took more than {s_hang.TotalSeconds:0} s each time");
            if (words.Add(word) && corpus.Count < MostKept)
                corpus.Add(input);
        }

        return new(target.Name, sent, words.Count, since.Elapsed, null, null);
    }

    private static TimeSpan Took(FuzzTarget target, byte[] input)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            target.Read(input);
        }
        catch (Exception e) when (target.Expected?.IsInstanceOfType(e) ?? false)
        {
            // Refused, as it may be.
        }

        return Stopwatch.GetElapsedTime(began);
    }
}

/// <param name="Outcomes">Different things that were made of the inputs.</param>
/// <param name="Breaker">The input that broke it; null: none did.</param>
internal sealed record FuzzResult(string Target, long Inputs, int Outcomes, TimeSpan Took, byte[]? Breaker, string? Why);
