using Bot.Data;
using Bot.Host.Settings;

namespace Bot.Host.Verbs;

/// <summary><c>migrate</c>: brings the tables up to date, gives the hosts' own account its rights to them where there is one, and ends.</summary>
internal static class Migrate
{
    public static async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        var builder = Composition.NewBuilder(args);
        if (SettingsCheck.Fault(builder.Configuration) is { } fault)
            return Stop.With(fault);
        await using var servers = await Servers.StartAsync(builder.Configuration, ct);
        var applied = await new Migrator(servers.Postgres).MigrateAsync(ct);
        Console.WriteLine(applied.Count == 0 ? "The database is up to date." : $"Applied: {string.Join(", ", applied)}");
        if (await new HostRole(servers.Postgres).GrantAsync(ct))
            Console.WriteLine($"{HostRole.Name} has its rights.");
        return 0;
    }
}
