using Bot.Data.Notices;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>What nobody does because its host died, its time came or its event never did. Every host sweeps; they pass each other.</summary>
internal sealed class PostgresNoticeSweep(NpgsqlDataSource db, PostgresNotices notices, PostgresNoticeEvents events, INoticeWatch watch, TimeProvider clock)
{
    private const int RowsAtOnce = 1_000;
    private const int LeasesAtOnce = 8;
    private const int Seconds = 15;

    public async Task SweepAsync(CancellationToken ct)
    {
        await StartScheduledAsync(ct);
        while (await FreeLapsedAsync(ct) == LeasesAtOnce)
        {
        }

        await ParkLateAsync(ct);
        await events.JoinAsync(ct);
        await GiveUpAsync(ct);
        foreach (var id in await db.ReadAsync(
            "select public_id from notice where status = 'cancelled' and finished_at is null limit 100", new { }, row => row.GetString(0), ct))
        {
            while (await notices.CancelSomeAsync(id, ct) > 0)
            {
            }
        }
    }

    private DateTimeOffset Now => clock.GetUtcNow();

    private Task<int> StartScheduledAsync(CancellationToken ct) => db.RunAsync(
        "update notice set status = 'sending', started_at = @now where status = 'scheduled' and scheduled_at <= @now", new { now = Now.UtcDateTime }, ct);

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
            """
            update notice_recipient r set
                status = m.status, pending = m.status = 'queued', lease = null, next_attempt_at = @now,
                uncertain_since = coalesce(r.uncertain_since, r.claimed_at)
            from notice_lease l
            cross join lateral unnest(l.notice_ids, l.row_numbers) as k (notice_id, row_number)
            join notice n on n.id = k.notice_id
            cross join lateral (select case when n.status = 'cancelled' then 'parked' else 'queued' end as status) m
            where l.id = any(@leases) and r.notice_id = k.notice_id and r.row_number = k.row_number and r.status = 'sending' and r.lease = l.id
            returning m.status = 'parked'
            """, new { leases = leases.ToArray(), now = Now.UtcDateTime }, row => row.GetBoolean(0), ct, Seconds);
        await connection.ExecuteAsync(new CommandDefinition(
            $"delete from notice_lease where id = any(@leases); {NoticeSql.Ring}", new { leases = leases.ToArray() }, transaction, Seconds, cancellationToken: ct));
        await transaction.CommitAsync(ct);
        Tell(RecipientStatus.Parked, parked.Count(p => p));
        return leases.Count;
    }

    // Past the time in which WeChat drops doubles, a repeat could be a second notice: only the event can tell now.
    private async Task ParkLateAsync(CancellationToken ct) => await MoveAsync(
        RecipientStatus.Parked,
        """
        with late as (
            select notice_id, row_number from notice_recipient
            where uncertain_since <= @before and status = 'queued' limit @RowsAtOnce for update skip locked)
        update notice_recipient r set status = 'parked', pending = false
        from late l where r.notice_id = l.notice_id and r.row_number = l.row_number returning r.notice_id
        """, Now - NoticeLimits.RepeatWithin, ct);

    private async Task GiveUpAsync(CancellationToken ct) => await MoveAsync(
        RecipientStatus.Unknown,
        """
        with late as (
            select notice_id, row_number from notice_recipient
            where uncertain_since <= @before and status = 'parked' limit @RowsAtOnce for update skip locked)
        update notice_recipient r set status = 'unknown', uncertain_since = null, finished_at = @now, error_words = '结果未知：微信没有答复，也没有收到送达结果'
        from late l where r.notice_id = l.notice_id and r.row_number = l.row_number returning r.notice_id
        """, Now - NoticeLimits.ResultWithin, ct);

    private async Task MoveAsync(RecipientStatus status, string sql, DateTimeOffset before, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var ids = await connection.ReadAsync(
            transaction, sql, new { before = before.UtcDateTime, now = Now.UtcDateTime, RowsAtOnce }, row => row.GetInt64(0), ct, Seconds);
        if (ids.Count > 0)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                PostgresNoticeResults.Finish, new { ids = ids.Distinct().ToArray(), now = Now.UtcDateTime }, transaction, Seconds, cancellationToken: ct));
        }

        await transaction.CommitAsync(ct);
        Tell(status, ids.Count);
    }

    private void Tell(RecipientStatus status, int rows)
    {
        if (rows > 0)
            watch.Moved(status, rows);
    }
}
