using Bot.Data.Postgres;
using Bot.Tests.Infrastructure;
using Dapper;
using Npgsql;
using NUnit.Framework;

namespace Bot.Tests.Data.Postgres;

/// <summary>A migrated database of the fixture's own, emptied before each test, and the connections of two hosts.</summary>
public abstract class StoreFixture
{
    private TestDatabase _database = null!;

    /// <summary>As the Host opens it.</summary>
    protected NpgsqlDataSource One { get; private set; } = null!;

    protected NpgsqlDataSource Other { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        Rows.Configure();
        _database = await TestDatabase.CreateAsync();
        (One, Other) = (Host(), Host());
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        await One.DisposeAsync();
        await Other.DisposeAsync();
        await _database.DisposeAsync();
    }

    [SetUp]
    public Task Empty() => ExecuteAsync("truncate follower, keyword_reply, policy, policy_reading, policy_version, policy_draft, policy_question, policy_memory, policy_miss, policy_waiting, policy_synonym, policy_alias, topic_subscription, life_event, attachment, job, citizen_message");

    protected async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await One.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, parameters);
    }

    protected async Task<T?> AskAsync<T>(string sql)
    {
        await using var connection = await One.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<T>(sql);
    }

    private NpgsqlDataSource Host() => Database.Open(_database.ConnectionString, new NoServices());

    private sealed class NoServices : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
