using System.Reflection;
using System.Text.RegularExpressions;
using Bot.Host.Verbs;
using Bot.Tests.Infrastructure;
using NUnit.Framework;
using StackExchange.Redis;

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

    [TestCase("audit", "verify --anchor /mnt/anchors", "There is no option --anchor.")]
    [TestCase("audit", "verify --anchors", "--anchors lacks its value.")]
    [TestCase("erase", "--openid --Bot:Demo=true", "--openid lacks its value.")]
    [TestCase("erase", "--open-id o1", "There is no option --open-id.")]
    [TestCase("keys", "rotate --force", "There is no option --force.")]
    [TestCase("serve", "-v", "There is no option -v.")]
    [TestCase("staff", "add --name li --role admin --passwordstdin", "There is no option --passwordstdin.")]
    public void An_option_that_is_misspelt_or_lacks_its_value_is_not_passed_over(string verb, string args, string fault) =>
        Assert.That(VerbOptions.Fault(Usage(verb), args.Split(' ')), Does.StartWith(fault).And.Contains(Usage(verb)));

    [TestCase("serve", "--urls http://127.0.0.1:5081 --Bot:Demo=true --WeChat:Token -secret-")]
    [TestCase("audit", "verify --anchors /mnt/anchors --ConnectionStrings:Postgres Host=127.0.0.1")]
    [TestCase("erase", "--openid -o1")]
    [TestCase("staff", "add --name li --role admin --password-stdin --display-name 李")]
    [TestCase("export", "citizen --openid o1 --out -")]
    public void Options_and_settings_pass(string verb, string args) => Assert.That(VerbOptions.Fault(Usage(verb), args.Split(' ')), Is.Null);

    [Test]
    public void A_server_that_is_away_is_one_line_and_no_stack()
    {
        var fault = Assert.CatchAsync(() => Migrate.RunAsync(
            ["--Bot:Demo=true", "--ConnectionStrings:Postgres=Host=127.0.0.1;Port=9;Database=bot;Username=bot"], default));
        Assert.That(Stop.Reason(fault), Does.StartWith("PostgreSQL cannot be reached: ").And.Not.Contains("\n"));
        Assert.That(Stop.Reason(new RedisException("No connection is active: DEL bot:{oSomebody}:s; mc: 1/1/0")),
            Is.EqualTo("Redis cannot be reached: No connection is active. `doctor` tells more."));
        Assert.That(Stop.Reason(new InvalidOperationException("ours")), Is.Null);
    }

    private static string Usage(string verb) => VerbTable.All.Single(v => v.Name == verb).Usage;

    [Test]
    public void Every_class_that_says_how_it_is_called_is_on_the_table()
    {
        var usages = typeof(VerbTable).Assembly.GetTypes().Where(t => t.Namespace == typeof(VerbTable).Namespace)
            .Select(t => t.GetField("Usage", BindingFlags.Public | BindingFlags.Static)?.GetValue(null)).OfType<string>().ToArray();
        Assert.That(usages, Has.Length.GreaterThan(5));
        Assert.That(usages.Where(u => !VerbTable.All.Any(v => v.Usage.Contains(u, StringComparison.Ordinal))), Is.Empty);
    }
}
