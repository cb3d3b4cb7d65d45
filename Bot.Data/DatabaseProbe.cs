using Bot.Data.Postgres;
using Dapper;
using Npgsql;

namespace Bot.Data;

/// <summary>Asks PostgreSQL whether it answers, and what it is.</summary>
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

    /// <exception cref="Exception">It does not answer, within about three seconds.</exception>
    public async Task<DatabaseFacts> ExamineAsync(CancellationToken ct) => (await _db.ReadAsync(
        """
        select current_setting('server_version'), current_setting('server_version_num')::int, clock_timestamp(), pg_is_in_recovery(),
            current_setting('server_encoding'), current_setting('max_connections')::int
        """, new { },
        row => new DatabaseFacts(
            row.GetString(0), row.GetInt32(1), new DateTimeOffset(row.GetDateTime(2), TimeSpan.Zero), row.GetBoolean(3), row.GetString(4), row.GetInt32(5)), ct)).Single();

    /// <exception cref="Exception">It does not answer, within about three seconds.</exception>
    public async Task<ArchiveFacts> ArchiveAsync(CancellationToken ct) => (await _db.ReadAsync(
        """
        select current_setting('archive_mode') <> 'off',
            case when current_setting('archive_mode') <> 'off' and last_failed_time > coalesce(last_archived_time, '-infinity') then last_failed_wal end
        from pg_stat_archiver
        """, new { }, row => new ArchiveFacts(row.GetBoolean(0), row.Text(1)), ct)).Single();
}

/// <param name="Number">Such as 150004.</param>
/// <param name="ReadOnly">A standby: nothing can be written.</param>
public sealed record DatabaseFacts(string Version, int Number, DateTimeOffset Now, bool ReadOnly, string Encoding, int MaxConnections);

/// <param name="On">The log is archived.</param>
/// <param name="Failing">The segment that could not be archived when it was last tried.</param>
public sealed record ArchiveFacts(bool On, string? Failing);
