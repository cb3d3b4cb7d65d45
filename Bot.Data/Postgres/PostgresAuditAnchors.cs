using Bot.Data.Audit;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresAuditAnchors(NpgsqlDataSource db) : IAuditAnchors
{
    public async Task<string?> HashAtAsync(long seal, CancellationToken ct) => (await db.ReadAsync(
        "select encode(hash, 'hex') from audit_entry where seal = @seal", new { seal }, row => row.GetString(0), ct)).SingleOrDefault();

    public async Task<DateTimeOffset?> BeganAsync(CancellationToken ct) =>
        (await db.ReadAsync("select at from audit_entry where seal = 1", new { }, row => row.Time(0), ct)).SingleOrDefault();
}
