using Bot.WeChat;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>Forgets whom notices went to and what they said; the counts stay.</summary>
internal sealed class PostgresNoticeErasure(NpgsqlDataSource db, TimeProvider clock)
{
    private const int RowsAtOnce = 5_000;
    private const int Seconds = 60;
    private const int SecondsForAll = 1_800;

    public async Task<int> EraseAsync(DateTimeOffset endedBefore, CancellationToken ct)
    {
        await CloseForgottenAsync(endedBefore, ct);
        var erased = 0;
        while (true)
        {
            var due = await db.ReadAsync(
                "select id from notice where erased_at is null and (finished_at < @before or finished_at is not null and status = 'cancelled' and created_at < @before) order by finished_at limit 1",
                new { before = endedBefore.UtcDateTime }, row => row.GetInt64(0), ct);
            if (due is not [var id])
                return erased;
            for (var (last, rows) = await EraseRowsAsync(id, 0, ct); rows > 0; (last, rows) = await EraseRowsAsync(id, last, ct))
                erased += rows;
            await db.RunAsync("update notice set erased_at = @now, rejected = null, reference = '', url = '' where id = @id", new { id, now = clock.GetUtcNow().UtcDateTime }, ct);
        }
    }

    // Begun and never ended: the sweep cancels their rows, and the next day they are erased.
    private Task<int> CloseForgottenAsync(DateTimeOffset before, CancellationToken ct) => db.RunAsync(
        $"""
        with closed as (
            update notice set status = 'cancelled', reason = '长期没有处理，已按保存期限关闭'
            where finished_at is null and status in ('draft', 'submitted', 'approved', 'paused') and created_at < @before returning id)
        select {NoticeSql.Halt} from closed
        """, new { before = before.UtcDateTime, word = NoticeSql.Stop }, ct, Seconds);

    public async Task<int> EraseAsync(OpenId citizen, CancellationToken ct)
    {
        var openId = citizen.Value;
        // Two statements: the second one also finds what a host took in between, and its result still finds the row.
        var now = clock.GetUtcNow().UtcDateTime;
        var ids = await db.ReadAsync(
            """
            with due as (
                select notice_id, row_number from notice_recipient where openid = @openId and status = 'queued' order by notice_id, row_number for update)
            update notice_recipient r set status = 'cancelled', pending = false, finished_at = @now, uncertain_since = null
            from due d where r.notice_id = d.notice_id and r.row_number = d.row_number returning r.notice_id
            """, new { openId, now }, row => row.GetInt64(0), ct, SecondsForAll);
        await db.RunAsync(PostgresNoticeResults.Finish, new { ids = ids.Distinct().ToArray(), now }, ct);
        return await db.RunAsync("update notice_recipient set openid = '', data = '{}' where openid = @openId", new { openId }, ct, SecondsForAll);
    }

    // By row number, so that rows erased before are not read again.
    private async Task<(int Last, int Rows)> EraseRowsAsync(long id, int after, CancellationToken ct) => (await db.ReadAsync(
        """
        with piece as (
            select row_number from notice_recipient where notice_id = @id and row_number > @after order by row_number limit @RowsAtOnce),
        erased as (
            update notice_recipient r set openid = '', data = '{}' from piece p
            where r.notice_id = @id and r.row_number = p.row_number returning r.row_number)
        select coalesce(max(row_number), 0), count(*)::int from erased
        """, new { id, after, RowsAtOnce }, row => (row.GetInt32(0), row.GetInt32(1)), ct, Seconds)).Single();
}
