using Bot.Data.Embedded;
using Bot.Host.Settings;

namespace Bot.Host;

/// <summary>The servers that this process uses: the configured ones, or in demo mode a private PostgreSQL.</summary>
internal sealed class Servers : IAsyncDisposable
{
    private readonly EmbeddedPostgres? _embedded;

    private Servers(string postgres, string redis, EmbeddedPostgres? embedded) => (Postgres, Redis, _embedded) = (postgres, redis, embedded);

    public string Postgres { get; }

    /// <summary>Empty: sessions live in this process.</summary>
    public string Redis { get; }

    /// <exception cref="EmbeddedPostgresException">There is no PostgreSQL to start; the message says what to install.</exception>
    public static async Task<Servers> StartAsync(IConfiguration settings, CancellationToken ct)
    {
        var redis = settings.GetConnectionString("Redis") ?? "";
        if (settings.GetConnectionString("Postgres") is { Length: > 0 } postgres)
            return new(postgres, redis, null);
        var directory = Path.Combine(settings[$"{BotOptions.Section}:DataDirectory"] ?? ".data", "postgres");
        var embedded = await EmbeddedPostgres.StartAsync(directory, settings["Embedded:PostgresBin"], ct: ct);
        return new(embedded.ConnectionString, redis, embedded);
    }

    public ValueTask DisposeAsync() => _embedded?.DisposeAsync() ?? ValueTask.CompletedTask;
}
