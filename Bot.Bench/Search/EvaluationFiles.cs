using System.IO.Compression;
using System.Text.Json;
using Bot.Handlers.Policies.Search;

namespace Bot.Bench.Search;

internal sealed record EvaluationQuery(string Id, string Text);

/// <summary>Reads the JSON lines of a retrieval test set, packed (.gz) or not.</summary>
internal static class EvaluationFiles
{
    /// <param name="own">Adds the aliases that this project ships for its guides; null for none.</param>
    public static IEnumerable<SearchDocument> Documents(string path, OwnAliases? own) => Lines(path).Select(line =>
    {
        var title = Text(line, "title");
        var more = own?.Of(Text(line, "id"), title) ?? [];
        return new SearchDocument(Text(line, "id"), title, [.. Texts(line, "aliases").Union(more)], Text(line, "text"), TypeOf(line))
        {
            Issuer = Text(line, "issuer"),
            Number = Text(line, "number"),
        };
    });

    public static IEnumerable<EvaluationQuery> Queries(string path) =>
        Lines(path).Select(line => new EvaluationQuery(Text(line, "qid"), Text(line, "query")));

    public static IEnumerable<PastQuestion> Past(string path) =>
        Lines(path).Select(line => new PastQuestion(Text(line, "query"), [.. Texts(line, "rel")]));

    private static DocumentType TypeOf(JsonElement line) =>
        Enum.TryParse<DocumentType>(Text(line, "type").Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var type) ? type
        : Text(line, "set") == "law" ? DocumentType.Statute
        : DocumentType.Guide;

    private static string Text(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static IEnumerable<string> Texts(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().Select(v => v.GetString() ?? "")
            : [];

    private static IEnumerable<JsonElement> Lines(string path)
    {
        using var file = File.OpenRead(path);
        using Stream plain = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using StreamReader reader = new(plain);
        while (reader.ReadLine() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
                yield return JsonElement.Parse(line);
        }
    }
}
