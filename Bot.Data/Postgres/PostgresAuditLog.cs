using Bot.Data.Audit;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresAuditLog(NpgsqlDataSource db) : IAuditLog
{
    public async Task WriteAsync(AuditAct act, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await AuditSql.WriteAsync(connection, null, act, ct);
    }
}
