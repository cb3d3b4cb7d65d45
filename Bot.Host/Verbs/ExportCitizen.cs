using System.Text.Encodings.Web;
using System.Text.Json;
using Bot.Data.Privacy;
using Bot.WeChat;

namespace Bot.Host.Verbs;

/// <summary><c>export citizen --openid X [--out FILE]</c>: everything that is kept about one citizen, as JSON.</summary>
internal static class ExportCitizen
{
    public const string Usage = "export citizen --openid OPENID [--out FILE]";

    private const int LongestOpenId = 128;

    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>By title of section: of each row its fields.</summary>
    public static string Json(IReadOnlyList<RecordSection> sections) =>
        JsonSerializer.Serialize(sections.ToDictionary(s => s.Title, s => s.Rows.Select(row => row.ToDictionary(f => f.Name, f => f.Value))), s_json);

    public static Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        var read = VerbArguments.Read(args, "--openid", "--out");
        return read["--openid"] is { Length: > 0 and <= LongestOpenId } openId
            ? WithServices.RunAsync(read.Settings, async services =>
            {
                var sections = await services.GetRequiredService<IPrivacyRequests>().ExportAsync(new OpenId(openId), "system:export", null, ct);
                var json = Json(sections);
                if (read["--out"] is { } file)
                    await File.WriteAllTextAsync(file, json, ct);
                else
                    Console.WriteLine(json);
                return 0;
            }, ct)
            : Task.FromResult(Verbs.Usage.Print($"usage: {Usage}"));
    }
}
