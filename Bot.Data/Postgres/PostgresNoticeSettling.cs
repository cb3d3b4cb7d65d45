using Bot.Data.Notices;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>结果未知: what was sent a day ago and whose event never came. By its notice: an index over all rows would cost every sending.</summary>
internal sealed class PostgresNoticeSettling(NpgsqlDataSource db, TimeProvider clock)
{
    private const int SinglesAtOnce = 500;
    private const int NoticesAtOnce = 20;
    private const int RowsAtOnce = 1_000;
    private const int Seconds = 15;

    // All rows of a notice are read for it, so not at each sweep while one grows old after the other.
    private static readonly TimeSpan s_every = TimeSpan.FromMinutes(10);

    public async Task SettleAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var before = now - NoticeLimits.ResultWithin;
        while (await SettleSinglesAsync(before, now, ct) == SinglesAtOnce)
        {
        }

        foreach (var (id, finished) in await TakeAsync(before, ct))
        {
            DateTimeOffset? oldest = null;
            for (int? after = 0; after is not null;)
            {
                (after, var sent) = await SettleSomeAsync(id, after ?? 0, before, now, ct);
                oldest = oldest < sent ? oldest : sent ?? oldest;
            }

            // Whatever is sent from now on is not due for a day.
            await db.RunAsync(
                "update notice set settled_at = case when @over then @now end, settled_to = greatest(settled_to, @to) where id = @id and settled_at is null",
                new { id, over = finished && oldest is null, now = now.UtcDateTime, to = (oldest ?? now).UtcDateTime }, ct, Seconds);
        }
    }

    /// <summary>Sent is when they end.</summary>
    private async Task<int> SettleSinglesAsync(DateTimeOffset before, DateTimeOffset now, CancellationToken ct) => (await db.ReadAsync(
        """
        with due as (
            select id from notice where settled_at is null and finished_at <= @before and lane = 'single'
            order by finished_at limit @SinglesAtOnce for update skip locked),
        settled as (
            update notice_recipient r set status = 'unknown', finished_at = @now, error_words = '结果未知：没有收到送达结果'
            from due d where r.notice_id = d.id and r.status = 'sent'),
        done as (update notice n set settled_at = @now from due d where n.id = d.id)
        select count(*)::int from due
        """, new { before = before.UtcDateTime, now = now.UtcDateTime, SinglesAtOnce }, row => row.GetInt32(0), ct, Seconds)).Single();

    // Of many. Should this host die over it, it is looked at again in time.
    private Task<List<(long Id, bool Finished)>> TakeAsync(DateTimeOffset before, CancellationToken ct) => db.ReadAsync(
        """
        update notice set settled_to = @next
        where id in (
            select id from notice where settled_at is null and started_at is not null and lane <> 'single' and coalesce(settled_to, started_at) <= @before
            order by coalesce(settled_to, started_at) limit @NoticesAtOnce for update skip locked)
        returning id, finished_at is not null
        """, new { before = before.UtcDateTime, next = (before + s_every).UtcDateTime, NoticesAtOnce }, row => (row.GetInt64(0), row.GetBoolean(1)), ct, Seconds);

    /// <returns>The last row looked at, null when there are no more; and when the oldest one was sent that is not due yet.</returns>
    private async Task<(int? Last, DateTimeOffset? Oldest)> SettleSomeAsync(long id, int after, DateTimeOffset before, DateTimeOffset now, CancellationToken ct) => (await db.ReadAsync(
        """
        with piece as (
            select row_number, status, sent_at from notice_recipient where notice_id = @id and row_number > @after order by row_number limit @RowsAtOnce),
        -- In the order in which results take them; what is being told at this moment is left to whoever tells it.
        due as (
            select r.row_number from piece p join notice_recipient r on r.notice_id = @id and r.row_number = p.row_number
            where p.status = 'sent' and p.sent_at <= @before order by r.row_number for update of r skip locked),
        settled as (
            update notice_recipient r set status = 'unknown', finished_at = @now, error_words = '结果未知：没有收到送达结果'
            from due d where r.notice_id = @id and r.row_number = d.row_number and r.status = 'sent')
        select max(row_number), min(sent_at) filter (where status = 'sent' and sent_at > @before) from piece
        """, new { id, after, before = before.UtcDateTime, now = now.UtcDateTime, RowsAtOnce },
        row => (row.Number(0), row.Time(1)), ct, Seconds)).Single();
}
