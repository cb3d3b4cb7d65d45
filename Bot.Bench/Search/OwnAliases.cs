using Bot.Handlers.Policies.Import;

namespace Bot.Bench.Search;

/// <summary>What else citizens call the guides that this project ships.</summary>
internal sealed class OwnAliases
{
    private readonly Dictionary<(string Id, string Title), IReadOnlyList<string>> _aliases;

    private OwnAliases(Dictionary<(string, string), IReadOnlyList<string>> aliases) => _aliases = aliases;

    /// <summary>Reads them from the demo content.</summary>
    public static async Task<OwnAliases> ReadAsync()
    {
        await using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Demo", "policies.json"));
        var read = await PolicyImport.ReadJsonAsync(file, CancellationToken.None);
        return new(read.Policies.ToDictionary(p => (p.Id, p.Title), p => p.Aliases));
    }

    /// <returns>Empty unless the id and the title are those of a shipped guide, so that they never leak into another set.</returns>
    public IReadOnlyList<string> Of(string id, string title) => _aliases.GetValueOrDefault((id, title), []);
}
