using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using Bot.Data.Notices;
using Bot.WeChat;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>Rows are claimed with <c>for update skip locked</c>: hosts pass each other without waiting.</summary>
internal sealed class PostgresNoticeQueue(
    NpgsqlDataSource db, PostgresNoticeResults results, PostgresNoticeSweep sweep, PostgresBell bell, TimeProvider clock)
    : INoticeQueue
{
    private const int NoticesAtOnce = 32;
    private const int Seconds = 15;

    // The rows stand in their index in the order in which they are taken. Without statistics, as after a million new rows, the planner
    // would rather read and sort them all for every claim.
    private const string Ordered = "set local enable_sort = off; set local enable_bitmapscan = off; set local jit = off;\n";

    // Taking the rows, and telling in one row whose they are until when.
    private const string Take =
        """
        taken as (
            update notice_recipient r set
                status = 'sending', lease = @lease, claimed_at = @now, attempts = r.attempts + 1
            from picked p where r.notice_id = p.notice_id and r.row_number = p.row_number
            returning r.notice_id, r.row_number, r.openid, r.data, r.single, r.uncertain_since, r.attempts),
        kept as (
            insert into notice_lease (id, until, notice_ids, row_numbers)
            select @lease, @until, array_agg(notice_id), array_agg(row_number) from taken having count(*) > 0)
        select x.notice_id, x.row_number, n.public_id, x.openid, t.template_id, n.url, x.data, x.single, n.simulated,
            greatest(n.scheduled_at, n.created_at), x.uncertain_since, x.attempts,
            case when n.origin not in ('console', 'flow') then 0
                 when exists (select from follower f where f.openid = x.openid and not f.subscribed) then 1
                 when exists (select from notice_opt_out o where o.openid = x.openid and (o.everything or n.origin = 'console' and n.lane <> 'single')) then 2
                 else 0 end
        from taken x
        join notice n on n.id = x.notice_id
        join notice_template_version v on v.id = n.template_version
        join notice_template t on t.id = v.template
        """;

    // Bulk notices that hosts visited last; each host goes round by itself.
    private readonly Dictionary<NoticeLane, long> _last = [];

    public Task<Claim> ClaimRepeatsAsync(int limit, TimeSpan lease, CancellationToken ct) => TakeAsync(
        $"""
        with picked as (
            select r.notice_id, r.row_number from notice_recipient r join notice n on n.id = r.notice_id
            where r.uncertain_since > @repeatable and r.status = 'queued' and r.pending and r.next_attempt_at <= @now and n.status = 'sending'
                and not exists (select from notice_gate where closed_until > @now)
            order by r.uncertain_since, r.openid limit @limit for update of r skip locked),
        {Take}
        """, [], limit, lease, ct);

    public Task<Claim> ClaimSinglesAsync(int limit, TimeSpan lease, CancellationToken ct) => TakeAsync(
        $"""
        with picked as (
            select r.notice_id, r.row_number from notice_recipient r join notice n on n.id = r.notice_id
            where r.single and r.pending and r.status = 'queued' and r.next_attempt_at <= @now and n.status = 'sending'
                and (r.uncertain_since is null or r.uncertain_since > @repeatable)
                and not exists (select from notice_gate where closed_until > @now)
            order by r.next_attempt_at, r.notice_id limit @limit for update of r skip locked),
        {Take}
        """, [], limit, lease, ct);

    public async Task<Claim> ClaimAsync(NoticeLane lane, int limit, TimeSpan lease, bool quiet, CancellationToken ct)
    {
        var turn = await TurnAsync(lane, quiet, ct);
        if (turn.Count == 0)
            return Claim.Nothing;
        var claim = await TakeAsync(
            $"""
            with picked as (
                select q.notice_id, q.row_number
                from unnest(@turn) as i (id) join notice n on n.id = i.id and n.status = 'sending'
                cross join lateral (
                    select r.notice_id, r.row_number from notice_recipient r
                    where r.notice_id = n.id and r.pending and r.status = 'queued' and r.next_attempt_at <= @now
                        and (r.uncertain_since is null or r.uncertain_since > @repeatable)
                    order by r.next_attempt_at, r.row_number limit @limit for update of r skip locked) q
                where not exists (select from notice_gate where closed_until > @now)),
            {Take}
            """, [.. turn], Math.Max(1, limit / turn.Count), lease, ct);
        _last[lane] = turn[^1];
        return claim;
    }

    public Task RecordAsync(IReadOnlyCollection<SendResult> sent, IReadOnlyCollection<long> endedLeases, CancellationToken ct) => results.RecordAsync(sent, endedLeases, ct);

    public Task SweepAsync(CancellationToken ct) => sweep.SweepAsync(ct);

    public Task CloseGateAsync(DateTimeOffset until, int? code, string? words, CancellationToken ct) => db.RunAsync(
        """
        insert into notice_gate as g (closed_until, error_code, words) values (@until, @code, @words)
        on conflict (one) do update set closed_until = excluded.closed_until, error_code = excluded.error_code, words = excluded.words
        where g.closed_until < excluded.closed_until
        """, new { until = until.UtcDateTime, code, words }, ct);

    public async Task<ClosedGate?> GateAsync(CancellationToken ct) => (await db.ReadAsync(
        "select closed_until, error_code, words from notice_gate where closed_until > @now", new { now = Now },
        row => new ClosedGate(NoticeSql.Time(row, 0)!.Value, NoticeSql.Number(row, 1), NoticeSql.Text(row, 2)), ct)).SingleOrDefault();

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

    // Which notices are served now: those behind the last ones, and from the first again.
    private async Task<List<long>> TurnAsync(NoticeLane lane, bool quiet, CancellationToken ct) => await db.ReadAsync(
        """
        (select id from notice
         where status = 'sending' and lane = @lane and id > @last and (any_hour or not @quiet or origin <> 'console') order by id limit @NoticesAtOnce)
        union all
        (select id from notice
         where status = 'sending' and lane = @lane and id <= @last and (any_hour or not @quiet or origin <> 'console') order by id limit @NoticesAtOnce)
        limit @NoticesAtOnce
        """, new { lane = lane.Stored(), last = _last.GetValueOrDefault(lane), quiet = quiet && lane is NoticeLane.Bulk, NoticesAtOnce }, row => row.GetInt64(0), ct);

    private async Task<Claim> TakeAsync(string sql, long[] turn, int limit, TimeSpan lease, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (id, until) = (BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)), now + lease);
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var rows = await connection.ReadAsync(
            transaction, Ordered + sql,
            new { turn, limit, lease = id, now = now.UtcDateTime, until = until.UtcDateTime, repeatable = (now - NoticeLimits.RepeatWithin).UtcDateTime },
            row => Read(row, id, now), ct, Seconds);
        await transaction.CommitAsync(ct);
        return rows.Count == 0 ? Claim.Nothing : new(id, until, rows);
    }

    private static ClaimedNotice Read(DbDataReader row, long lease, DateTimeOffset now) => new(
        row.GetInt64(0), row.GetInt32(1), lease, row.GetString(2), new OpenId(row.GetString(3)), row.GetString(4), row.GetString(5),
        JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(6)) ?? [], row.GetBoolean(7), row.GetBoolean(8),
        NoticeSql.Time(row, 9)!.Value, now, NoticeSql.Time(row, 10), row.GetInt16(11),
        row.GetInt32(12) switch { 1 => SkipReason.NotFollowing, 2 => SkipReason.OptedOut, _ => null });
}
