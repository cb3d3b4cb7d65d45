using System.Security.Cryptography;
using Bot.Data.Audit;
using Bot.Data.Notices;
using Bot.WeChat;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresNoticeTesters(NpgsqlDataSource db, TimeProvider clock) : INoticeTesters
{
    private const int CodeLength = 8;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<OpenId?> OfAsync(long staff, CancellationToken ct) =>
        await db.ReadAsync("select openid from staff_openid where staff = @staff", new { staff }, row => row.GetString(0), ct) is [var openId] ? new OpenId(openId) : null;

    public async Task<IReadOnlyList<OpenId>> AllAsync(CancellationToken ct) => await db.ReadAsync(
        "select o.openid from staff_openid o join staff s on s.id = o.staff and s.active", new { }, row => new OpenId(row.GetString(0)), ct);

    public async Task<string> NewCodeAsync(long staff, CancellationToken ct)
    {
        var code = RandomNumberGenerator.GetString("0123456789", CodeLength);
        await db.RunAsync(
            """
            insert into staff_openid_code (staff, code, until) values (@staff, @code, @until)
            on conflict (staff) do update set code = excluded.code, until = excluded.until
            """, new { staff, code, until = Now + INoticeTesters.CodeGood }, ct);
        return code;
    }

    public async Task<string?> BindAsync(string code, OpenId openId, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var bound = await connection.ReadAsync(
            transaction,
            """
            with used as (delete from staff_openid_code where code = @code returning staff, until),
            bound as (
                insert into staff_openid (staff, openid, bound_at)
                select u.staff, @openId, @now from used u join staff s on s.id = u.staff and s.active where u.until > @now
                on conflict (staff) do update set openid = excluded.openid, bound_at = excluded.bound_at
                returning staff)
            select s.name, s.display_name from bound b join staff s on s.id = b.staff
            """, new { code, openId = openId.Value, now = Now }, row => (Name: row.GetString(0), Shown: row.GetString(1)), ct);
        if (bound is [var clerk])
            await AuditSql.WriteAsync(connection, transaction, new AuditAct(clerk.Name, "notice.bind_tester", "staff", clerk.Name), ct);
        await transaction.CommitAsync(ct);
        return bound is [var who] ? who.Shown : null;
    }

    public async Task UnbindAsync(long staff, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition("delete from staff_openid where staff = @staff", new { staff }, cancellationToken: ct));
    }
}
