using System.Text.Json;
using System.Text.RegularExpressions;
using Bot.Host.Operation;
using Bot.Tests.Infrastructure;
using NUnit.Framework;

namespace Bot.Tests.House;

public sealed class BillOfMaterialsTests
{
    // For tests and measurements, or of the compiler's kind: nothing of them is in the program.
    private static readonly string[] s_apart = ["Tests", "Bench"];

    [Test]
    public void Names_every_package_that_a_project_of_the_program_asks_for_once()
    {
        using var dependencies = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Bot.Host.deps.json")));
        using var bill = JsonDocument.Parse(BillOfMaterials.Of(dependencies.RootElement, DateTimeOffset.UnixEpoch).ToJsonString());
        var components = bill.RootElement.GetProperty("components").EnumerateArray().Select(c => c.GetProperty("purl").GetString()!).ToArray();
        Assert.That(components, Is.Unique);
        var asked = Regex.Matches(File.ReadAllText(Path.Combine(Repository.Root, "Directory.Packages.props")), "<ItemGroup Label=\"(\\w+)\">(.*?)</ItemGroup>", RegexOptions.Singleline)
            .Where(group => !s_apart.Contains(group.Groups[1].Value))
            .SelectMany(group => Regex.Matches(group.Groups[2].Value, "Include=\"([^\"]+)\"")).Select(p => $"pkg:nuget/{p.Groups[1].Value}");
        Assert.That(components.Select(c => c.Split('@')[0]), Is.SupersetOf(asked));
        var known = components.Append("wechat-bot").ToHashSet();
        foreach (var row in bill.RootElement.GetProperty("dependencies").EnumerateArray())
            Assert.That(row.GetProperty("dependsOn").EnumerateArray().Select(d => d.GetString()), Is.SubsetOf(known), row.GetProperty("ref").GetString());
    }

    [Test]
    public void Names_whatever_was_copied_into_the_program_with_a_licence()
    {
        var named = BillOfMaterials.Vendored().Select(v => v.Place).ToArray();
        Assert.That(named.Where(place => !Path.Exists(Path.Combine(Repository.Root, place))), Is.Empty);
        var licences = ((string[])["Bot.WeChat", "Bot.Data", "Bot.Handlers", "Bot.Simulator", "Bot.Host"])
            .SelectMany(project => Directory.EnumerateFiles(Path.Combine(Repository.Root, project), "*LICENSE", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Repository.Root, file)).Where(file => !file.Split('/').Intersect(["bin", "obj"]).Any());
        Assert.That(licences.Where(file => !named.Contains(file) && !named.Contains(Path.GetDirectoryName(file))), Is.Empty);
    }
}
