using Dapper;
using Npgsql;

namespace Bot.Data;

/// <summary>Asks PostgreSQL whether it answers.</summary>
public sealed class DatabaseProbe
{
    private readonly NpgsqlDataSource _db;

    internal DatabaseProbe(NpgsqlDataSource db) => _db = db;

    /// <exception cref="Exception">It does not, within about two seconds.</exception>
    public async Task AskAsync(CancellationToken ct)
    {
        await using var connection = await _db.OpenConnectionAsync(ct);
        await connection.ExecuteScalarAsync<int>(new CommandDefinition("select 1", commandTimeout: 2, cancellationToken: ct));
    }
}
