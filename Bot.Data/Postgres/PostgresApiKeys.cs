using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bot.Data.ApiKeys;
using Bot.Data.Notices;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresApiKeys(NpgsqlDataSource db, TimeProvider clock) : IApiKeys
{
    // 190 bits: no need to hash it slowly.
    private const int SecretLength = 32;
    private const string Letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static readonly System.Buffers.SearchValues<char> s_letters = System.Buffers.SearchValues.Create(Letters);

    public async Task<string> AddAsync(string name, ApiKeyKind kind, string actor, CancellationToken ct, string? department = null)
    {
        var key = $"{kind.Stored()}_{RandomNumberGenerator.GetString(Letters, SecretLength)}";
        await AuditSql.ActAsync(
            db, "insert into api_key (name, kind, hash, created_at, department) values (@name, @kind, @hash, @now, @department) returning kind || ':' || name",
            new { name, kind = kind.Stored(), hash = HashOf(key), now = clock.GetUtcNow().UtcDateTime, department },
            owner => new(actor, "api_key.add", "api_key", owner) { Details = ToldOf(department) }, ct);
        return key;
    }

    // The hour of the last use is enough to see that a key is dead, and costs one write an hour.
    public async Task<ApiKey?> FindAsync(string key, CancellationToken ct)
    {
        if (!HasShape(key))
            return null;
        var found = await db.ReadAsync(
            """
            with used as (
                update api_key set last_used_at = @now
                where hash = @hash and revoked_at is null and (last_used_at is null or last_used_at < @now - interval '1 hour'))
            select id, name, kind, department from api_key where hash = @hash and revoked_at is null
            """, new { hash = HashOf(key), now = clock.GetUtcNow().UtcDateTime },
            row => new ApiKey(row.GetInt64(0), row.GetString(1), NoticeSpelling.Read<ApiKeyKind>(row.GetString(2)), row.Text(3)), ct);
        return found.Count == 0 ? null : found[0];
    }

    public async Task<IReadOnlyList<ApiKeyRow>> ListAsync(CancellationToken ct) => await db.ReadAsync(
        "select id, name, kind, created_at, last_used_at, revoked_at, department from api_key order by revoked_at is null desc, id desc limit 500", new { },
        row => new ApiKeyRow(
            row.GetInt64(0), row.GetString(1), NoticeSpelling.Read<ApiKeyKind>(row.GetString(2)), row.Time(3)!.Value, row.Time(4), row.Time(5), row.Text(6)),
        ct);

    public Task<bool> AssignAsync(long id, string? department, string actor, CancellationToken ct) => AuditSql.ActAsync(
        db, "update api_key set department = @department where id = @id and revoked_at is null returning kind || ':' || name", new { id, department },
        owner => new(actor, "api_key.assign", "api_key", owner) { Details = ToldOf(department) }, ct);

    private static Dictionary<string, string?> ToldOf(string? department) => new() { ["department"] = department };

    // Whoever may not send any more is not called either; a renewed key of the same owner keeps the webhook. All keys of the owner are held
    // first: of two that are revoked at once, each would take the other for one that stays.
    public async Task<bool> RevokeAsync(long id, string actor, CancellationToken ct)
    {
        var which = new { id, now = clock.GetUtcNow().UtcDateTime };
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition(
            "select from api_key where (name, kind) = (select name, kind from api_key where id = @id) order by id for update", which, transaction, cancellationToken: ct));
        var revoked = await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            """
            with revoked as (
                update api_key set revoked_at = @now where id = @id and revoked_at is null returning id, name, kind),
            silenced as (
                delete from notice_webhook w using revoked r
                where w.owner = r.kind || ':' || r.name
                  and not exists (select from api_key k where k.name = r.name and k.kind = r.kind and k.revoked_at is null and k.id <> r.id))
            select kind || ':' || name from revoked
            """, which, transaction, cancellationToken: ct));
        if (revoked is null)
            return false;
        await AuditSql.WriteAsync(connection, transaction, new(actor, "api_key.revoke", "api_key", revoked)
        {
            Details = new Dictionary<string, string?> { ["key"] = id.ToString(CultureInfo.InvariantCulture) },
        }, ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    // What we never made is looked for nowhere.
    private static bool HasShape(string key) => key.LastIndexOf('_') is var end and > 0 && key.Length == end + 1 + SecretLength
        && key[..end] is "live" or "team" or "test" && !key.AsSpan(end + 1).ContainsAnyExcept(s_letters);

    private static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
