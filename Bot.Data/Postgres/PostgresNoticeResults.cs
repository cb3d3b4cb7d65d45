using Bot.Data.Notices;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>Writes what became of attempts, a batch in one statement.</summary>
internal sealed class PostgresNoticeResults(NpgsqlDataSource db, INoticeWatch watch, TimeProvider clock)
{
    private const int Seconds = 15;
    private const int NotFollowing = 43004;

    public async Task RecordAsync(IReadOnlyCollection<SendResult> results, IReadOnlyCollection<long> endedLeases, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var moved = results.Count == 0 ? [] : await WriteAsync(connection, transaction, results, ct);
        if (results.Where(r => r is SendResult.Ended { Code: NotFollowing }).ToArray() is { Length: > 0 } gone)
            await NoteGoneAsync(connection, transaction, gone, ct);
        await connection.ExecuteAsync(new CommandDefinition(
            $"""
            -- What a sweep holds has lapsed, and goes with it: to wait for it, rows in hand, could be for ever.
            delete from notice_lease where id in (select id from notice_lease where id = any(@leases) for update skip locked);
            delete from notice_span where (lease, notice_id) in (select lease, notice_id from notice_span where lease = any(@leases) for update skip locked);
            {Finish}
            """,
            new { leases = endedLeases.ToArray(), ids = moved.Select(m => m.NoticeId).Distinct().ToArray(), now = Now }, transaction, Seconds, cancellationToken: ct));
        await transaction.CommitAsync(ct);
        foreach (var status in moved.GroupBy(m => m.Status))
            watch.Moved(status.Key, status.Sum(m => m.Rows));
    }

    /// <summary>Notices that have nothing left to send are done.</summary>
    internal const string Finish =
        """
        update notice n set status = case when n.status = 'cancelled' then n.status else 'done' end, finished_at = @now
        from notice_tally y
        where n.id = any(@ids) and y.notice_id = n.id and y.queued = 0 and n.finished_at is null and n.status in ('sending', 'paused', 'cancelled')
        """;

    // The platform knows who follows; an event that came since the claim knows better.
    private async Task NoteGoneAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, SendResult[] gone, CancellationToken ct) =>
        await connection.ExecuteAsync(new CommandDefinition(
            """
            with gone as (
                select f.openid from unnest(@notices, @rows) as g (notice_id, row_number)
                join notice n on n.id = g.notice_id and not n.simulated
                join notice_recipient r on r.notice_id = g.notice_id and r.row_number = g.row_number and r.status = 'failed'
                join follower f on f.openid = r.openid and f.subscribed and f.last_event_time <= extract(epoch from r.claimed_at)
                order by f.openid for update of f)
            update follower f set subscribed = false, unsubscribed_at = @now from gone g where f.openid = g.openid
            """, new { notices = gone.Select(g => g.NoticeId).ToArray(), rows = gone.Select(g => g.Row).ToArray(), now = Now }, transaction, Seconds, cancellationToken: ct));

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private async Task<List<(long NoticeId, RecipientStatus Status, int Rows)>> WriteAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyCollection<SendResult> results, CancellationToken ct)
    {
        var rows = results.OrderBy(r => r.NoticeId).ThenBy(r => r.Row).Select(Flat.Of).ToArray();
        return await connection.ReadAsync(
            transaction,
            $"""
            {NoticeSql.ByKey}
            with told as (
                select * from unnest(@notices, @rows, @leases, @kinds, @times, @messages, @codes, @words)
                    as t (notice_id, row_number, lease, kind, at, msg_id, code, words)),
            stopped as materialized (select id from notice where id = any(@ids) and status = 'cancelled'),
            moved as (
                update notice_recipient r set
                    -- What may have been sent already cannot be cancelled any more.
                    status = case when m.status = 'cancelled' and r.uncertain_since is not null then 'parked' else m.status end,
                    pending = m.status = 'queued', lease = null,
                    -- Counted at the claim of a row, and here for what was claimed by the span. A row that was not tried has not used up an attempt.
                    attempts = case when r.lease is null and t.kind <> 'back' then r.attempts + 1
                        when r.lease is not null and t.kind = 'back' then r.attempts - 1 else r.attempts end,
                    -- Nor has it lost its place: behind all others it might come too late.
                    next_attempt_at = case when m.status <> 'queued' then r.next_attempt_at
                        when t.kind = 'back' then coalesce(r.next_attempt_at, m.claimed_at, @now) else t.at end,
                    claimed_at = coalesce(r.claimed_at, m.claimed_at),
                    uncertain_since = case when m.status in ('queued', 'parked', 'cancelled') then
                        case when t.kind = 'unclear' then coalesce(r.uncertain_since, r.claimed_at, m.claimed_at) else r.uncertain_since end end,
                    msg_id = coalesce(t.msg_id, r.msg_id),
                    sent_at = case when t.kind = 'sent' then t.at else r.sent_at end,
                    finished_at = case when m.status in ('delivered', 'refused', 'failed') or m.status = 'cancelled' and r.uncertain_since is null then @now end,
                    error_code = t.code, error_words = t.words
                from told t
                -- Whether the row is still the teller's is looked at below, under its lock; here only what its notice and its span say about it,
                -- and that once for each row (offset 0).
                cross join lateral (
                    select
                        case when t.kind in ('again', 'back') then case when t.notice_id in (select id from stopped) then 'cancelled' else 'queued' end
                             when t.kind = 'unclear' then case when t.at is null or t.notice_id in (select id from stopped) then 'parked' else 'queued' end
                             else t.kind end as status,
                        case when t.kind <> 'sent' then
                            (select s.claimed_at from notice_span s where s.lease = t.lease and s.notice_id = t.notice_id) end as claimed_at
                    offset 0) m
                where r.notice_id = t.notice_id and r.row_number = t.row_number and (
                    r.status = 'sending' and r.lease = t.lease
                    -- Of its span and not told yet: had the span lapsed, it would have a time.
                    or r.status = 'queued' and r.next_attempt_at is null
                    -- WeChat has it, whoever holds the row by now.
                    or t.kind = 'sent' and r.status in ('queued', 'sending', 'parked', 'unknown', 'cancelled') and r.msg_id is null)
                returning r.notice_id, r.status)
            select notice_id, status, count(*)::int from moved group by notice_id, status
            """,
            new
            {
                ids = rows.Select(r => r.NoticeId).Distinct().ToArray(), notices = rows.Select(r => r.NoticeId).ToArray(), rows = rows.Select(r => r.Row).ToArray(), leases = rows.Select(r => r.Lease).ToArray(),
                kinds = rows.Select(r => r.Kind).ToArray(), times = rows.Select(r => r.At).ToArray(), messages = rows.Select(r => r.MsgId).ToArray(),
                codes = rows.Select(r => r.Code).ToArray(), words = rows.Select(r => r.Words).ToArray(), now = Now,
            },
            row => (row.GetInt64(0), NoticeSpelling.Read<RecipientStatus>(row.GetString(1)), row.GetInt32(2)), ct, Seconds);
    }

    /// <summary>One result as columns. kind: sent, a final status, again, back (not tried), unclear.</summary>
    private readonly record struct Flat(long NoticeId, int Row, long Lease, string Kind, DateTime? At, long? MsgId, int? Code, string? Words)
    {
        public static Flat Of(SendResult result) => result switch
        {
            SendResult.Sent sent => new(sent.NoticeId, sent.Row, sent.Lease, "sent", sent.At.UtcDateTime, sent.MsgId, null, null),
            SendResult.Ended ended => new(ended.NoticeId, ended.Row, ended.Lease, ended.Status.Stored(), null, null, ended.Code, Cut(ended.Words)),
            SendResult.Again again => new(
                again.NoticeId, again.Row, again.Lease, again.Counts ? "again" : "back", again.At.UtcDateTime, null, again.Code, Cut(again.Words)),
            SendResult.Unclear unclear => new(unclear.NoticeId, unclear.Row, unclear.Lease, "unclear", unclear.At?.UtcDateTime, null, unclear.Code, Cut(unclear.Words)),
            _ => throw new ArgumentOutOfRangeException(nameof(result)),
        };

        private static string? Cut(string? words) => words is { Length: > 300 } ? words[..300] : words;
    }
}
