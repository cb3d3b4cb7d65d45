using System.Data.Common;
using System.Text.Json;
using Bot.Data.Messages;
using Bot.WeChat;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresCitizenMessages(NpgsqlDataSource db, TimeProvider clock) : ICitizenMessages
{
    private const int LongestError = 300;

    private const string Columns =
        """
        m.id, m.key, m.openid, m.words, m.template, m.data::text, m.url, m.status, m.expires_at, coalesce(f.subscribed, true), f.last_message_at,
        m.created_at, m.notice_id, m.error, coalesce(o.everything, false) and not m.promised, m.desk_closed
        """;

    private const string From = "from citizen_message m left join follower f on f.openid = m.openid left join notice_opt_out o on o.openid = m.openid";

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task AddAsync(NewCitizenMessage message, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await CitizenMessageSql.AddAsync(connection, transaction, message, ct);
        await transaction.CommitAsync(ct);
    }

    public async Task<CitizenMessage?> FindAsync(long id, CancellationToken ct) =>
        (await db.ReadAsync($"select {Columns} {From} where m.id = @id", new { id }, Read, ct)).SingleOrDefault();

    public async Task<CitizenMessage?> FindByNoticeAsync(string noticeId, CancellationToken ct) =>
        (await db.ReadAsync($"select {Columns} {From} where m.notice_id = @noticeId", new { noticeId }, Read, ct)).SingleOrDefault();

    public async Task<bool> BeginSendingAsync(long id, CancellationToken ct) =>
        await db.RunAsync("update citizen_message set status = 'sending' where id = @id and status = 'waiting'", new { id }, ct) == 1;

    public Task NotSentAsync(long id, bool closed, CancellationToken ct) => db.RunAsync(
        "update citizen_message set status = 'waiting', desk_closed = @closed where id = @id and status = 'sending'", new { id, closed }, ct);

    public async Task<HeldConsent?> ConsentAsync(long id, CancellationToken ct) => (await db.ReadAsync(
        """
        select t.template_id, t.title, t.content
        from citizen_message m
        join subscription_template t on t.active and t.code <> ''
            and t.code in (m.template, (select n.code from message_template u join notice_template n on n.id = u.template where u.code = m.template))
        join subscription_grant g on g.openid = m.openid and g.template_id = t.template_id and (g.remaining > 0 or g.long_term)
        where m.id = @id
        order by g.long_term desc, t.template_id limit 1
        """, new { id }, row => new HeldConsent(row.GetString(0), row.GetString(1), row.GetString(2)), ct)).SingleOrDefault();

    public async Task<bool> BeginGrantingAsync(long id, string templateId, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var begun = await connection.ReadAsync(
            transaction,
            """
            with m as (select id, openid, key from citizen_message where id = @id and status in ('waiting', 'noticed') for update),
            spent as (
                update subscription_grant g set remaining = greatest(g.remaining - 1, 0), changed_at = @now
                from m where g.openid = m.openid and g.template_id = @templateId and (g.remaining > 0 or g.long_term)
                returning g.openid),
            noted as (
                insert into subscription_entry (openid, template_id, kind, cause, at)
                select m.openid, @templateId, 'spend', m.key, @now from m join spent on true
                on conflict (openid, template_id, kind, cause) do nothing returning id)
            update citizen_message c set status = 'granting', grant_template = @templateId from m, noted where c.id = m.id
            returning c.id
            """, new { id, templateId, now = Now }, row => row.GetInt64(0), ct);
        // A credit that was spent on it before is not spent again: the transaction is undone.
        if (begun.Count == 1)
            await transaction.CommitAsync(ct);
        return begun.Count == 1;
    }

    public Task NotGrantedAsync(long id, CancellationToken ct) => db.RunAsync(
        """
        with m as (select id, openid, key, grant_template as template_id from citizen_message where id = @id and status = 'granting' for update),
        taken as (
            delete from subscription_entry e using m
            where e.openid = m.openid and e.template_id = m.template_id and e.kind = 'spend' and e.cause = m.key),
        given as (
            update subscription_grant g set remaining = case when g.long_term then g.remaining else g.remaining + 1 end, changed_at = @now
            from m where g.openid = m.openid and g.template_id = m.template_id)
        update citizen_message c set status = case when c.notice_id is null then 'waiting' else 'noticed' end, grant_template = null
        from m where c.id = m.id
        """, new { id, now = Now }, ct);

    // What a host calls unknown because another one seemed dead is corrected by that other one.
    // A list that is on the screen now gets its meaning at once.
    public Task EndAsync(long id, CitizenMessageStatus status, string? noticeId, string? error, CancellationToken ct) => db.RunAsync(
        """
        with ended as (
            update citizen_message set status = @status, notice_id = coalesce(@noticeId, notice_id), error = @error, told_at = case when @told then @now end
            where id = @id and (status in ('waiting', 'sending', 'noticed', 'granting') or status = 'unknown' and @told)
            returning key),
        shown as (
            update job set due_at = @now from ended where job.kind = @JobKind and job.key = ended.key and job.status = 'waiting' and job.due_at > @now and @sent
            returning 1)
        select pg_notify(@Channel, '') from shown
        """,
        new
        {
            id, IPrompts.JobKind, JobSql.Channel, sent = status is CitizenMessageStatus.Sent or CitizenMessageStatus.Granted, status = status.ToString().ToLowerInvariant(), noticeId, error = error is { Length: > LongestError } ? error[..LongestError] : error,
            told = status is CitizenMessageStatus.Sent or CitizenMessageStatus.Noticed or CitizenMessageStatus.Granted, now = Now,
        }, ct);

    public async Task<IReadOnlyList<CitizenMessage>> UndeliveredAsync(long before, int limit, CancellationToken ct) => await db.ReadAsync(
        $"""
        select {Columns} {From}
        where m.status in ('undelivered', 'unknown') and (@before = 0 or m.id < @before)
        order by m.id desc limit @limit
        """, new { before, limit = Math.Clamp(limit, 1, 500) }, Read, ct);

    private static CitizenMessage Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), new OpenId(row.GetString(2)), row.GetString(3), row.GetString(4),
        JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(5)) ?? [], row.GetString(6),
        Enum.Parse<CitizenMessageStatus>(row.GetString(7), ignoreCase: true), row.Time(8), row.GetBoolean(9), row.Time(10),
        row.Time(11)!.Value, row.Text(12), row.Text(13), row.GetBoolean(14), row.GetBoolean(15));
}
