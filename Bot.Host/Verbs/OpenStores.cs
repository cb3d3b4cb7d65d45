using Bot.Data;
using Bot.Host.Settings;

namespace Bot.Host.Verbs;

/// <summary>The stores for a verb that does its work and ends: settings read, servers there, tables up to date; nothing serves.</summary>
internal sealed class OpenStores : IAsyncDisposable
{
    private readonly WebApplication? _app;
    private readonly Servers? _servers;

    private OpenStores(WebApplication? app, Servers? servers, string? fault) => (_app, _servers, Fault) = (app, servers, fault);

    /// <summary>What is wrong with the settings; null for nothing.</summary>
    public string? Fault { get; }

    public static async Task<OpenStores> OpenAsync(string[] settings, CancellationToken ct)
    {
        var builder = Composition.NewBuilder(settings);
        if (SettingsCheck.Fault(builder.Configuration) is { } fault)
            return new(null, null, fault);
        var servers = await Servers.StartAsync(builder.Configuration, ct);
        await new Migrator(servers.Postgres).MigrateAsync(ct);
        builder.AddBot(servers);
        return new(builder.Build(), servers, null);
    }

    public T Get<T>() where T : notnull => _app!.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        if (_servers is not null)
            await _servers.DisposeAsync();
    }
}
