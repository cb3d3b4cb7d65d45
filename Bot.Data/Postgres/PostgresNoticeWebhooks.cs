using System.Security.Cryptography;
using Bot.Data.Notices;
using Bot.Data.Privacy;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresNoticeWebhooks(NpgsqlDataSource db, IFieldCiphers ciphers, TimeProvider clock) : INoticeWebhooks
{
    private const string Field = "notice_webhook.secret";
    private const int SecretLength = 40;
    private const int ClearedAtOnce = 5_000;
    private const int Seconds = 30;
    private const string Letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private const string Left =
        """
        select c.id, w.url, w.secret, c.body::text, 0::bigint
        from notice_webhook_call c join notice_webhook w on w.owner = c.owner where c.owner = @owner order by c.id limit 1
        """;

    // Kept as one call before it is made: told again, it has the same number and the same outcomes.
    private const string Cut =
        """
        with cut as (
            delete from notice_outcome o
            using (
                select id from notice_outcome
                where owner = @owner and id > @after and exists (select from notice_webhook where owner = @owner) order by id limit @Most) f
            where o.owner = @owner and o.id = f.id
            returning o.*),
        made as (
            insert into notice_webhook_call (owner, body, created_at)
            select @owner, json_agg(json_build_object(
                'event', c.id::text, 'id', n.public_id, 'reference', n.reference, 'row', c.row_number, 'status', c.status,
                'errorCode', c.error_code, 'reason', c.error_words, 'at', c.at) order by c.id), now()
            from cut c join notice n on n.id = c.notice_id having count(*) > 0
            returning id, body)
        select m.id, w.url, w.secret, m.body::text, (select max(id) from cut) from made m join notice_webhook w on w.owner = @owner
        """;

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
        select w.owner, w.url, w.created_at,
            (select count(*)::int from (select from notice_outcome o where o.owner = w.owner limit @MostCounted) o)
            + (select coalesce(sum(json_array_length(c.body)), 0)::int from (select body from notice_webhook_call c where c.owner = w.owner order by c.id limit 100) c)
        from notice_webhook w order by w.owner
        """, new { Webhook.MostCounted }, row => new Webhook(row.GetString(0), new Uri(row.GetString(1)), row.Time(2)!.Value, Math.Min(row.GetInt32(3), Webhook.MostCounted)), ct);

    public Task<bool> RemoveAsync(string owner, string actor, CancellationToken ct) =>
        AuditSql.ActAsync(db, "delete from notice_webhook where owner = @owner returning owner", new { owner }, _ => new(actor, "webhook.remove", "webhook", owner), ct);

    public async Task<WebhookCall?> NextAsync(string owner, long after, CancellationToken ct) =>
        (after == 0 ? await ReadAsync(Left, owner, after, ct) : null) ?? await ReadAsync(Cut, owner, after, ct);

    public Task EndAsync(long call, CancellationToken ct) => db.RunAsync("delete from notice_webhook_call where id = @call", new { call }, ct);

    public async Task<bool> ClearAsync(string owner, CancellationToken ct)
    {
        if (await db.ReadAsync("select from notice_webhook where owner = @owner", new { owner }, _ => true, ct) is not [])
            return false;
        while (await db.RunAsync(
            """
            delete from notice_outcome where owner = @owner and not exists (select from notice_webhook where owner = @owner)
                and id in (select id from notice_outcome where owner = @owner order by id limit @ClearedAtOnce)
            """, new { owner, ClearedAtOnce }, ct, Seconds) > 0)
        {
        }

        return true;
    }

    public async Task ForgetAsync(DateTimeOffset before, CancellationToken ct)
    {
        foreach (var table in (string[])["notice_webhook_call", "notice_outcome"])
            await db.RunAsync($"delete from {table} where created_at < @before", new { before = before.UtcDateTime }, ct, Seconds);
    }

    private async Task<WebhookCall?> ReadAsync(string sql, string owner, long after, CancellationToken ct)
    {
        var found = await db.ReadAsync(
            sql, new { owner, after, WebhookCall.Most },
            row => (Id: row.GetInt64(0), Url: row.GetString(1), Secret: row.GetFieldValue<byte[]>(2), Body: row.GetString(3), Last: row.GetInt64(4)), ct, Seconds);
        return found is [var call] ? new(call.Id, new Uri(call.Url), (await ciphers.GetAsync(ct)).Open(Field, owner, call.Secret), call.Body, call.Last) : null;
    }
}
