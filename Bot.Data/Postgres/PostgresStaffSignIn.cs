using System.Security.Cryptography;
using System.Text;
using Bot.Data.Staff;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresStaffSignIn(NpgsqlDataSource db, TimeProvider clock) : IStaffSignIn
{
    private const string Credentials =
        $"select {StaffSql.Member}, s.password_hash, s.active, s.demo, s.totp_secret, cardinality(s.recovery_codes) from staff s";

    public async Task<StaffCredentials?> FindAsync(string name, CancellationToken ct) =>
        (await db.ReadAsync($"{Credentials} where s.name = @name", new { name }, Read, ct)).SingleOrDefault();

    public async Task<StaffCredentials?> FindAsync(long id, CancellationToken ct) =>
        (await db.ReadAsync($"{Credentials} where s.id = @id", new { id }, Read, ct)).SingleOrDefault();

    public Task SucceededAsync(long id, CancellationToken ct) => db.RunAsync(
        "update staff set last_sign_in_at = @now where id = @id", new { id, now = clock.GetUtcNow().UtcDateTime }, ct);

    public async Task<bool> UseCodeAsync(long id, long step, CancellationToken ct) => await db.RunAsync(
        "update staff set totp_last_step = @step where id = @id and totp_last_step < @step", new { id, step }, ct) > 0;

    public async Task<bool> UseRecoveryCodeAsync(long id, string code, CancellationToken ct) => await db.RunAsync(
        "update staff set recovery_codes = array_remove(recovery_codes, @hash) where id = @id and @hash = any(recovery_codes)",
        new { id, hash = HashOf(code) }, ct) > 0;

    public async Task<string?> BoundToAsync(long id, CancellationToken ct) =>
        (await db.ReadAsync("select oidc_subject from staff where id = @id", new { id }, row => row.Text(0), ct)).SingleOrDefault();

    public async Task<bool> BindAsync(long id, string subject, CancellationToken ct) => await db.RunAsync(
        "update staff set oidc_subject = @subject where id = @id and coalesce(oidc_subject, @subject) = @subject", new { id, subject }, ct) > 0;

    public Task EnrolAsync(long id, byte[] sealedSecret, long step, IReadOnlyList<string> recoveryCodes, CancellationToken ct) => db.RunAsync(
        "update staff set totp_secret = @sealedSecret, totp_last_step = @step, recovery_codes = @codes where id = @id",
        new { id, sealedSecret, step, codes = recoveryCodes.Select(HashOf).ToArray() }, ct);

    private static byte[] HashOf(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code));

    private static StaffCredentials Read(System.Data.Common.DbDataReader row) => new(
        StaffSql.ReadMember(row), row.GetString(5), row.GetBoolean(6), row.GetBoolean(7), row.IsDBNull(8) ? null : row.GetFieldValue<byte[]>(8),
        row.GetInt32(9));
}
