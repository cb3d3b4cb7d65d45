using System.Globalization;
using Bot.Data.Policies;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresPolicies(NpgsqlDataSource db) : IPolicies
{
    // A newer release beside us may have brought some that we do not know, and we go on without them.
    private static readonly string[] s_types = [.. Enum.GetNames<PolicyType>().Select(name => name.ToLowerInvariant())];
    private static readonly string[] s_states = [.. Enum.GetNames<PolicyStatus>().Select(name => name.ToLowerInvariant())];

    public async Task<IReadOnlyList<Policy>> PublishedAsync(CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync<Policy>(new CommandDefinition(
            "select * from policy where type = any(@s_types) and status = any(@s_states) order by id", new { s_types, s_states }, commandTimeout: 60, cancellationToken: ct));
        return rows.AsList();
    }

    public async Task<IReadOnlyList<PolicyStamp>> StampsAsync(CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        return (await connection.QueryAsync<PolicyStamp>(new CommandDefinition("select id, version from policy order by id", cancellationToken: ct))).AsList();
    }

    public async Task<IReadOnlyList<Policy>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync<Policy>(new CommandDefinition(
            "select * from policy where id = any(@ids) order by id", new { ids = ids.ToArray() }, commandTimeout: 60, cancellationToken: ct));
        return rows.AsList();
    }

    public Task<int> ImportAsync(IReadOnlyCollection<Policy> policies, CancellationToken ct) => ImportAsync(policies, "system:demo", ct);

    public async Task<int> ImportAsync(IReadOnlyCollection<Policy> policies, string actor, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // No file of documents carries their attachments along: they stay.
        var files = (await connection.QueryAsync<(string Id, long[] Attachments)>(new CommandDefinition(
            "select id, attachments from policy where id = any(@ids) order by id for update",
            new { ids = policies.Select(p => p.Id).ToArray() }, transaction, cancellationToken: ct))).ToDictionary(p => p.Id, p => p.Attachments, StringComparer.Ordinal);
        var written = await PolicySql.PublishAsync(
            connection, transaction, [.. policies.Select(p => p.Attachments.Count == 0 && files.TryGetValue(p.Id, out var kept) ? p with { Attachments = kept } : p)], ct);
        await AuditSql.WriteAsync(connection, transaction, new(actor, "policy.import", "policy", "all")
        {
            Details = new Dictionary<string, string?> { ["rows"] = policies.Count.ToString(CultureInfo.InvariantCulture), ["changed"] = written.Count.ToString(CultureInfo.InvariantCulture) },
        }, ct);
        await transaction.CommitAsync(ct);
        return written.Count;
    }

    public async Task ReadAsync(IReadOnlyDictionary<string, int> readings, DateOnly day, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into policy_reading (policy_id, day, readings)
            select r.id, @day, r.readings
            from unnest(@ids, @counts) as r (id, readings) join policy on policy.id = r.id
            order by r.id
            on conflict (day, policy_id) do update set readings = policy_reading.readings + excluded.readings
            """, new { day, ids = readings.Keys.ToArray(), counts = readings.Values.ToArray() }, cancellationToken: ct));
    }

    public async Task<IReadOnlyList<string>> MostReadAsync(DateOnly since, int limit, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var ids = await connection.QueryAsync<string>(new CommandDefinition(
            """
            select policy_id from policy_reading
            where day >= @since
            group by policy_id
            order by sum(readings) desc, policy_id
            limit @limit
            """, new { since, limit }, cancellationToken: ct));
        return ids.AsList();
    }

    public async Task<IReadOnlyList<VersionDay>> RevisionsAsync(CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync<VersionDay>(new CommandDefinition(
            """
            select v.policy_id, v.version, v.made_at
            from policy_version v join policy p on p.id = v.policy_id and p.version > 1
            order by v.policy_id, v.version
            """, cancellationToken: ct));
        return rows.AsList();
    }

    public async Task<IReadOnlyList<PolicyVersion>> VersionsAsync(string id, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync<PolicyVersion>(new CommandDefinition(
            """
            select version, content ->> 'title' as title, coalesce(content ->> 'edited_by', '') as edited_by,
                coalesce(content ->> 'reviewed_by', '') as reviewed_by, coalesce(content ->> 'issued_by', '') as issued_by, made_at
            from policy_version
            where policy_id = @id
            order by version desc
            """, new { id }, cancellationToken: ct));
        return rows.AsList();
    }

    // What was kept before a column existed has the column's default now.
    public async Task<Policy?> VersionAsync(string id, int version, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        return await connection.QuerySingleOrDefaultAsync<Policy>(new CommandDefinition(
            """
            select (jsonb_populate_record(null::policy, '{"body_html":"","explains":"","attachments":[],"edited_by":"","reviewed_by":"","issued_by":""}'::jsonb || content)).*
            from policy_version
            where policy_id = @id and version = @version
            """, new { id, version }, cancellationToken: ct));
    }

    public async Task<PolicyFreshness> FreshnessAsync(DateOnly today, int within, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var last = await connection.ExecuteScalarAsync<DateTime?>(new CommandDefinition("select max(updated_at) from policy", cancellationToken: ct));
        var lapsing = await connection.QueryAsync<LapsingPolicy>(new CommandDefinition(
            """
            select id, title, lapses_on from policy
            where lapses_on > @today and lapses_on <= @until and status <> 'repealed'
            order by lapses_on, id
            """, new { today, until = today.AddDays(within) }, cancellationToken: ct));
        return new(last is { } at ? new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)) : null, lapsing.AsList());
    }
}
