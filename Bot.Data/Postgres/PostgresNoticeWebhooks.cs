using System.Security.Cryptography;
using Bot.Data.Notices;
using Bot.Data.Privacy;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresNoticeWebhooks(NpgsqlDataSource db, IFieldCiphers ciphers, TimeProvider clock) : INoticeWebhooks
{
    private const string Field = "notice_webhook.secret";
    private const int SecretLength = 40;
    private const string Letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public async Task<string> SetAsync(string owner, Uri url, string actor, CancellationToken ct)
    {
        var secret = "whsec_" + RandomNumberGenerator.GetString(Letters, SecretLength);
        var cipher = await ciphers.GetAsync(ct);
        await AuditSql.ActAsync(
            db,
            """
            insert into notice_webhook (owner, url, secret, created_at) values (@owner, @url, @secret, @now)
            on conflict (owner) do update set url = excluded.url, secret = excluded.secret
            returning owner
            """, new { owner, url = url.AbsoluteUri, secret = cipher.Seal(Field, owner, secret), now = clock.GetUtcNow().UtcDateTime },
            _ => new(actor, "webhook.set", "webhook", owner), ct);
        return secret;
    }

    public async Task<IReadOnlyList<Webhook>> ListAsync(CancellationToken ct) => await db.ReadAsync(
        """
        select w.owner, w.url, w.created_at, (select count(*)::int from notice_webhook_call c where c.owner = w.owner)
        from notice_webhook w order by w.owner
        """, new { }, row => new Webhook(row.GetString(0), new Uri(row.GetString(1)), NoticeSql.Time(row, 2)!.Value, row.GetInt32(3)), ct);

    public Task<bool> RemoveAsync(string owner, string actor, CancellationToken ct) =>
        AuditSql.ActAsync(db, "delete from notice_webhook where owner = @owner returning owner", new { owner }, _ => new(actor, "webhook.remove", "webhook", owner), ct);

    public async Task<WebhookCall?> FindAsync(long call, CancellationToken ct)
    {
        var found = await db.ReadAsync(
            "select w.owner, w.url, w.secret, c.body::text from notice_webhook_call c join notice_webhook w on w.owner = c.owner where c.id = @call",
            new { call }, row => (Owner: row.GetString(0), Url: row.GetString(1), Secret: row.GetFieldValue<byte[]>(2), Body: row.GetString(3)), ct);
        return found is [var row] ? new(call, row.Owner, new Uri(row.Url), (await ciphers.GetAsync(ct)).Open(Field, row.Owner, row.Secret), row.Body) : null;
    }

    public Task EndAsync(long call, CancellationToken ct) => db.RunAsync("delete from notice_webhook_call where id = @call", new { call }, ct);

    public Task<int> ForgetAsync(DateTimeOffset before, CancellationToken ct) =>
        db.RunAsync("delete from notice_webhook_call where created_at < @before", new { before = before.UtcDateTime }, ct);
}
