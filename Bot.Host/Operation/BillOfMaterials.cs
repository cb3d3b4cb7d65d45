using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bot.Host.Operation;

/// <summary>What this very program is made of, as CycloneDX 1.6: the packages it was built with, by their digests, and what was copied into it.</summary>
internal static class BillOfMaterials
{
    private const string Self = "wechat-bot";

    /// <param name="dependencies">The program's <c>.deps.json</c>, which its own loader goes by.</param>
    public static JsonObject Of(JsonElement dependencies, DateTimeOffset now)
    {
        var version = typeof(BillOfMaterials).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
        var packages = dependencies.GetProperty("libraries").EnumerateObject().Where(l => l.Value.GetProperty("type").GetString() == "package")
            .ToDictionary(l => l.Name, l => l.Value.GetProperty("sha512").GetString() ?? "");
        // One version of each is in the program, whichever its users asked for.
        var resolved = packages.Keys.ToDictionary(library => library.Split('/')[0]);
        var needs = dependencies.GetProperty("targets").EnumerateObject().First().Value.EnumerateObject().ToDictionary(
            t => t.Name, t => t.Value.TryGetProperty("dependencies", out var needed) ? needed.EnumerateObject().Select(d => d.Name).Where(resolved.ContainsKey).Select(n => Url(resolved[n])) : []);
        // What our own projects need is what the program needs.
        var direct = needs.Where(n => !packages.ContainsKey(n.Key)).SelectMany(n => n.Value).Distinct();
        return new()
        {
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.6",
            ["version"] = 1,
            ["metadata"] = new JsonObject
            {
                ["timestamp"] = now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null),
                ["component"] = new JsonObject { ["type"] = "application", ["bom-ref"] = Self, ["name"] = Self, ["version"] = version, ["licenses"] = Licence("Apache-2.0") },
            },
            ["components"] = new JsonArray([.. packages.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => Package(p.Key, p.Value)), .. Vendored().Select(v => Copy(v.Package, v.Licence))]),
            ["dependencies"] = new JsonArray(
            [
                Depends(Self, [.. direct, .. Vendored().Select(v => "pkg:" + v.Package)]),
                .. packages.Keys.Order().Select(p => Depends(Url(p), needs.GetValueOrDefault(p, []))),
            ]),
        };
    }

    /// <summary>What others wrote and lies here as a copy.</summary>
    /// <returns>Package URLs without their scheme, licences by their SPDX names, and where in the repository.</returns>
    public static IReadOnlyList<(string Package, string Licence, string Place)> Vendored()
    {
        using var reader = new StreamReader(typeof(BillOfMaterials).Assembly.GetManifestResourceStream("vendored.tsv")!);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.TrimEnd().Split('\t')).Select(parts => (parts[0], parts[1], parts[2]))];
    }

    private static string Url(string library) => $"pkg:nuget/{library.Replace('/', '@')}";

    private static JsonObject Package(string library, string digest)
    {
        var parts = library.Split('/');
        var component = Component(Url(library), parts[0], parts[1]);
        // “sha512-” and base64, of the package file.
        if (digest.Length > 7)
            component["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-512", ["content"] = Convert.ToHexStringLower(Convert.FromBase64String(digest[7..])) });
        return component;
    }

    private static JsonObject Copy(string package, string licence)
    {
        var (name, version) = package.LastIndexOf('@') is var at ? (Uri.UnescapeDataString(package[(package.IndexOf('/', StringComparison.Ordinal) + 1)..at]), package[(at + 1)..]) : default;
        var component = Component("pkg:" + package, name, version);
        component["licenses"] = Licence(licence);
        return component;
    }

    private static JsonObject Component(string url, string name, string version) =>
        new() { ["type"] = "library", ["bom-ref"] = url, ["name"] = name, ["version"] = version, ["purl"] = url };

    private static JsonArray Licence(string id) => new(new JsonObject { ["license"] = new JsonObject { ["id"] = id } });

    private static JsonObject Depends(string on, IEnumerable<string> needed) => new() { ["ref"] = on, ["dependsOn"] = new JsonArray([.. needed.Select(n => JsonValue.Create(n))]) };
}
