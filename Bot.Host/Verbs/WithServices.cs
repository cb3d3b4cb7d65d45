using Bot.Data;
using Bot.Host.Settings;

namespace Bot.Host.Verbs;

/// <summary>For verbs that need the stores: settings checked, tables up to date, the Host's services made but nothing started.</summary>
internal static class WithServices
{
    public static async Task<int> RunAsync(string[] settings, Func<IServiceProvider, Task<int>> work, CancellationToken ct)
    {
        var builder = Composition.NewBuilder(settings);
        if (SettingsCheck.Fault(builder.Configuration) is { } fault)
            return Stop.With(fault);
        await using var servers = await Servers.StartAsync(builder.Configuration, ct);
        await new Migrator(servers.Postgres).MigrateAsync(ct);
        builder.AddBot(servers);
        await using var app = builder.Build();
        return await work(app.Services);
    }
}
