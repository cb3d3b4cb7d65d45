using Bot.Data;
using Bot.Data.Embedded;
using Npgsql;

namespace Bot.Tests.Infrastructure;

/// <summary>The real servers of one test run: started by whoever asks first, stopped after the last test.</summary>
public static class TestServers
{
    /// <summary>Short, so that sockets fit, and open to the account that PostgreSQL runs as when we are root.</summary>
    public static string Folder { get; } = Create();

    private static readonly Lazy<Task<EmbeddedPostgres>> postgres = new(StartPostgresAsync);
    private static readonly Lazy<Task<TestRedis>> redis = new(() => TestRedis.StartAsync());
    private static readonly Lazy<Reaper> reaper = new(() => new Reaper(Folder));

    internal static Reaper Reaper => reaper.Value;

    /// <summary>Leads to the database <c>postgres</c>, where databases are made and dropped.</summary>
    internal static async Task<string> PostgresAsync() =>
        new NpgsqlConnectionStringBuilder((await postgres.Value).ConnectionString) { Database = "postgres" }.ConnectionString;

    /// <summary>The Redis that fixtures share. Who stops or freezes one starts their own.</summary>
    internal static Task<TestRedis> RedisAsync() => redis.Value;

    internal static async Task StopAsync()
    {
        if (redis.IsValueCreated && redis.Value.IsCompletedSuccessfully)
            await (await redis.Value).DisposeAsync();
        if (postgres.IsValueCreated && postgres.Value.IsCompletedSuccessfully)
            await (await postgres.Value).DisposeAsync();
        if (reaper.IsValueCreated)
            reaper.Value.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task<EmbeddedPostgres> StartPostgresAsync()
    {
        var directory = Path.Combine(Folder, "postgres");
        var server = await EmbeddedPostgres.StartAsync(directory, durable: false);
        Reaper.Watch(ServerFile.ReadLive(Path.Combine(directory, "data"))!.Pid);

        // The template: migrated once, copied by every fixture.
        await new Migrator(server.ConnectionString + ";Pooling=false").MigrateAsync(CancellationToken.None);
        return server;
    }

    private static string Create()
    {
        var folder = Path.Combine(OperatingSystem.IsWindows() ? Path.GetTempPath() : "/tmp", $"bot-tests-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        return folder;
    }
}
