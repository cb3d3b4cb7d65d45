using System.Diagnostics;
using System.Globalization;
using Bot.Data;
using Bot.Data.Embedded;
using Npgsql;
using StackExchange.Redis;

namespace Bot.Bench.Notices;

/// <summary>A PostgreSQL and a Redis of our own for one run.</summary>
internal sealed class BenchServers : IAsyncDisposable
{
    private readonly string _folder;
    private readonly EmbeddedPostgres _postgres;
    private readonly Process _redis;
    private int _databases;

    private BenchServers(string folder, EmbeddedPostgres postgres, Process redis, int port) =>
        (_folder, _postgres, _redis, Redis) = (folder, postgres, redis, $"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}");

    public string Redis { get; }

    /// <param name="durable">As in service: every commit reaches the disk.</param>
    public static async Task<BenchServers> StartAsync(bool durable)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"bot-bench-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        var postgres = await EmbeddedPostgres.StartAsync(Path.Combine(folder, "postgres"), durable: durable);
        await new Migrator(postgres.ConnectionString + ";Pooling=false").MigrateAsync(CancellationToken.None);
        var port = LoopbackPort.Free();
        var redis = Process.Start(new ProcessStartInfo(
            "redis-server", ["--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--loglevel", "warning"])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true,
        })!;
        await using var wait = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)},connectRetry=20,abortConnect=false");
        await wait.GetDatabase().PingAsync();
        return new(folder, postgres, redis, port);
    }

    /// <summary>A fresh, migrated database.</summary>
    public async Task<string> DatabaseAsync()
    {
        var name = $"bench_{(++_databases).ToString(CultureInfo.InvariantCulture)}";
        var server = new NpgsqlConnectionStringBuilder(_postgres.ConnectionString) { Database = "postgres", Pooling = false };
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"create database {name} template {EmbeddedPostgres.Database}", connection);
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(_postgres.ConnectionString) { Database = name }.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        _redis.Kill();
        await _redis.WaitForExitAsync();
        _redis.Dispose();
        await _postgres.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
