using System.Text.Json;

namespace Bot.Handlers.Policies.Search;

/// <summary>What else citizens call the guides that this project ships, written by hand.</summary>
public static class GuideAliases
{
    private static readonly Dictionary<string, Entry> Entries = Read();

    /// <summary>Ids of the guides that have aliases here.</summary>
    public static IReadOnlyCollection<string> Ids => Entries.Keys;

    /// <returns>Empty unless the id and the title are those of a shipped guide.</returns>
    public static IReadOnlyList<string> Of(string id, string title) =>
        Entries.TryGetValue(id, out var entry) && entry.Title == title ? entry.Aliases : [];

    private static Dictionary<string, Entry> Read()
    {
        using var aliases = SearchData.Open("aliases.json");
        using var titles = SearchData.Open("titles.json");
        var names = JsonSerializer.Deserialize<Dictionary<string, string>>(titles) ?? [];
        return (JsonSerializer.Deserialize<Dictionary<string, string[]>>(aliases) ?? [])
            .ToDictionary(a => a.Key, a => new Entry(names[a.Key], a.Value));
    }

    private sealed record Entry(string Title, string[] Aliases);
}
