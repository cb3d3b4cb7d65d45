using System.Reflection;
using System.Text.RegularExpressions;
using Bot.Host.Verbs;
using Bot.Tests.Infrastructure;
using NUnit.Framework;

namespace Bot.Tests.House;

public sealed class VerbTests
{
    private static readonly string[] s_told = ["README.md", "docs/operations.md", "SECURITY.md", "deploy/systemd/bot-audit.service", "deploy/restore-rehearsal.sh", "Dockerfile"];

    [Test]
    public void Every_verb_that_is_told_of_is_on_the_table()
    {
        var known = VerbTable.All.Select(v => v.Name).ToArray();
        foreach (var file in s_told)
        {
            var told = Regex.Matches(File.ReadAllText(Path.Combine(Repository.Root, file)), @"(?:Bot\.Host\.dll""?,? ""?|--project Bot\.Host -- )([a-z][a-z-]+)").Select(m => m.Groups[1].Value).Distinct();
            Assert.That(told, Is.SubsetOf(known), file);
        }
    }

    [Test]
    public void Every_class_that_says_how_it_is_called_is_on_the_table()
    {
        var usages = typeof(VerbTable).Assembly.GetTypes().Where(t => t.Namespace == typeof(VerbTable).Namespace)
            .Select(t => t.GetField("Usage", BindingFlags.Public | BindingFlags.Static)?.GetValue(null)).OfType<string>().ToArray();
        Assert.That(usages, Has.Length.GreaterThan(5));
        Assert.That(usages.Where(u => !VerbTable.All.Any(v => v.Usage.Contains(u, StringComparison.Ordinal))), Is.Empty);
    }
}
