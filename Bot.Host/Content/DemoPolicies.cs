using System.Text.Json;
using Bot.Data.Policies;
using Bot.Handlers.Policies.Import;

namespace Bot.Host.Content;

/// <summary>Guides and policies, and the life events that lead to them.</summary>
internal sealed class DemoPolicies(IPolicies policies, IPolicyWords words) : IDemoPart
{
    private const string Actor = "system:demo";

    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Demo");

    public async Task LoadAsync(CancellationToken ct)
    {
        if ((await policies.StampsAsync(ct)).Count > 0)
            return;
        await using var file = File.OpenRead(Path.Combine(s_folder, "policies.json"));
        var read = await PolicyImport.ReadJsonAsync(file, ct);
        if (read.Fault is not null || read.Errors.Count > 0)
            throw new InvalidDataException($"Demo/policies.json: {read.Fault ?? read.Errors[0].ToString()}");
        await policies.ImportAsync(read.Policies, ct);

        await using var events = File.OpenRead(Path.Combine(s_folder, "life-events.json"));
        foreach (var life in await JsonSerializer.DeserializeAsync<LifeEvent[]>(events, JsonSerializerOptions.Web, ct) ?? [])
            await words.SetLifeEventAsync(life, Actor, ct);
    }
}
