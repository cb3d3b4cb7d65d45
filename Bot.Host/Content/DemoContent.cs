using System.Text.Json;
using Bot.Data.Policies;
using Bot.Handlers.Policies.Import;
using Bot.Host.Settings;
using Microsoft.Extensions.Options;

namespace Bot.Host.Content;

/// <summary>Fills an empty installation in demo mode, so that there is something to ask for.</summary>
internal sealed class DemoContent(IOptions<BotOptions> options, IPolicies policies, IPolicyWords words, DemoStaff staff, DemoHalls halls)
{
    private const string Actor = "system:demo";

    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Demo");

    public async Task LoadAsync(CancellationToken ct)
    {
        if (!options.Value.Demo)
            return;
        await staff.LoadAsync(ct);
        await halls.LoadAsync(ct);
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
