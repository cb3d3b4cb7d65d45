using Bot.Data.Policies;
using Bot.Handlers.Policies.Import;
using Bot.Host.Settings;
using Microsoft.Extensions.Options;

namespace Bot.Host.Content;

/// <summary>Fills an empty installation in demo mode, so that there is something to ask for.</summary>
internal sealed class DemoContent(IOptions<BotOptions> options, IPolicies policies, DemoStaff staff)
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Demo");

    public async Task LoadAsync(CancellationToken ct)
    {
        if (!options.Value.Demo)
            return;
        await staff.LoadAsync(ct);
        if ((await policies.PublishedAsync(ct)).Count > 0)
            return;
        await using var file = File.OpenRead(Path.Combine(s_folder, "policies.json"));
        var read = await PolicyImport.ReadJsonAsync(file, ct);
        if (read.Fault is not null || read.Errors.Count > 0)
            throw new InvalidDataException($"Demo/policies.json: {read.Fault ?? read.Errors[0].ToString()}");
        await policies.ImportAsync(read.Policies, ct);
    }
}
