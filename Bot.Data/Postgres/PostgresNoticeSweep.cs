using System.Data.Common;
using Bot.Data.Notices;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>What nobody does because its host died, its time came or its event never did. Every host sweeps; they pass each other.</summary>
internal sealed class PostgresNoticeSweep(
    NpgsqlDataSource db, PostgresNotices notices, PostgresNoticeSpans spans, PostgresNoticeEvents events, PostgresNoticeSettling settling, INoticeWatch watch,
    TimeProvider clock)
{
    private const int RowsAtOnce = 1_000;
    private const int LeasesAtOnce = 8;
    private const int Seconds = 15;

    public async Task SweepAsync(bool quiet, CancellationToken ct)
    {
        await EndExpiredAsync(ct);
        await StartScheduledAsync(ct);
        await GatherAsync(quiet, ct);
        while (await FreeLapsedAsync(ct) == LeasesAtOnce)
        {
        }

        for (var freed = 1; freed > 0;)
        {
            (freed, var parked, var cancelled) = await spans.FreeLapsedAsync(ct);
            Tell(RecipientStatus.Parked, parked);
            Tell(RecipientStatus.Cancelled, cancelled);
        }

        await ParkLateAsync(ct);
        await events.JoinAsync(ct);
        await GiveUpAsync(ct);
        await settling.SettleAsync(ct);
        foreach (var id in await db.ReadAsync(
            "select public_id from notice where status = 'cancelled' and finished_at is null limit 100", new { }, row => row.GetString(0), ct))
        {
            while (await notices.CancelSomeAsync(id, ct) > 0)
            {
            }
        }
    }

    private DateTimeOffset Now => clock.GetUtcNow();

    // Their rows follow below, as those of any cancelled notice.
    private Task<int> EndExpiredAsync(CancellationToken ct) => db.RunAsync(
        $"""
        with over as (
            update notice set status = 'cancelled', reason = '已过有效期，没有发出的不再发送'
            where id in (select id from notice where expires_at <= @now and status not in ('done', 'cancelled') for update skip locked) returning id)
        select {NoticeSql.Halt} from over
        """, new { now = Now.UtcDateTime, word = NoticeSql.Stop }, ct);

    private Task<int> StartScheduledAsync(CancellationToken ct) => db.RunAsync(
        """
        update notice set status = 'sending', started_at = @now
        where id in (select id from notice where status = 'scheduled' and scheduled_at <= @now for update skip locked)
        """, new { now = Now.UtcDateTime }, ct);

    // What starts, and is for a group. A job that ended although it still waits was stopped by a pause.
    private Task<int> GatherAsync(bool quiet, CancellationToken ct) => db.RunAsync(
        """
        with kept as (
            insert into job (kind, key, data, due_at)
            select @JobKind, public_id, to_json(public_id), @now from notice
            where status = 'sending' and gathering and (lane = 'urgent' or lane = 'bulk' and (any_hour or not @quiet or origin <> 'console'))
            on conflict (kind, key) do update set status = 'waiting', due_at = excluded.due_at, attempts = 0, error = null, finished_at = null, lease = null, lease_until = null
                where job.status <> 'waiting'
            returning id)
        select pg_notify('job_waiting', '') from kept limit 1
        """, new { INoticeGathering.JobKind, quiet, now = Now.UtcDateTime }, ct);

    /// <summary>Whoever held these is dead or cut off. Whether WeChat got them is unknown, so they may be sent again under the same id only.</summary>
    private async Task<int> FreeLapsedAsync(CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var leases = await connection.ReadAsync(
            transaction, "select id from notice_lease where until < @now order by until limit @LeasesAtOnce for update skip locked",
            new { now = Now.UtcDateTime, LeasesAtOnce }, row => row.GetInt64(0), ct, Seconds);
        if (leases.Count == 0)
            return 0;
        var parked = await connection.ReadAsync(
            transaction,
            $"""
            {NoticeSql.ByKey}
            -- In the order in which late results take them.
            with held as (
                select r.notice_id, r.row_number
                from notice_lease l
                cross join lateral unnest(l.notice_ids, l.row_numbers) as k (notice_id, row_number)
                join notice_recipient r on r.notice_id = k.notice_id and r.row_number = k.row_number
                where l.id = any(@leases) and r.status = 'sending' and r.lease = l.id
                order by r.notice_id, r.row_number for update of r)
            update notice_recipient r set
                status = m.status, pending = m.status = 'queued', lease = null, error_code = null, error_words = null,
                uncertain_since = coalesce(r.uncertain_since, r.claimed_at)
            from held h join notice n on n.id = h.notice_id
            cross join lateral (select case when n.status = 'cancelled' then 'parked' else 'queued' end as status) m
            where r.notice_id = h.notice_id and r.row_number = h.row_number
            returning m.status = 'parked'
            """, new { leases = leases.ToArray() }, row => row.GetBoolean(0), ct, Seconds);
        await connection.ExecuteAsync(new CommandDefinition(
            $"delete from notice_lease where id = any(@leases); {NoticeSql.Ring}", new { leases = leases.ToArray() }, transaction, Seconds, cancellationToken: ct));
        await transaction.CommitAsync(ct);
        Tell(RecipientStatus.Parked, parked.Count(p => p));
        return leases.Count;
    }

    // Past the time in which WeChat drops doubles, a repeat could be a second notice: only the event can tell now.
    private async Task ParkLateAsync(CancellationToken ct) => await MoveAsync(
        """
        with late as (
            select notice_id, row_number from notice_recipient
            where uncertain_since <= @before and status = 'queued' limit @RowsAtOnce for update skip locked)
        update notice_recipient r set status = 'parked', pending = false
        from late l where r.notice_id = l.notice_id and r.row_number = l.row_number returning r.notice_id, r.status
        """, Now - NoticeLimits.RepeatWithin, ct);

    // A platform that said each time that it was busy, and no event: it did not go out.
    private async Task GiveUpAsync(CancellationToken ct) => await MoveAsync(
        """
        with late as (
            select notice_id, row_number from notice_recipient
            where uncertain_since <= @before and status = 'parked' limit @RowsAtOnce for update skip locked)
        update notice_recipient r set status = case when r.error_code is null then 'unknown' else 'failed' end, uncertain_since = null, finished_at = @now,
            error_words = case when r.error_code is null then '结果未知：微信没有答复，也没有收到送达结果' else left('多次重试仍未成功：' || r.error_words, 300) end
        from late l where r.notice_id = l.notice_id and r.row_number = l.row_number returning r.notice_id, r.status
        """, Now - NoticeLimits.ResultWithin, ct);

    private async Task MoveAsync(string sql, DateTimeOffset before, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var moved = await connection.ReadAsync(
            transaction, sql, new { before = before.UtcDateTime, now = Now.UtcDateTime, RowsAtOnce }, Moved, ct, Seconds);
        if (moved.Count > 0)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                PostgresNoticeResults.Finish, new { ids = moved.Select(m => m.NoticeId).Distinct().ToArray(), now = Now.UtcDateTime }, transaction, Seconds, cancellationToken: ct));
        }

        await transaction.CommitAsync(ct);
        foreach (var (status, rows) in moved.CountBy(m => m.Status))
            Tell(status, rows);
    }

    private static (long NoticeId, RecipientStatus Status) Moved(DbDataReader row) => (row.GetInt64(0), NoticeSpelling.Read<RecipientStatus>(row.GetString(1)));

    private void Tell(RecipientStatus status, int rows)
    {
        if (rows > 0)
            watch.Moved(status, rows);
    }
}
