using Bot.Bench.Fuzz;
using NUnit.Framework;

namespace Bot.Tests.Fuzz;

/// <summary>A short run with a fixed seed; the bench's verb <c>fuzz</c> runs for as long as one likes.</summary>
public sealed class FuzzTests
{
    private const int Inputs = 3_000;

    private static IEnumerable<string> Targets() => FuzzTargets.All.Select(target => target.Name);

    [TestCaseSource(nameof(Targets))]
    public void Nothing_that_strangers_send_breaks_or_hangs_it(string name)
    {
        var target = FuzzTargets.All.Single(t => t.Name == name);
        var result = FuzzRun.Run(target, seed: 20261127, Inputs, TimeSpan.FromMinutes(1));
        Assert.That(result.Why, Is.Null, () => Convert.ToBase64String(result.Breaker ?? []));
        Assert.That(result.Outcomes, Is.GreaterThan(1), "an input that is always refused tests nothing");
    }

    [TestCaseSource(nameof(Targets))]
    public void What_it_begins_with_is_understood(string name)
    {
        var target = FuzzTargets.All.Single(t => t.Name == name);
        Assert.That(target.Seeds(), Is.Not.Empty);
        foreach (var seed in target.Seeds())
            Assert.That(() => target.Read(seed), Throws.Nothing);
    }
}
