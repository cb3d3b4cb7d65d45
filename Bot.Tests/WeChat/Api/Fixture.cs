using System.Text.Json.Nodes;

namespace Bot.Tests.WeChat.Api;

/// <summary>One documented call: what is sent and what comes back.</summary>
internal sealed record Fixture(string Method, string Path, Dictionary<string, string> Query, JsonNode? Request, string Response, IReadOnlyList<string> Errors)
{
    private static readonly string Folder = System.IO.Path.Combine(AppContext.BaseDirectory, "WeChat", "fixtures");

    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Folder, "api-*.json").Select(f => System.IO.Path.GetFileNameWithoutExtension(f)["api-".Length..]);

    /// <param name="name">The file's name without <c>api-</c>; <c>/2</c> behind it picks the third of several requests.</param>
    public static Fixture Read(string name)
    {
        var parts = name.Split('/');
        var json = JsonNode.Parse(File.ReadAllText(System.IO.Path.Combine(Folder, $"api-{parts[0]}.json")))!;
        var request = json["request"];
        return new(
            json["method"]!.GetValue<string>(),
            json["path"]!.GetValue<string>(),
            json["query"]!.AsObject().ToDictionary(q => q.Key, q => q.Value!.GetValue<string>()),
            parts.Length > 1 ? request![int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture)] : request,
            json["response"]!.ToJsonString(),
            [.. json["error_responses"]!.AsArray().Select(e => e!.ToJsonString())]);
    }
}
