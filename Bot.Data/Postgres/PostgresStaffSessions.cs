using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Bot.Data.Staff;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresStaffSessions(NpgsqlDataSource db, TimeProvider clock) : IStaffSessions
{
    private const int KeyLength = 43;                   // 256 bits
    private const int LongestBrowser = 200;
    private const string Letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
    private static readonly SearchValues<char> s_letters = SearchValues.Create(Letters);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<string> BeginAsync(long staff, string browser, bool verified, CancellationToken ct)
    {
        var key = RandomNumberGenerator.GetString(Letters, KeyLength);
        await db.RunAsync(
            """
            insert into staff_session (key_hash, staff, browser, verified, created_at, last_seen_at)
            values (@hash, @staff, @browser, @verified, @now, @now)
            """, new { hash = HashOf(key), staff, browser = browser.Length > LongestBrowser ? browser[..LongestBrowser] : browser, verified, now = Now }, ct);
        return key;
    }

    // The minute is exact enough, and costs one write a minute.
    public async Task<StaffSession?> FindAsync(string key, TimeSpan idle, bool uses, CancellationToken ct) => key.Length != KeyLength || key.AsSpan().ContainsAnyExcept(s_letters) ? null : (await db.ReadAsync(
        $"""
        with seen as (
            update staff_session set last_seen_at = @now
            where @uses and key_hash = @hash and ended_at is null and last_seen_at > @now - @idle and last_seen_at < @now - interval '1 minute')
        select {StaffSql.Member}, k.id, k.verified, s.totp_secret is not null, s.password_temporary
        from staff_session k join staff s on s.id = k.staff
        where k.key_hash = @hash and k.ended_at is null and k.last_seen_at > @now - @idle and s.active
        """, new { hash = HashOf(key), idle, uses, now = Now }, row => new StaffSession(row.GetInt64(5), StaffSql.ReadMember(row), Stage(row)), ct)).SingleOrDefault();

    public Task VerifyAsync(long session, CancellationToken ct) =>
        db.RunAsync("update staff_session set verified = true where id = @session and ended_at is null", new { session }, ct);

    public Task EndAsync(long session, CancellationToken ct) =>
        db.RunAsync("update staff_session set ended_at = @now where id = @session and ended_at is null", new { session, now = Now }, ct);

    public async Task<int> EndAllAsync(long staff, long? keep, string actor, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var ended = await connection.ExecuteAsync(new CommandDefinition(
            "update staff_session set ended_at = @now where staff = @staff and ended_at is null and id is distinct from @keep",
            new { staff, keep, now = Now }, transaction, cancellationToken: ct));
        var name = await connection.ExecuteScalarAsync<string>(new CommandDefinition("select name from staff where id = @staff", new { staff }, transaction, cancellationToken: ct));
        if (ended > 0)
            await AuditSql.WriteAsync(connection, transaction, new(actor, "staff.end_sessions", "staff", name!), ct);
        await transaction.CommitAsync(ct);
        return ended;
    }

    public async Task<IReadOnlyList<OpenSession>> ListAsync(long staff, TimeSpan idle, CancellationToken ct) => await db.ReadAsync(
        """
        select id, browser, created_at, last_seen_at from staff_session
        where staff = @staff and ended_at is null and last_seen_at > @now - @idle
        order by last_seen_at desc limit 50
        """, new { staff, idle, now = Now },
        row => new OpenSession(row.GetInt64(0), row.GetString(1), row.Time(2)!.Value, row.Time(3)!.Value), ct);

    private static SignInStage Stage(System.Data.Common.DbDataReader row) => (Verified: row.GetBoolean(6), Enrolled: row.GetBoolean(7), Temporary: row.GetBoolean(8)) switch
    {
        { Verified: false, Enrolled: true } => SignInStage.NeedsCode,
        { Verified: false } => SignInStage.NeedsSecondFactor,
        { Temporary: true } => SignInStage.NeedsPassword,
        _ => SignInStage.Open,
    };

    private static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
