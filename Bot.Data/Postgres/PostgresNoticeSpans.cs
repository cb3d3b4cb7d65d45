using System.Data.Common;
using System.Security.Cryptography;
using Bot.Data.Notices;
using Bot.WeChat;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>Fresh rows, handed out by the span: the claim is written in two small rows, however many recipients it is for.</summary>
internal sealed class PostgresNoticeSpans(NpgsqlDataSource db, TimeProvider clock)
{
    private const int Seconds = 15;
    private const int SpansAtOnce = 8;

    /// <summary>The lock makes hosts take turns at a notice; the statements after it see where the last one ended.</summary>
    public const string Lock = "select 1 from notice_fresh where notice_id = any(@ids) order by notice_id for update";

    /// <summary>Moves the beginning behind what <c>fresh</c> picked.</summary>
    public const string Move =
        """
        moved as (
            update notice_fresh f set next_row = s.last_row + 1
            from (select notice_id, max(row_number) as last_row from fresh group by notice_id) s where f.notice_id = s.notice_id)
        """;

    /// <param name="share">Rows of each notice.</param>
    public async Task<Claim> ClaimAsync(NoticeLease lease, IReadOnlyCollection<long> notices, int share, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        List<ClaimedNotice> claimed = [];
        await using (var rows = await connection.ExecuteReaderAsync(new CommandDefinition(
            $"""
            {NoticeSql.ByKey}
            {Lock};
            select {NoticeSql.Head} from notice n {NoticeSql.HeadFrom} where n.id = any(@ids);
            with fresh as (
                select r.notice_id, r.row_number, r.openid, r.data, n.origin, n.lane
                from notice_fresh f join notice n on n.id = f.notice_id and {NoticeSql.Goes}
                cross join lateral (
                    select * from notice_recipient r
                    where r.notice_id = f.notice_id and r.row_number >= f.next_row and r.status = 'queued' and r.next_attempt_at is null
                    order by r.row_number limit @share) r
                where f.notice_id = any(@ids)),
            {Move},
            kept as (
                insert into notice_span (lease, notice_id, first_row, last_row, claimed_at, until, begun_to)
                select @id, notice_id, min(row_number), max(row_number), @from, @until, 0 from fresh group by notice_id)
            select notice_id, row_number, openid, data, {NoticeSql.Skip("fresh", "fresh")} from fresh
            """,
            new { ids = notices.ToArray(), share, id = lease.Id, from = lease.From.UtcDateTime, until = lease.Until.UtcDateTime, now = lease.From.UtcDateTime },
            transaction, Seconds, cancellationToken: ct)))
        {
            await rows.NextResultAsync(ct);
            Dictionary<long, NoticeHead> heads = [];
            while (await rows.ReadAsync(ct))
                heads[rows.GetInt64(0)] = NoticeSql.ReadHead(rows, 0);
            await rows.NextResultAsync(ct);
            while (await rows.ReadAsync(ct))
                claimed.Add(Read(rows, heads[rows.GetInt64(0)], lease));
        }

        await transaction.CommitAsync(ct);
        return claimed.Count == 0 ? Claim.Nothing : new(lease.Id, lease.Until, claimed, Fresh: true);
    }

    public async Task<IReadOnlyCollection<ClaimedNotice>> BeginAsync(IReadOnlyCollection<ClaimedNotice> rows, CancellationToken ct)
    {
        var spans = rows.GroupBy(r => (r.Lease, r.NoticeId)).Select(s => (s.Key.Lease, s.Key.NoticeId, To: s.Max(r => r.Row))).ToArray();
        var begun = (await db.ReadAsync(
            """
            update notice_span s set begun_to = b.to_row
            from unnest(@leases, @notices, @rows) as b (lease, notice_id, to_row)
            -- The bell tells of a stop sooner; but one host's ear may be deaf.
            join notice n on n.id = b.notice_id and n.status = 'sending'
            where s.lease = b.lease and s.notice_id = b.notice_id and s.until > @now
            returning s.lease, s.notice_id
            """,
            new
            {
                leases = spans.Select(s => s.Lease).ToArray(), notices = spans.Select(s => s.NoticeId).ToArray(), rows = spans.Select(s => s.To).ToArray(),
                now = clock.GetUtcNow().UtcDateTime,
            }, row => (row.GetInt64(0), row.GetInt64(1)), ct, Seconds)).ToHashSet();
        return begun.Count == spans.Length ? rows : [.. rows.Where(r => begun.Contains((r.Lease, r.NoticeId)))];
    }

    /// <summary>
    /// Whoever held these is dead or cut off. Whether WeChat got what was begun is unknown, so that may be sent again under the same id only; the rest is as if
    /// never taken.
    /// </summary>
    /// <returns>Spans that were freed, and of the rows of cancelled notices those that now wait for their result and those that never went out.</returns>
    public async Task<(int Spans, int Parked, int Cancelled)> FreeLapsedAsync(CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var freed = (await connection.ReadAsync(
            transaction,
            $"""
            {NoticeSql.ByKey}
            with due as (
                select lease, notice_id from notice_span where until < @now order by until limit @SpansAtOnce for update skip locked),
            lapsed as (
                delete from notice_span s using due d where s.lease = d.lease and s.notice_id = d.notice_id
                returning s.notice_id, s.first_row, s.last_row, s.claimed_at, coalesce(s.begun_to, s.last_row) as begun_to),
            -- In the order in which late results take them.
            held as (
                select r.notice_id, r.row_number, l.claimed_at, r.row_number <= l.begun_to as begun from lapsed l
                join notice_recipient r on r.notice_id = l.notice_id and r.row_number between l.first_row and l.last_row
                where r.status = 'queued' and r.next_attempt_at is null
                order by r.notice_id, r.row_number for update of r),
            freed as (
                update notice_recipient r set
                    status = m.status, pending = m.status = 'queued', attempts = r.attempts + h.begun::int, claimed_at = h.claimed_at,
                    uncertain_since = case when h.begun then h.claimed_at end, next_attempt_at = h.claimed_at,
                    finished_at = case when m.status = 'cancelled' then @now end
                from held h join notice n on n.id = h.notice_id
                cross join lateral (select case when n.status <> 'cancelled' then 'queued' when h.begun then 'parked' else 'cancelled' end as status) m
                where r.notice_id = h.notice_id and r.row_number = h.row_number
                returning m.status)
            select (select count(*)::int from lapsed), (select count(*)::int from freed where status = 'parked'), (select count(*)::int from freed where status = 'cancelled')
            """, new { now = clock.GetUtcNow().UtcDateTime, SpansAtOnce }, row => (Spans: row.GetInt32(0), Parked: row.GetInt32(1), Cancelled: row.GetInt32(2)), ct, Seconds)).Single();
        if (freed.Spans > 0)
            await connection.ExecuteAsync(new CommandDefinition(NoticeSql.Ring, transaction: transaction, commandTimeout: Seconds, cancellationToken: ct));
        await transaction.CommitAsync(ct);
        return freed;
    }

    private static ClaimedNotice Read(DbDataReader row, NoticeHead notice, NoticeLease lease) => new(
        notice, row.GetInt32(1), lease.Id, new OpenId(row.GetString(2)), NoticeSql.ReadData(row, 3),
        Single: false, lease.From, UncertainSince: null, Attempt: 1, NoticeSql.ReadSkip(row, 4));
}

/// <summary>The right to send what is claimed under it, until it lapses.</summary>
internal readonly record struct NoticeLease(long Id, DateTimeOffset From, DateTimeOffset Until)
{
    public static NoticeLease Take(DateTimeOffset now, TimeSpan length) => new(BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)), now, now + length);
}
