using Bot.Data.Notices;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresNotices(
    NpgsqlDataSource db, PostgresNoticeMaking making, PostgresNoticeRows rows, PostgresNoticeErasure erasure, PostgresNoticeResend resend, INoticeWatch watch, TimeProvider clock)
    : INotices
{
    private const int CancelledAtOnce = 5_000;
    private const int PromiseOver = 5_000;
    private const int SearchedThrough = 20_000;
    private const int Seconds = 30;

    public Task<NoticeMade> MakeAsync(NewNotice notice, IAsyncEnumerable<NoticeRow> recipients, CancellationToken ct) => making.MakeAsync(notice, recipients, ct);

    public Task<NoticeMade?> RecallAsync(Idempotency idempotency, CancellationToken ct) => making.FindAsync(idempotency, ct);

    public async Task<Notice?> FindAsync(string id, CancellationToken ct) =>
        (await db.ReadAsync($"select {NoticeSql.Columns} {NoticeSql.From} where n.public_id = @id", new { id }, NoticeSql.ReadNotice, ct)).SingleOrDefault();

    public async Task<IReadOnlyList<Notice>> ListAsync(NoticeFilter filter, CancellationToken ct) => await db.ReadAsync(
        $"""
        select {NoticeSql.Columns} {NoticeSql.From}
        where (@status::text is null or n.status = @status) and (@origin::text is null or n.origin = @origin)
            and (@maker::text is null or n.made_by = @maker or n.department = @department)
            and (@reference::text is null or n.reference = @reference)
            and (not @Unclear or n.id = any(array(
                select notice_id from notice_recipient where uncertain_since is not null and status = 'parked' order by notice_id desc limit @SearchedThrough)))
            and (@words::text is null or n.id = any(array(
                select id from notice where public_id = @words or reference = @words and reference <> ''
                union all
                select m.id from (select id, template_version, audience, made_by from notice order by id desc limit @SearchedThrough) m
                join notice_template_version w on w.id = m.template_version
                where strpos(lower(w.title), lower(@words)) > 0 or strpos(lower(m.audience), lower(@words)) > 0 or strpos(lower(m.made_by), lower(@words)) > 0)))
            and (@apiKey::text is null or n.api_key = @apiKey) and (@before::text is null or n.id < (select id from notice where public_id = @before))
        order by n.id desc limit @limit
        """,
        new
        {
            status = filter.Status?.Stored(), origin = filter.Origin?.Stored(), apiKey = filter.ApiKey, before = filter.Before,
            limit = Math.Clamp(filter.Limit, 1, 1000), maker = filter.Maker, department = filter.Department, reference = filter.Reference, words = filter.Words, filter.Unclear, SearchedThrough,
        },
        NoticeSql.ReadNotice, ct);

    public async Task<NoticePromise?> PromiseAsync(DateTimeOffset since, CancellationToken ct) => (await db.ReadAsync(
        """
        select count(*)::int, percentile_disc(0.95) within group (order by seconds)::float8
        from (
            select extract(epoch from coalesce(r.sent_at, r.finished_at, @now) - greatest(n.scheduled_at, n.created_at, n.approved_at)) as seconds
            from notice n join notice_recipient r on r.notice_id = n.id
            where n.id in (select id from notice order by id desc limit @PromiseOver) and n.lane = 'single' and n.created_at >= @since and not n.simulated
                and n.status in ('sending', 'paused', 'done') and r.status <> 'cancelled') t
        """, new { since = since.UtcDateTime, now = Now, PromiseOver },
        row => row.GetInt32(0) is > 0 and var count ? new NoticePromise(count, row.GetDouble(1)) : null, ct, Seconds)).Single();

    public Task<IReadOnlyList<NoticeRecipient>> RecipientsAsync(string id, RecipientStatus? status, int after, int limit, CancellationToken ct) =>
        rows.RecipientsAsync(id, status, after, limit, ct);

    public Task<NoticeSample?> SampleAsync(string id, CancellationToken ct, int? row = null) => rows.SampleAsync(id, row, ct);

    public IAsyncEnumerable<NoticeRow> RowsAsync(string id, CancellationToken ct) => rows.AllAsync(id, ct);

    public async Task<byte[]?> SourceAsync(string id, CancellationToken ct) => (await db.ReadAsync(
        "select source_hash from notice where public_id = @id", new { id }, row => row.IsDBNull(0) ? null : row.GetFieldValue<byte[]>(0), ct)).SingleOrDefault();

    public Task<IReadOnlyList<RejectedRow>> RejectedAsync(string id, CancellationToken ct) => making.RejectedAsync(id, ct);

    public async Task<Notice?> SeenAsync(byte[] sourceHash, DateTimeOffset since, CancellationToken ct) => (await db.ReadAsync(
        $"""
        select {NoticeSql.Columns} {NoticeSql.From}
        where n.source_hash = @sourceHash and n.created_at >= @since and n.status <> 'cancelled'
        order by n.id desc limit 1
        """, new { sourceHash, since = since.UtcDateTime }, NoticeSql.ReadNotice, ct)).SingleOrDefault();

    public Task<NoticeChange> SubmitAsync(string id, string by, CancellationToken ct) =>
        MoveAsync(id, NoticeAct.Submit, by, "status = 'submitted', reason = ''", ct);

    public Task<NoticeChange> ReturnAsync(string id, string by, string reason, CancellationToken ct) =>
        MoveAsync(id, NoticeAct.Return, by, "status = 'draft', reason = @reason", ct, reason);

    public Task<NoticeChange> ApproveAsync(string id, string by, CancellationToken ct) =>
        MoveAsync(id, NoticeAct.Approve, by, "status = 'approved', approved_by = @by, approved_at = @now, reason = ''", ct);

    public Task<NoticeChange> StartAsync(string id, string by, DateTimeOffset? at, CancellationToken ct) => MoveAsync(
        id, NoticeAct.Start, by,
        """
        scheduled_at = coalesce(@at, scheduled_at),
        status = case when coalesce(@at, scheduled_at) > @now then 'scheduled' else 'sending' end,
        started_at = case when coalesce(@at, scheduled_at) > @now then null else @now end
        """, ct, at: at);

    public Task<NoticeChange> PauseAsync(string id, string by, string reason, CancellationToken ct) =>
        MoveAsync(id, NoticeAct.Pause, by, "status = 'paused', reason = @reason, error_code = null", ct, reason, word: NoticeSql.Stop);

    public Task<NoticeChange> ResumeAsync(string id, string by, CancellationToken ct) =>
        MoveAsync(id, NoticeAct.Resume, by, "status = 'sending', reason = '', error_code = null", ct, word: NoticeSql.Go);

    public Task<NoticeChange> CancelAsync(string id, string by, string reason, CancellationToken ct) => EndAsync(id, NoticeAct.Cancel, by, reason, ct);

    public Task<NoticeChange> ReplaceAsync(string id, string by, string reason, CancellationToken ct) => EndAsync(id, NoticeAct.Replace, by, reason, ct);

    public Task<int> ResendAsync(string id, int? row, string by, CancellationToken ct) => resend.ResendAsync(id, row, by, ct);

    public Task<int> EraseAsync(DateTimeOffset endedBefore, CancellationToken ct) => erasure.EraseAsync(endedBefore, ct);

    /// <summary>In pieces: a million rows in one transaction would hold everybody up. The sweep goes on where a host that died stopped.</summary>
    internal async Task<int> CancelSomeAsync(string id, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await connection.ExecuteScalarAsync<long?>(new CommandDefinition(
            "select id from notice where public_id = @id and status = 'cancelled'", new { id }, transaction, cancellationToken: ct)) is not { } number)
            return 0;
        // Behind the lock nobody hands out fresh rows of it; what is out in a span comes back by itself.
        await connection.ExecuteAsync(new CommandDefinition(PostgresNoticeSpans.Lock, new { ids = new[] { number } }, transaction, Seconds, cancellationToken: ct));
        var ended = await connection.ReadAsync(
            transaction,
            $"""
            with fresh as (
                select r.notice_id, r.row_number from notice_fresh f
                cross join lateral (
                    select * from notice_recipient r
                    where r.notice_id = f.notice_id and r.row_number >= f.next_row and r.status = 'queued' and r.next_attempt_at is null
                    order by r.row_number limit @CancelledAtOnce) r
                where f.notice_id = @number),
            {PostgresNoticeSpans.Move},
            returned as (
                select r.notice_id, r.row_number from notice_recipient r
                where r.notice_id = @number and r.pending and r.status = 'queued' and r.next_attempt_at is not null
                order by r.next_attempt_at, r.row_number limit @CancelledAtOnce for update skip locked)
            update notice_recipient r set
                -- What may have been sent already cannot be called back: its result is awaited.
                status = case when r.uncertain_since is null then 'cancelled' else 'parked' end,
                pending = false, finished_at = case when r.uncertain_since is null then @now end
            from (select * from fresh union all select * from returned) p
            where r.notice_id = p.notice_id and r.row_number = p.row_number and r.status = 'queued'
            returning r.status = 'cancelled'
            """, new { number, now = Now, CancelledAtOnce }, row => row.GetBoolean(0), ct, Seconds);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update notice n set finished_at = @now from notice_tally y
            where n.id = @number and y.notice_id = n.id and y.queued = 0 and n.status = 'cancelled' and n.finished_at is null
            """, new { number, now = Now }, transaction, cancellationToken: ct));
        await transaction.CommitAsync(ct);
        if (ended.Count(cancelled => cancelled) is > 0 and var count)
            watch.Moved(RecipientStatus.Cancelled, count);
        return ended.Count;
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private async Task<NoticeChange> EndAsync(string id, NoticeAct act, string by, string reason, CancellationToken ct)
    {
        var change = await MoveAsync(id, act, by, "status = 'cancelled', reason = @reason", ct, reason, word: NoticeSql.Stop);
        while (change.Ok && await CancelSomeAsync(id, ct) > 0)
        {
        }

        return change;
    }

    private async Task<NoticeChange> MoveAsync(
        string id, NoticeAct act, string by, string set, CancellationToken ct, string reason = "", DateTimeOffset? at = null, string word = "")
    {
        var parameters = new
        {
            id, by, word, now = Now, at = at?.UtcDateTime, reason = reason.Length <= 500 ? reason : reason[..500],
            from = NoticeLifeCycle.From(act).Select(s => s.Stored()).ToArray(),
        };
        try
        {
            await using var connection = await db.OpenConnectionAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            var moved = await connection.ReadAsync(
                transaction,
                $"""
                with moved as (update notice set {set} where public_id = @id and status = any(@from) returning status, notice.id)
                select status, {NoticeSql.Halt} from moved
                """, parameters, row => NoticeSpelling.Read<NoticeStatus>(row.GetString(0)), ct);
            if (moved is [var now])
            {
                await AuditSql.WriteAsync(connection, transaction, NoticeAudit.Of(by, act, id, now), ct);
                await transaction.CommitAsync(ct);
                return new(NoticeChangeKind.Changed, now);
            }
        }
        catch (PostgresException e) when (e.ConstraintName is "notice_four_eyes")
        {
            return new(NoticeChangeKind.SamePerson, NoticeStatus.Submitted);
        }
        catch (PostgresException e) when (e.ConstraintName is "notice_scheduled_within_a_week")
        {
            return new(NoticeChangeKind.TooFarAhead, NoticeStatus.Approved);
        }

        return await FindAsync(id, ct) is { } found ? new(NoticeChangeKind.WrongStatus, found.Status) : new(NoticeChangeKind.NotFound);
    }
}
