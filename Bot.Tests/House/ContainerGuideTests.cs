using System.Text.RegularExpressions;
using Bot.Tests.Infrastructure;
using NUnit.Framework;

namespace Bot.Tests.House;

public sealed class ContainerGuideTests
{
    // Every command of docker compose reads the whole file, and the crontab's have no other environment.
    [Test]
    public void What_the_composition_asks_for_lies_in_a_file_beside_it()
    {
        var asked = Regex.Matches(File.ReadAllText(Path.Combine(Repository.Root, "compose.yaml")), @"\$\{([A-Z_]+):\?").Select(m => m.Groups[1].Value).Distinct().ToArray();
        var written = File.ReadAllLines(Path.Combine(Repository.Root, "docs/operations.md")).Single(line => line.EndsWith("> .env", StringComparison.Ordinal));
        Assert.That(asked, Is.Not.Empty);
        Assert.That(asked.Where(name => !written.Contains($" {name}=", StringComparison.Ordinal)), Is.Empty);
    }
}
