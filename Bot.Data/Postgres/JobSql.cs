using Bot.Data.Jobs;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>For stores whose acts cause jobs: enqueued and called off in the act's own transaction.</summary>
internal static class JobSql
{
    public const string Channel = "job_waiting";

    public static Task EnqueueAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, NewJob job, CancellationToken ct) =>
        EnqueueAsync(connection, transaction, [job], ct);

    /// <summary>Those that are known already stay as they are, whether done or waiting.</summary>
    public static async Task EnqueueAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, IReadOnlyCollection<NewJob> jobs, CancellationToken ct)
    {
        if (jobs.Count == 0)
            return;
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into job (kind, key, data, due_at)
            select kind, key, data::json, due_at from unnest(@kinds, @keys, @data, @dues) as j (kind, key, data, due_at)
            order by kind, key
            on conflict (kind, key) do nothing;
            notify job_waiting
            """, Columns(jobs), transaction, cancellationToken: ct));
    }

    /// <summary>A job that still waits comes at another time; one that is missing or finished waits anew.</summary>
    public static Task RescheduleAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, NewJob job, CancellationToken ct) =>
        RescheduleAsync(connection, transaction, [job], ct);

    /// <inheritdoc cref="RescheduleAsync(NpgsqlConnection, NpgsqlTransaction?, NewJob, CancellationToken)"/>
    /// <param name="jobs">Each once.</param>
    public static async Task RescheduleAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, IReadOnlyCollection<NewJob> jobs, CancellationToken ct)
    {
        if (jobs.Count == 0)
            return;
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into job (kind, key, data, due_at)
            select kind, key, data::json, due_at from unnest(@kinds, @keys, @data, @dues) as j (kind, key, data, due_at)
            order by kind, key
            on conflict (kind, key) do update set data = excluded.data, due_at = excluded.due_at, status = 'waiting', attempts = 0,
                error = null, finished_at = null, lease = null, lease_until = null;
            notify job_waiting
            """, Columns(jobs), transaction, cancellationToken: ct));
    }

    /// <summary>A job that still waits comes at that time at the latest; one that is missing, running or finished waits anew.</summary>
    public static async Task NoLaterAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, NewJob job, CancellationToken ct) =>
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into job (kind, key, data, due_at) values (@Kind, @Key, @Data::json, @dueAt)
            on conflict (kind, key) do update set due_at = case when job.status = 'waiting' then least(job.due_at, excluded.due_at) else excluded.due_at end,
                status = 'waiting', attempts = 0, error = null, finished_at = null, lease = null, lease_until = null;
            notify job_waiting
            """, new { job.Kind, job.Key, job.Data, dueAt = job.DueAt.UtcDateTime }, transaction, cancellationToken: ct));

    /// <summary>Calls off what still waits.</summary>
    public static Task CancelAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, IReadOnlyCollection<string> kinds, string key, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            update job set status = 'cancelled', finished_at = now(), lease = null, lease_until = null
            where kind = any(@kinds) and key = @key and status in ('waiting', 'parked')
            """, new { kinds = kinds.ToArray(), key }, transaction, cancellationToken: ct));

    private static object Columns(IReadOnlyCollection<NewJob> jobs) => new
    {
        kinds = jobs.Select(j => j.Kind).ToArray(), keys = jobs.Select(j => j.Key).ToArray(), data = jobs.Select(j => j.Data).ToArray(),
        dues = jobs.Select(j => j.DueAt.UtcDateTime).ToArray(),
    };
}
