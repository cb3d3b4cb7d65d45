using System.Text.Json;
using System.Text.RegularExpressions;
using Bot.Host.Operation;
using Bot.Tests.Infrastructure;
using Microsoft.Extensions.Configuration;
using NUnit.Framework;
using Prometheus;
using YamlDotNet.RepresentationModel;

namespace Bot.Tests.House;

/// <summary>What lies under <c>deploy/</c> names settings, metrics, paths and sections that exist.</summary>
public sealed class DeployTests
{
    private static readonly string s_root = Repository.Root;

    private static IEnumerable<string> YamlFiles() =>
        Directory.EnumerateFiles(Path.Combine(s_root, "deploy"), "*.y*ml", SearchOption.AllDirectories).Append(Path.Combine(s_root, "compose.yaml"))
            .Select(file => Path.GetRelativePath(s_root, file)).Order();

    [TestCaseSource(nameof(YamlFiles))]
    public void Is_YAML(string file) => Assert.That(Documents(file), Is.Not.Empty);

    [Test]
    public void Every_metric_in_alerts_and_dashboard_is_one_that_the_Host_shows()
    {
        var known = Shown();
        var dashboard = File.ReadAllText(Path.Combine(s_root, "deploy/grafana/dashboard.json"));
        using var parsed = JsonDocument.Parse(dashboard);
        Assert.That(parsed.RootElement.GetProperty("panels").GetArrayLength(), Is.GreaterThan(10));
        foreach (var file in new[] { "deploy/prometheus/alerts.yml", "deploy/kubernetes/prometheus-adapter.yaml", "deploy/grafana/dashboard.json" })
        {
            var named = Regex.Matches(File.ReadAllText(Path.Combine(s_root, file)), @"\b(bot|process|dotnet)_[a-z0-9_]+").Select(m => m.Value)
                .Except(["bot_queue_age_seconds"]).Select(name => Regex.Replace(name, "_(bucket|count|sum)$", "")).Distinct();
            Assert.That(named.Except(known), Is.Empty, file);
        }
    }

    [Test]
    public void Every_alert_says_what_it_means_and_leads_to_a_section_of_the_runbook()
    {
        var sections = File.ReadAllLines(Path.Combine(s_root, "docs/operations.md")).Where(line => line.StartsWith('#'))
            .Select(line => Regex.Replace(line.TrimStart('#', ' ').ToLowerInvariant(), "[^a-z0-9 -]", "").Replace(' ', '-')).ToArray();
        var rules = Documents("deploy/prometheus/alerts.yml").Single().AllNodes.OfType<YamlMappingNode>().Where(n => Text(n, "alert").Length > 0).ToArray();
        Assert.That(rules, Has.Length.GreaterThan(8));
        foreach (var rule in rules)
        {
            var notes = (YamlMappingNode)rule.Children["annotations"];
            Assert.That(Text(notes, "summary"), Is.Not.Empty, Text(rule, "alert"));
            Assert.That(sections, Does.Contain(Text(notes, "runbook").Split('#')[1]), Text(rule, "alert"));
        }
    }

    private static readonly string[] s_deployments = ["compose.yaml", "deploy/kubernetes/bot.yaml", "deploy/systemd/bot.env", "deploy/systemd/bot.service", "Dockerfile"];

    [TestCaseSource(nameof(s_deployments))]
    public void Every_setting_that_a_deployment_gives_is_one_of_ours(string file)
    {
        var known = new ConfigurationBuilder().AddJsonFile(Path.Combine(s_root, "appsettings.json")).Build().AsEnumerable().Select(s => s.Key).ToHashSet();
        var given = Regex.Matches(File.ReadAllText(Path.Combine(s_root, file)), "[A-Z][A-Za-z]+(__[A-Z][A-Za-z]+)+").Select(m => m.Value.Replace("__", ":", StringComparison.Ordinal)).Distinct().ToArray();
        Assert.That(given, Is.Not.Empty);
        Assert.That(given.Except(known), Is.Empty);
    }

    [Test]
    public void The_cluster_and_the_machine_hand_over_every_secret_that_is_required()
    {
        string[] secrets = ["WeChat__AppSecret", "WeChat__Token", "WeChat__EncodingAESKey", "ConnectionStrings__Postgres", "Privacy__Keys"];
        foreach (var file in new[] { "compose.yaml", "deploy/systemd/bot.service", "docs/operations.md" })
            Assert.That(secrets.Where(secret => !File.ReadAllText(Path.Combine(s_root, file)).Contains(secret, StringComparison.Ordinal)), Is.Empty, file);
    }

    [Test]
    public void Nothing_is_probed_or_exposed_that_is_not_there()
    {
        var probed = Regex.Matches(File.ReadAllText(Path.Combine(s_root, "deploy/kubernetes/bot.yaml")), "path: (/[a-z/]+)").Select(m => m.Groups[1].Value).Distinct();
        Assert.That(probed, Is.SubsetOf(new[] { "/health/ready", "/health/live" }));
        var exposed = Regex.Matches(File.ReadAllText(Path.Combine(s_root, "deploy/kubernetes/ingress.yaml")), "path: (/[a-z/-]+)").Select(m => m.Groups[1].Value).ToArray();
        Assert.That(exposed, Does.Contain("/wechat/callback").And.Not.Contain("/metrics").And.Not.Contain("/health").And.Not.Contain("/simulator"));
    }

    [Test]
    public void The_cluster_lets_through_what_is_public_and_nothing_that_is_inside_only()
    {
        var paths = Documents("deploy/kubernetes/ingress.yaml").SelectMany(d => d.AllNodes).OfType<YamlMappingNode>()
            .Where(n => Text(n, "pathType").Length > 0).Select(n => (Path: Text(n, "path"), Whole: Text(n, "pathType") == "Exact")).ToArray();
        string[] inside = ["/health", "/metrics"];
        string[] nowhere = ["/sorry"];                      // shown in place of another
        foreach (var route in RoutesTests.Public.Append("GET /console/sign-in").Append("GET /api/v1/notices").Append("POST /wechat/callback").Select(r => r.Split(' ')[1]))
        {
            var first = "/" + route.Split('/')[1];
            Assert.That(paths.Any(p => p.Path == route || (!p.Whole && p.Path == first)), Is.EqualTo(!inside.Concat(nowhere).Contains(first)), route);
        }
    }

    [Test]
    public void Only_what_is_recognised_when_it_comes_twice_is_sent_to_a_second_host()
    {
        var repeated = Documents("deploy/kubernetes/ingress.yaml").Where(d => d.AllNodes.OfType<YamlScalarNode>().Any(n => n.Value!.Contains("non_idempotent", StringComparison.Ordinal)))
            .SelectMany(d => d.AllNodes).OfType<YamlMappingNode>().Where(n => Text(n, "pathType").Length > 0).Select(n => $"{Text(n, "pathType")} {Text(n, "path")}");
        Assert.That(repeated.Distinct(), Is.EqualTo(new[] { "Exact /wechat/callback" }));
    }

    [Test]
    public void The_guide_tells_who_may_reach_each_path()
    {
        var guide = File.ReadAllText(Path.Combine(s_root, "docs/operations.md")).Split("## Who may reach what")[1].Split("\n## ")[0];
        var untold = RoutesTests.Public.Select(route => "/" + route.Split(' ')[1].Split('/')[1]).Except(["/sorry"]).Where(first =>
            !Regex.IsMatch(guide, $"`{Regex.Escape(first)}[/`…]") && !guide.Contains($"`{first.Split('.')[0]}…`", StringComparison.Ordinal));
        Assert.That(untold, Is.Empty);
    }

    [Test]
    public void Ports_images_and_names_agree()
    {
        string Read(string file) => File.ReadAllText(Path.Combine(s_root, file));
        var compose = (YamlMappingNode)Documents("compose.yaml").Single().RootNode;
        var services = (YamlMappingNode)compose.Children["services"];
        var hosts = services.Children.Keys.Select(k => ((YamlScalarNode)k).Value!).Where(name => name.StartsWith("bot-", StringComparison.Ordinal)).ToArray();
        Assert.That(hosts, Has.Length.EqualTo(2));
        Assert.That(Regex.Matches(Read("deploy/nginx/nginx.conf"), "server ([a-z0-9-]+):5080").Select(m => m.Groups[1].Value), Is.EqualTo(hosts), "the proxy's two hosts");
        Assert.That(Read("Dockerfile"), Does.Contain("EXPOSE 5080").And.Contain("ASPNETCORE_URLS=http://+:5080"));
        var cluster = Read("deploy/kubernetes/bot.yaml");
        Assert.That(cluster, Does.Contain("containerPort: 5080").And.Contain("ASPNETCORE_URLS: http://+:5080").And.Contain("runAsUser: 1654"));
        var images = Regex.Matches(cluster + Read("deploy/kubernetes/audit.yaml") + Read("docs/operations.md"), @"registry\.example\.gov\.cn/[a-z0-9:.-]*[a-z0-9]").Select(m => m.Value).Distinct();
        Assert.That(images, Is.EqualTo(new[] { $"registry.example.gov.cn/wechat-bot:{typeof(Bot.Host.Verbs.VerbTable).Assembly.GetName().Version!.ToString(3)}" }), "one image, of this release");
        Assert.That(Read("deploy/prometheus/prometheus.yml"), Does.Contain(":5080"));

        // A secret that is asked for is one that is made, and each has a file of its own name.
        var made = ((YamlMappingNode)compose.Children["secrets"]).Children.ToDictionary(s => ((YamlScalarNode)s.Key).Value!, s => Text((YamlMappingNode)s.Value, "file"));
        var asked = services.Children.SelectMany(s => ((YamlMappingNode)s.Value).Children.TryGetValue("secrets", out var some) ? ((YamlSequenceNode)some).Select(n => n is YamlMappingNode named ? Text(named, "source") : ((YamlScalarNode)n).Value!) : [])
            .Concat(((YamlSequenceNode)((YamlMappingNode)compose.Children["x-bot"]).Children["secrets"]).Select(n => ((YamlScalarNode)n).Value!));
        Assert.That(made.Keys, Is.EquivalentTo(asked.Distinct()));
        Assert.That(made.Values, Is.EqualTo(made.Keys.Select(name => $"./deploy/secrets/{name}")));
        var known = services.Children.Keys.Select(k => ((YamlScalarNode)k).Value!).ToArray();
        Assert.That(Regex.Matches(Read("compose.yaml"), "depends_on: \\[([^]]+)\\]").SelectMany(m => m.Groups[1].Value.Split(", ")), Is.SubsetOf(known));
    }

    private static List<YamlDocument> Documents(string file)
    {
        using var reader = new StreamReader(Path.Combine(s_root, file));
        var stream = new YamlStream();
        stream.Load(reader);
        return [.. stream.Documents];
    }

    private static string Text(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) && value is YamlScalarNode { Value: { } text } ? text : "";

    private static HashSet<string> Shown()
    {
        var registry = Metrics.NewCustomRegistry();
        _ = new BotMetrics(registry);
        DotNetStats.Register(registry);
        using var page = new MemoryStream();
        registry.CollectAndExportAsTextAsync(page).Wait();
        return [.. Regex.Matches(System.Text.Encoding.UTF8.GetString(page.ToArray()), "(?m)^# TYPE ([a-z0-9_]+) ").Select(m => m.Groups[1].Value)];
    }
}
