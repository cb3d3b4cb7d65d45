using System.Text.Json;
using Bot.Data.Appointments;
using Bot.Data.Policies;
using Bot.Handlers.Policies.Import;
using Bot.Host.Settings;
using Microsoft.Extensions.Options;

namespace Bot.Host.Content;

/// <summary>Fills an empty installation in demo mode, so that there is something to ask for.</summary>
internal sealed class DemoContent(IOptions<BotOptions> options, IPolicies policies, IAppointmentSetup appointments)
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Demo");

    public async Task LoadAsync(CancellationToken ct)
    {
        if (options.Value.Demo && (await appointments.LoadAsync(ct)).Branches.Count == 0)
            await LoadAppointmentsAsync(ct);
        if (!options.Value.Demo || (await policies.PublishedAsync(ct)).Count > 0)
            return;
        await using var file = File.OpenRead(Path.Combine(s_folder, "policies.json"));
        var read = await PolicyImport.ReadJsonAsync(file, ct);
        if (read.Fault is not null || read.Errors.Count > 0)
            throw new InvalidDataException($"Demo/policies.json: {read.Fault ?? read.Errors[0].ToString()}");
        await policies.ImportAsync(read.Policies, ct);
    }

    private async Task LoadAppointmentsAsync(CancellationToken ct)
    {
        await using var file = File.OpenRead(Path.Combine(s_folder, "appointments.json"));
        await appointments.ImportAsync(
            await JsonSerializer.DeserializeAsync<AppointmentImport>(file, JsonSerializerOptions.Web, ct) ?? throw new InvalidDataException("Demo/appointments.json is empty"), ct);
    }
}
