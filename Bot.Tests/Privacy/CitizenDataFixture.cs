using Bot.Tests.Infrastructure;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Privacy;

/// <summary>The stores of one host over a database of each test's own, which may be asked directly what it holds.</summary>
public abstract class CitizenDataFixture
{
    private ServiceProvider _services = null!;

    internal TestDatabase Database { get; private set; } = null!;

    [SetUp]
    public async Task Open()
    {
        Database = await TestDatabase.CreateAsync();
        _services = Database.NewServices(await TestRedis.FreshDatabaseAsync());
    }

    [TearDown]
    public async Task Close()
    {
        await _services.DisposeAsync();
        await Database.DisposeAsync();
    }

    internal T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    internal async Task ExecuteAsync(string sql, object parameters)
    {
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, parameters);
    }

    internal async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        return (await connection.ExecuteScalarAsync<T>(sql))!;
    }
}
