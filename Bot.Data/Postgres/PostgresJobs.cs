using System.Data.Common;
using Bot.Data.Jobs;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresJobs(NpgsqlDataSource db, PostgresBell bell, TimeProvider clock) : IJobs
{
    private const int ForgottenAtOnce = 5_000;
    private const int LongestError = 500;

    private const string Columns = "id, kind, key, status, due_at, attempts, error, created_at, finished_at";

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task EnqueueAsync(NewJob job, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await JobSql.EnqueueAsync(connection, null, job, ct);
    }

    public Task KeepAsync(NewJob job, CancellationToken ct) => db.RunAsync(
        $"""
        insert into job (kind, key, data, due_at) values (@Kind, @Key, @Data::json, @dueAt)
        on conflict (kind, key) do update set data = excluded.data, due_at = excluded.due_at, status = 'waiting', attempts = 0, error = null, finished_at = null,
            lease = null, lease_until = null
            where job.status <> 'waiting';
        notify {JobSql.Channel}
        """, new { job.Kind, job.Key, job.Data, dueAt = job.DueAt.UtcDateTime }, ct);

    // Leases go by the database's clock: hosts need not agree on the time, and one whose clock is set takes nothing from the others.
    public async Task<IReadOnlyList<Job>> ClaimAsync(IReadOnlyCollection<string> kinds, int most, TimeSpan lease, CancellationToken ct)
    {
        var token = Guid.NewGuid();
        return await db.ReadAsync(
            """
            with due as (
                select id from job
                where status = 'waiting' and due_at <= @now and kind = any(@kinds) and (lease_until is null or lease_until < now())
                order by due_at, id limit @most
                for update skip locked)
            update job j set lease = @token, lease_until = now() + @lease, attempts = least(j.attempts + 1, 32000)
            from due where j.id = due.id
            returning j.id, j.kind, j.key, j.data::text, j.attempts
            """,
            new { kinds = kinds.ToArray(), most, token, lease, now = Now },
            row => new Job(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt16(4), token), ct);
    }

    public Task RenewAsync(IReadOnlyCollection<Job> jobs, TimeSpan lease, CancellationToken ct) => db.RunAsync(
        """
        update job j set lease_until = now() + @lease
        from unnest(@ids, @leases) as held (id, lease) where j.id = held.id and j.lease = held.lease
        """, new { lease, ids = jobs.Select(j => j.Id).ToArray(), leases = jobs.Select(j => j.Lease).ToArray() }, ct);

    public Task DoneAsync(Job job, CancellationToken ct) =>
        EndAsync(job, "status = 'done', finished_at = @now, error = null", Now, null, ct);

    public Task AgainAsync(Job job, DateTimeOffset dueAt, string? error, CancellationToken ct) =>
        EndAsync(job, error is null ? "due_at = @due, attempts = 0, error = null" : "due_at = @due, error = @error", dueAt.UtcDateTime, error, ct);

    public Task DeferAsync(Job job, DateTimeOffset dueAt, CancellationToken ct) =>
        EndAsync(job, "due_at = @due, attempts = greatest(attempts - 1, 0)", dueAt.UtcDateTime, null, ct);

    public Task ParkAsync(Job job, string error, CancellationToken ct) =>
        EndAsync(job, "status = 'parked', error = @error", Now, error, ct);

    public Task<bool> RetryAsync(long id, string actor, CancellationToken ct) => AuditSql.ActAsync(
        db, $"update job set status = 'waiting', due_at = @now, attempts = 0 where id = @id and status = 'parked' returning id::text; notify {JobSql.Channel}",
        new { id, now = Now }, job => new(actor, "job.retry", "job", job), ct);

    public async Task<JobCounts> CountAsync(IReadOnlyCollection<string>? kinds, CancellationToken ct) => (await db.ReadAsync(
        """
        select (select count(*)::int from job where status = 'waiting' and due_at <= @now),
            (select count(*)::int from job where status = 'parked'),
            coalesce((select extract(epoch from @now - min(greatest(due_at, created_at))) from job
                where status = 'waiting' and due_at <= @now and (@kinds::text[] is null or kind = any(@kinds))), 0)::float8
        """, new { now = Now, kinds = kinds?.ToArray() }, row => new JobCounts(row.GetInt32(0), row.GetInt32(1), row.GetDouble(2)), ct)).Single();

    public async Task<IReadOnlyList<JobRow>> ListAsync(JobStatus? status, string? kind, long before, int limit, CancellationToken ct) => await db.ReadAsync(
        $"""
        select {Columns} from job
        where (@status::text is null or status = @status) and (@kind::text is null or kind = @kind) and (@before = 0 or id < @before)
        order by id desc limit @limit
        """, new { status = status?.ToString().ToLowerInvariant(), kind, before, limit = Math.Clamp(limit, 1, 500) }, Read, ct);

    public Task<int> ForgetAsync(DateTimeOffset before, CancellationToken ct) => db.RunAsync(
        "delete from job where id in (select id from job where finished_at < @before limit @most)",
        new { before = before.UtcDateTime, most = ForgottenAtOnce }, ct, seconds: 30);

    public Task ListenAsync(Action ring, CancellationToken ct) => bell.ListenAsync(JobSql.Channel, ring, ct);

    // A lease that lapsed belongs to somebody else: what we did is told to nobody.
    private Task EndAsync(Job job, string set, DateTime due, string? error, CancellationToken ct) => db.RunAsync(
        $"update job set {set}, lease = null, lease_until = null where id = @Id and lease = @Lease",
        new { job.Id, job.Lease, now = Now, due, error = error is { Length: > LongestError } ? error[..LongestError] : error }, ct);

    private static JobRow Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), Enum.Parse<JobStatus>(row.GetString(3), ignoreCase: true),
        row.Time(4)!.Value, row.GetInt16(5), row.Text(6), row.Time(7)!.Value, row.Time(8));
}
