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
        while (await JoinSomeAsync(now, ct) == AtOnce)
        {
        }

        await JoinByCitizenAsync(now, ct);
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

    private async Task<int> JoinSomeAsync(DateTimeOffset now, CancellationToken ct)
    {
        var seen = await db.ReadAsync(
            """
            with due as (
                select msg_id, openid, status, words from notice_event where look_at <= @now order by look_at limit @AtOnce for update skip locked),
            moved as (
                update notice_recipient r set status = e.status, finished_at = @now, error_words = e.words, uncertain_since = null
                from due e where r.msg_id = e.msg_id and r.openid = e.openid and r.status in ('sent', 'unknown')
                returning e.msg_id, r.status),
            joined as (
                delete from notice_event where msg_id in (
                    select d.msg_id from due d join notice_recipient r on r.msg_id = d.msg_id) returning msg_id),
            waiting as (
                update notice_event e set looks = looks + 1, look_at = @now + least(interval '2 seconds' * power(2, least(looks, 12)), interval '1 hour')
                from due d where e.msg_id = d.msg_id and not exists (select from notice_recipient r where r.msg_id = d.msg_id))
            select coalesce(m.status, '') from due d left join moved m on m.msg_id = d.msg_id
            """, new { now = now.UtcDateTime, AtOnce }, row => row.GetString(0), ct, Seconds);
        Tell([.. seen.Where(status => status.Length > 0).Select(NoticeSpelling.Read<RecipientStatus>)]);
        return seen.Count;
    }

    /// <summary>
    /// A notice whose answer was lost has no id to join by. An event that fits no row by its id, of a citizen with exactly one such notice, is
    /// that notice's, provided that it came after the claim and had time to find a better match.
    /// </summary>
    private async Task JoinByCitizenAsync(DateTimeOffset now, CancellationToken ct) => Tell(await db.ReadAsync(
        """
        with lost as (
            select openid, min(notice_id) as notice_id, min(row_number) as row_number, min(uncertain_since) as since
            from notice_recipient where uncertain_since is not null and openid <> ''
            group by openid having count(*) = 1 and min(status) = 'parked'),
        fits as (
            select l.notice_id, l.row_number, min(e.msg_id) as msg_id
            from lost l join notice_event e on e.openid = l.openid and e.at >= l.since and e.at < @settled
            where not exists (select from notice_recipient r where r.msg_id = e.msg_id)
            group by l.notice_id, l.row_number having count(*) = 1),
        used as (delete from notice_event e using fits f where e.msg_id = f.msg_id returning e.msg_id, e.status, e.words)
        update notice_recipient r set status = u.status, msg_id = u.msg_id, finished_at = @now, error_words = u.words, uncertain_since = null
        from fits f join used u on u.msg_id = f.msg_id
        where r.notice_id = f.notice_id and r.row_number = f.row_number and r.status = 'parked'
        returning r.status
        """, new { now = now.UtcDateTime, settled = (now - NoticeLimits.EventSettles).UtcDateTime }, Status, ct, Seconds));

    private static RecipientStatus Status(DbDataReader row) => NoticeSpelling.Read<RecipientStatus>(row.GetString(0));

    private void Tell(IReadOnlyList<RecipientStatus> moved)
    {
        foreach (var status in moved.CountBy(s => s))
            watch.Moved(status.Key, status.Value);
    }
}
