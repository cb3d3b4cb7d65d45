using System.Data.Common;
using Bot.Data.Notices;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>Outcomes that WeChat pushes. Those that arrive together are written together, and each waits until it is kept.</summary>
internal sealed class PostgresNoticeEvents(NpgsqlDataSource db, INoticeWatch watch, TimeProvider clock) : INoticeEvents
{
    private const int AtOnce = 500;
    private const int Seconds = 15;

    private readonly Gathered<NoticeEvent> _gathered = new(AtOnce);

    public Task HearAsync(NoticeEvent heard, CancellationToken ct) => _gathered.AddAsync(heard, WriteAsync, ct);

    /// <summary>Looks again at events that came before their row knew its id, less and less often.</summary>
    public async Task JoinAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        for (var looked = AtOnce; looked == AtOnce;)
        {
            (looked, var nobodys) = await JoinSomeAsync(now, ct);
            if (nobodys.Length > 0)
                await InferAsync(nobodys, now, ct);
        }

        await db.RunAsync("delete from notice_event where at < @before", new { before = (now - NoticeLimits.EventKept).UtcDateTime }, ct, Seconds);
    }

    // A row is moved once: a second event finds it moved. What finds no row is kept for the sweep.
    private async Task WriteAsync(IReadOnlyList<NoticeEvent> heard)
    {
        var events = heard.DistinctBy(e => e.MsgId).OrderBy(e => e.MsgId).ToArray();
        var moved = await db.ReadAsync(
            """
            with heard as (
                select * from unnest(@ids, @openIds, @statuses, @words) as h (msg_id, openid, status, words)),
            moved as (
                update notice_recipient r set
                    status = h.status, finished_at = @now, error_words = h.words, uncertain_since = null
                from heard h
                where r.msg_id = h.msg_id and r.openid = h.openid and r.status in ('sent', 'unknown')
                returning r.status),
            kept as (
                insert into notice_event (msg_id, openid, status, words, at, look_at)
                select msg_id, openid, status, words, @now, @now from heard h
                where not exists (select from notice_recipient r where r.msg_id = h.msg_id)
                on conflict (msg_id) do nothing)
            select status from moved
            """,
            new
            {
                ids = events.Select(e => e.MsgId).ToArray(), openIds = events.Select(e => e.To.Value).ToArray(),
                statuses = events.Select(e => e.Status.Stored()).ToArray(), words = events.Select(e => e.Words).ToArray(),
                now = clock.GetUtcNow().UtcDateTime,
            }, Status, CancellationToken.None, Seconds);
        Tell(moved);
    }

    /// <returns>How many were looked at, and which of them fit no row although that had time to become known.</returns>
    private async Task<(int Looked, long[] Nobodys)> JoinSomeAsync(DateTimeOffset now, CancellationToken ct)
    {
        var seen = await db.ReadAsync(
            """
            with due as (
                select msg_id, openid, status, words, at from notice_event where look_at <= @now order by look_at limit @AtOnce for update skip locked),
            moved as (
                update notice_recipient r set status = e.status, finished_at = @now, error_words = e.words, uncertain_since = null
                from due e where r.msg_id = e.msg_id and r.openid = e.openid and r.status in ('sent', 'unknown')
                returning e.msg_id, r.status),
            joined as (
                delete from notice_event where msg_id in (
                    select d.msg_id from due d join notice_recipient r on r.msg_id = d.msg_id) returning msg_id),
            waiting as (
                update notice_event e set looks = looks + 1, look_at = @now + least(interval '2 seconds' * power(2, least(looks, 12)), interval '1 hour')
                from due d where e.msg_id = d.msg_id and not exists (select from notice_recipient r where r.msg_id = d.msg_id)
                returning e.msg_id)
            select d.msg_id, coalesce(m.status, ''), w.msg_id is not null and d.at < @settled
            from due d left join moved m on m.msg_id = d.msg_id left join waiting w on w.msg_id = d.msg_id
            """, new { now = now.UtcDateTime, settled = (now - NoticeLimits.EventSettles).UtcDateTime, AtOnce },
            row => (MsgId: row.GetInt64(0), Status: row.GetString(1), Nobodys: row.GetBoolean(2)), ct, Seconds);
        Tell([.. seen.Where(e => e.Status.Length > 0).Select(e => NoticeSpelling.Read<RecipientStatus>(e.Status))]);
        return (seen.Count, [.. seen.Where(e => e.Nobodys).Select(e => e.MsgId)]);
    }

    /// <summary>
    /// A notice whose answer was lost has no id to join by. An event that fits no row by its id is taken for that notice's if it is its citizen's only one of
    /// the time of its attempts, and the notice the citizen's only one of that time: other systems may send by the same account. The row says that it was inferred.
    /// </summary>
    private async Task InferAsync(long[] nobodys, DateTimeOffset now, CancellationToken ct) => Tell(await db.ReadAsync(
        """
        with fits as (
            select e.msg_id, e.openid, min(r.notice_id) as notice_id, min(r.row_number) as row_number, min(r.uncertain_since) as since, min(r.claimed_at) + @fits as until
            from notice_event e
            -- By the citizen's own key for each, however many rows are unclear.
            cross join lateral (
                select * from notice_recipient r
                where r.openid = e.openid and r.uncertain_since is not null and r.uncertain_since <= e.at and e.at <= r.claimed_at + @fits limit 2) r
            where e.msg_id = any(@nobodys)
            group by e.msg_id, e.openid having count(*) = 1 and min(r.status) = 'parked'),
        sure as (
            select f.* from fits f
            where (select count(*) from notice_event o where o.openid = f.openid and o.at between f.since and f.until) = 1
                and not exists (select from notice_recipient r where r.msg_id = f.msg_id)),
        used as (delete from notice_event e using sure f where e.msg_id = f.msg_id returning e.msg_id, e.status, e.words)
        update notice_recipient r set status = u.status, msg_id = u.msg_id, finished_at = @now, uncertain_since = null,
            error_words = left(coalesce(u.words, '已送达'), 270) || '（微信没有答复，按市民和时间推断）'
        from sure f join used u on u.msg_id = f.msg_id
        where r.notice_id = f.notice_id and r.row_number = f.row_number and r.status = 'parked'
        returning r.status
        """, new { nobodys, now = now.UtcDateTime, fits = NoticeLimits.EventFits }, Status, ct, Seconds));

    private static RecipientStatus Status(DbDataReader row) => NoticeSpelling.Read<RecipientStatus>(row.GetString(0));

    private void Tell(IReadOnlyList<RecipientStatus> moved)
    {
        foreach (var status in moved.CountBy(s => s))
            watch.Moved(status.Key, status.Value);
    }
}
