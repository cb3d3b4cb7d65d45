using Bot.Data;
using Bot.Data.Embedded;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Bot.Tests.Infrastructure;

/// <summary>A fresh, migrated database on the run's PostgreSQL; dropped when disposed.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static int last;

    private TestDatabase(string connectionString)
    {
        ConnectionString = connectionString;
        DataSource = NpgsqlDataSource.Create(connectionString);
    }

    public string ConnectionString { get; }

    public NpgsqlDataSource DataSource { get; }

    /// <param name="migrated">False gives an empty one, for tests of the migrations themselves.</param>
    public static async Task<TestDatabase> CreateAsync(bool migrated = true)
    {
        var server = await TestServers.PostgresAsync();
        var name = $"test_{Interlocked.Increment(ref last)}";
        await ExecuteAsync(server, $"create database {name} template {(migrated ? EmbeddedPostgres.Database : "template0")}");
        return new TestDatabase(new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString);
    }

    /// <summary>The stores over it, as a Host has them.</summary>
    /// <param name="redis">From <see cref="TestRedis"/>; null keeps sessions in the process.</param>
    public ServiceProvider NewServices(string? redis = null)
    {
        var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddLogging().AddBotDatabase(ConnectionString).AddNotices(redis: false);
        return (redis is null ? services.AddLocalSessions() : services.AddRedisSessions(redis)).BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        // Others may have pooled connections to it still: a Host under test, for one.
        await ExecuteAsync(
            await TestServers.PostgresAsync(),
            $"drop database {new NpgsqlConnectionStringBuilder(ConnectionString).Database} with (force)");
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
