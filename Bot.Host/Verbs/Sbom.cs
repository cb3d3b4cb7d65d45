using System.Text.Encodings.Web;
using System.Text.Json;
using Bot.Host.Operation;

namespace Bot.Host.Verbs;

/// <summary><c>sbom</c>: prints what this program is made of, for whoever looks for known weaknesses in it.</summary>
internal static class Sbom
{
    private static readonly JsonSerializerOptions s_readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        if (args.Length > 0)
            return Usage.Print("usage: sbom");
        await using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Bot.Host.deps.json"));
        using var dependencies = await JsonDocument.ParseAsync(file, cancellationToken: ct);
        Console.WriteLine(BillOfMaterials.Of(dependencies.RootElement, TimeProvider.System.GetUtcNow()).ToJsonString(s_readable));
        return 0;
    }
}
