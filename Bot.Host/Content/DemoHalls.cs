using System.Text.Json;
using Bot.Data.Appointments;

namespace Bot.Host.Content;

/// <summary>Halls to book visits in, with their services and hours.</summary>
internal sealed class DemoHalls(IAppointmentSetup setup) : IDemoPart
{
    private static readonly string s_file = Path.Combine(AppContext.BaseDirectory, "Demo", "appointments.json");

    /// <summary>Fills an installation that has no hall yet.</summary>
    public async Task LoadAsync(CancellationToken ct)
    {
        if ((await setup.LoadAsync(ct)).Branches.Count > 0)
            return;
        await using var file = File.OpenRead(s_file);
        var halls = await JsonSerializer.DeserializeAsync<AppointmentImport>(file, JsonSerializerOptions.Web, ct);
        await setup.ImportAsync(halls ?? throw new InvalidDataException($"{s_file} is empty"), ct);
    }
}
