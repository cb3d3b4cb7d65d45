using System.Data.Common;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>Reads rows column by column, where Dapper would have to be told what a column means.</summary>
internal static class RowReading
{
    extension(DbDataReader row)
    {
        public string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);

        public int? Number(int column) => row.IsDBNull(column) ? null : row.GetInt32(column);

        public DateTimeOffset? Time(int column) => row.IsDBNull(column) ? null : new DateTimeOffset(row.GetDateTime(column), TimeSpan.Zero);
    }

    extension(NpgsqlDataSource db)
    {
        public async Task<List<T>> ReadAsync<T>(string sql, object parameters, Func<DbDataReader, T> read, CancellationToken ct, int? seconds = null)
        {
            await using var connection = await db.OpenConnectionAsync(ct);
            return await connection.ReadAsync(null, sql, parameters, read, ct, seconds);
        }

        public async Task<int> RunAsync(string sql, object parameters, CancellationToken ct, int? seconds = null)
        {
            await using var connection = await db.OpenConnectionAsync(ct);
            return await connection.ExecuteAsync(new CommandDefinition(sql, parameters, commandTimeout: seconds, cancellationToken: ct));
        }
    }

    public static async Task<List<T>> ReadAsync<T>(
        this NpgsqlConnection connection, NpgsqlTransaction? transaction, string sql, object parameters, Func<DbDataReader, T> read,
        CancellationToken ct, int? seconds = null)
    {
        await using var rows = await connection.ExecuteReaderAsync(
            new CommandDefinition(sql, parameters, transaction, commandTimeout: seconds, cancellationToken: ct));
        List<T> all = [];
        while (await rows.ReadAsync(ct))
            all.Add(read(rows));
        return all;
    }
}
