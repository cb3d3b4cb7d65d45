using System.Text.Json;
using Bot.Data.Policies;
using Bot.Handlers.Language;
using Bot.Handlers.Policies;
using Bot.Handlers.Policies.Import;
using Bot.Handlers.Policies.Search;

namespace Bot.Tests.Policies.Search;

internal sealed record SeedQuery(string Text, IReadOnlyList<string> Relevant);

/// <summary>The retrieval test set: the guides as the demo ships them, and what citizens asked.</summary>
internal static class SeedSet
{
    public static IReadOnlyList<SearchDocument> Guides { get; } = [.. Shipped().Select(PolicyDocuments.Searchable)];

    public static IReadOnlyList<SeedQuery> Queries { get; } =
        [.. Lines("queries-seed.jsonl").Select(q => new SeedQuery(q.GetProperty("query").GetString()!, Texts(q, "rel")))];

    public static PolicyIndex Index { get; } = PolicyIndex.Build(Guides, Synonyms.Own);

    /// <summary>Those that are nothing but Chinese characters.</summary>
    public static IEnumerable<SeedQuery> ChineseQueries => Queries.Where(q => q.Text.All(Chinese.IsIdeograph));

    /// <summary>The share of questions with a right guide among the first three.</summary>
    public static double FoundInThree(PolicyIndex index, IEnumerable<SeedQuery> queries)
    {
        var all = queries.ToArray();
        return all.Count(q => Ask(index, q.Text).Take(3).Any(hit => q.Relevant.Contains(hit.Id))) / (double)all.Length;
    }

    public static Hit[] Ask(PolicyIndex index, string question, int limit = 10)
    {
        var hits = new Hit[limit];
        return hits[..index.Search(question, hits)];
    }

    public static string[] IdsFor(PolicyIndex index, string question, int limit = 10) =>
        [.. Ask(index, question, limit).Select(hit => hit.Id)];

    private static IReadOnlyList<Policy> Shipped()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Demo", "policies.json"));
        return PolicyImport.ReadJsonAsync(file, CancellationToken.None).GetAwaiter().GetResult().Policies;
    }

    private static string[] Texts(JsonElement line, string name) => [.. line.GetProperty(name).EnumerateArray().Select(v => v.GetString()!)];

    private static IEnumerable<JsonElement> Lines(string name) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Policies", "Search", name)).Select(line => JsonElement.Parse(line));
}
