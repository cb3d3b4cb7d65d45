using System.Data.Common;
using Bot.Data.Notices;
using Bot.WeChat;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>Fresh rows of a notice go by the span; single notices and what came back row by row, with <c>for update skip locked</c>.</summary>
internal sealed class PostgresNoticeQueue(
    NpgsqlDataSource db, PostgresNoticeSpans spans, PostgresNoticeResults results, PostgresNoticeSweep sweep, PostgresBell bell, TimeProvider clock)
    : INoticeQueue
{
    private const int NoticesAtOnce = 32;

    // These count as begun at once.
    private const int MostReturned = 512;
    private const int Seconds = 15;

    // Taking rows one by one, and telling in one row whose they are until when.
    private static readonly string s_take =
        $"""
        taken as (
            update notice_recipient r set
                status = 'sending', lease = @lease, claimed_at = @now, attempts = r.attempts + 1
            from picked p where r.notice_id = p.notice_id and r.row_number = p.row_number
            returning r.notice_id, r.row_number, r.openid, r.data, r.single, r.uncertain_since, r.attempts),
        kept as (
            insert into notice_lease (id, until, notice_ids, row_numbers)
            select @lease, @until, array_agg(notice_id), array_agg(row_number) from taken having count(*) > 0)
        select x.row_number, x.openid, x.data, x.single, x.uncertain_since, x.attempts, {NoticeSql.Skip("x", "n")}, {NoticeSql.Head}
        from taken x
        join notice n on n.id = x.notice_id
        {NoticeSql.HeadFrom}
        """;

    // Bulk notices that hosts visited last; each host goes round by itself.
    private readonly Dictionary<NoticeLane, long> _last = [];
    private readonly HashSet<NoticeLane> _freshNext = [];

    public Task<Claim> ClaimRepeatsAsync(int limit, TimeSpan lease, CancellationToken ct) => TakeAsync(
        $"""
        with picked as (
            select r.notice_id, r.row_number from notice_recipient r join notice n on n.id = r.notice_id
            where r.uncertain_since > @repeatable and r.status = 'queued' and r.pending and r.next_attempt_at <= @now and {NoticeSql.Goes}
            order by r.uncertain_since, r.openid limit @limit for update of r skip locked),
        {s_take}
        """, [], limit, lease, ct);

    public Task<Claim> ClaimSinglesAsync(int limit, TimeSpan lease, CancellationToken ct) => TakeAsync(
        $"""
        with picked as (
            select r.notice_id, r.row_number from notice_recipient r join notice n on n.id = r.notice_id
            where r.single and r.pending and r.status = 'queued' and r.next_attempt_at <= @now and {NoticeSql.Goes}
                and (r.uncertain_since is null or r.uncertain_since > @repeatable)
            order by r.next_attempt_at, r.notice_id limit @limit for update of r skip locked),
        {s_take}
        """, [], limit, lease, ct);

    public async Task<Claim> ClaimAsync(NoticeLane lane, int limit, TimeSpan lease, bool quiet, CancellationToken ct)
    {
        var (turn, returning) = await TurnAsync(lane, quiet, ct);
        if (turn.Count == 0)
            return Claim.Nothing;
        var share = Math.Max(1, limit / turn.Count);
        _last[lane] = turn[^1];
        // What came back has waited already; but while rows keep coming back, every other turn is for the fresh ones.
        if (_freshNext.Remove(lane) && await FreshAsync() is { Lease: not null } fresh)
            return fresh;
        if (!returning || await ClaimReturnedAsync([.. turn], Math.Min(share, Math.Max(1, MostReturned / turn.Count)), lease, ct) is not { Lease: not null } returned)
            return await FreshAsync();
        _freshNext.Add(lane);
        return returned;

        Task<Claim> FreshAsync() => spans.ClaimAsync(NoticeLease.Take(clock.GetUtcNow(), lease), turn, share, ct);
    }

    public Task<IReadOnlyCollection<ClaimedNotice>> BeginAsync(IReadOnlyCollection<ClaimedNotice> rows, CancellationToken ct) => spans.BeginAsync(rows, ct);

    public Task RecordAsync(IReadOnlyCollection<SendResult> sent, IReadOnlyCollection<long> endedLeases, CancellationToken ct) => results.RecordAsync(sent, endedLeases, ct);

    public Task SweepAsync(CancellationToken ct, bool quiet = false) => sweep.SweepAsync(quiet, ct);

    public Task CloseGateAsync(DateTimeOffset until, int? code, string? words, CancellationToken ct) => db.RunAsync(
        """
        insert into notice_gate as g (closed_until, error_code, words) values (@until, @code, @words)
        on conflict (one) do update set closed_until = excluded.closed_until, error_code = excluded.error_code, words = excluded.words
        where g.closed_until < excluded.closed_until
        """, new { until = until.UtcDateTime, code, words }, ct);

    public async Task OpenGateAsync(string by, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.ReadAsync(
            transaction, $"with opened as (delete from notice_gate) select {NoticeSql.Halt} from (values ({NoticeHalt.Everything})) as v (id)",
            new { word = NoticeSql.Go }, _ => true, ct, Seconds);
        await AuditSql.WriteAsync(connection, transaction, NoticeAudit.GateOpened(by), ct);
        await transaction.CommitAsync(ct);
    }

    public async Task<ClosedGate?> GateAsync(CancellationToken ct) => (await db.ReadAsync(
        "select closed_until, error_code, words from notice_gate where closed_until > @now", new { now = Now },
        row => new ClosedGate(row.Time(0)!.Value, row.Number(1), row.Text(2)), ct)).SingleOrDefault();

    public Task PauseAsync(long noticeId, int code, string reason, CancellationToken ct) => db.RunAsync(
        $"""
        with paused as (
            update notice set status = 'paused', error_code = @code, reason = @reason where id = @noticeId and status = 'sending' returning id)
        select {NoticeSql.Halt} from paused
        """,
        new { word = NoticeSql.Stop,  noticeId, code, reason = reason.Length <= 500 ? reason : reason[..500] }, ct);

    public Task ListenAsync(Action<NoticeHalt?> heard, CancellationToken ct) =>
        bell.ListenAsync(NoticeSql.Channel, payload => heard(NoticeSql.ReadHalt(payload)), ct);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    // Which notices are served now: those behind the last ones, and from the first again; and whether any of them has rows that came back.
    private async Task<(List<long> Turn, bool Returning)> TurnAsync(NoticeLane lane, bool quiet, CancellationToken ct)
    {
        var turn = await db.ReadAsync(
            """
            -- By its index even when there are no statistics: that is the one that has the order.
            select i.id, coalesce((
                select r.next_attempt_at from notice_recipient r where r.notice_id = i.id and r.pending and r.next_attempt_at is not null
                order by r.next_attempt_at limit 1) <= @now, false)
            from (
                (select id from notice
                 where status = 'sending' and not gathering and lane = @lane and id > @last and (any_hour or not @quiet or origin <> 'console') order by id limit @NoticesAtOnce)
                union all
                (select id from notice
                 where status = 'sending' and not gathering and lane = @lane and id <= @last and (any_hour or not @quiet or origin <> 'console') order by id limit @NoticesAtOnce)
                limit @NoticesAtOnce) i
            """, new { lane = lane.Stored(), last = _last.GetValueOrDefault(lane), quiet = quiet && lane is NoticeLane.Bulk, now = Now, NoticesAtOnce },
            row => (row.GetInt64(0), row.GetBoolean(1)), ct);
        return (turn.ConvertAll(t => t.Item1), turn.Exists(t => t.Item2));
    }

    private Task<Claim> ClaimReturnedAsync(long[] turn, int share, TimeSpan lease, CancellationToken ct) => TakeAsync(
        $"""
        with picked as (
            select q.notice_id, q.row_number
            from unnest(@turn) as i (id) join notice n on n.id = i.id and {NoticeSql.Goes}
            cross join lateral (
                select r.notice_id, r.row_number from notice_recipient r
                where r.notice_id = n.id and r.pending and r.status = 'queued' and r.next_attempt_at <= @now
                    and (r.uncertain_since is null or r.uncertain_since > @repeatable)
                order by r.next_attempt_at, r.row_number limit @limit for update of r skip locked) q),
        {s_take}
        """, turn, share, lease, ct);

    private async Task<Claim> TakeAsync(string sql, long[] turn, int limit, TimeSpan length, CancellationToken ct)
    {
        var lease = NoticeLease.Take(clock.GetUtcNow(), length);
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var rows = await connection.ReadAsync(
            transaction, $"{NoticeSql.ByKey}\n{sql}",
            new
            {
                turn, limit, lease = lease.Id, now = lease.From.UtcDateTime, until = lease.Until.UtcDateTime,
                repeatable = (lease.From - NoticeLimits.RepeatWithin).UtcDateTime,
            },
            row => Read(row, lease), ct, Seconds);
        await transaction.CommitAsync(ct);
        return rows.Count == 0 ? Claim.Nothing : new(lease.Id, lease.Until, rows);
    }

    private static ClaimedNotice Read(DbDataReader row, NoticeLease lease) => new(
        NoticeSql.ReadHead(row, 7), row.GetInt32(0), lease.Id, new OpenId(row.GetString(1)),
        NoticeSql.ReadData(row, 2), row.GetBoolean(3), lease.From,
        row.Time(4), row.GetInt16(5), NoticeSql.ReadSkip(row, 6));
}
