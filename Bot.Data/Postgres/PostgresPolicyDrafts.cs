using System.Globalization;
using System.Text.Json;
using Bot.Data.Jobs;
using Bot.Data.Policies;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresPolicyDrafts(NpgsqlDataSource db) : IPolicyDrafts
{
    public async Task<PolicyDraft?> FindAsync(string id, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        return await ReadAsync(connection, null, id, ct);
    }

    public async Task<IReadOnlyList<DraftRow>> ListAsync(CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync<DraftRow>(new CommandDefinition(
            """
            select policy_id, content ->> 'title' as title, content ->> 'category' as category, state, edited_by, reviewed_by, issued_by,
                publish_at, updated_at
            from policy_draft
            order by updated_at desc
            """, cancellationToken: ct));
        return rows.AsList();
    }

    public async Task<DraftResult> SaveAsync(Policy content, int revision, string editor, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var parameters = new { content.Id, json = PolicyJson.Write(content), revision, editor };
        var saved = await connection.ExecuteAsync(revision == 0
            ? new CommandDefinition(
                """
                insert into policy_draft (policy_id, content, base_version, edited_by)
                values (@Id, @json::jsonb, coalesce((select version from policy where id = @Id), 0), @editor)
                on conflict (policy_id) do nothing
                """, parameters, transaction, cancellationToken: ct)
            : new CommandDefinition(
                """
                update policy_draft
                set content = @json::jsonb, state = 'editing', edited_by = @editor, reviewed_by = null, issued_by = null, publish_at = null,
                    revision = revision + 1, updated_at = now()
                where policy_id = @Id and revision = @revision
                """, parameters, transaction, cancellationToken: ct));
        if (saved == 0)
            return await ReadAsync(connection, transaction, content.Id, ct) is null ? DraftResult.Gone : DraftResult.Changed;
        await AuditSql.WriteAsync(connection, transaction, new(editor, "policy.edit", "policy", content.Id), ct);
        await transaction.CommitAsync(ct);
        return DraftResult.Done;
    }

    public Task<DraftResult> SubmitAsync(string id, int revision, string editor, CancellationToken ct) => MoveAsync(
        """
        update policy_draft set state = 'submitted', remark = '', revision = revision + 1, updated_at = now()
        where policy_id = @id and revision = @revision and state = 'editing'
        """, new(id, revision, editor), "policy.submit", ct);

    public Task<DraftResult> ReviewAsync(string id, int revision, string reviewer, CancellationToken ct) => MoveAsync(
        """
        update policy_draft set state = 'reviewed', reviewed_by = @Actor, revision = revision + 1, updated_at = now()
        where policy_id = @id and revision = @revision and state = 'submitted' and edited_by <> @Actor
        """, new(id, revision, reviewer), "policy.review", ct);

    public Task<DraftResult> ReturnAsync(string id, int revision, string reviewer, string remark, CancellationToken ct) => MoveAsync(
        """
        update policy_draft
        set state = 'editing', remark = @Remark, reviewed_by = null, issued_by = null, publish_at = null, revision = revision + 1, updated_at = now()
        where policy_id = @id and revision = @revision and state <> 'editing'
        """, new(id, revision, reviewer) { Remark = remark }, "policy.send_back", ct);

    public Task<DraftResult> IssueAsync(string id, int revision, string issuer, DateTimeOffset publishAt, CancellationToken ct) => MoveAsync(
        """
        update policy_draft
        set state = 'issued', issued_by = @Actor, publish_at = @PublishAt, revision = revision + 1, updated_at = now()
        where policy_id = @id and revision = @revision and state = 'reviewed' and edited_by <> @Actor
        """, new(id, revision, issuer) { PublishAt = publishAt.UtcDateTime }, "policy.issue", ct,
        async (connection, transaction) =>
        {
            if (!await PublishDueAsync(connection, transaction, id, ct))
            {
                var key = string.Create(CultureInfo.InvariantCulture, $"{id}:{revision + 1}");
                await JobSql.EnqueueAsync(connection, transaction, new NewJob(PolicyNews.PublishJobKind, key, JsonSerializer.Serialize(id), publishAt), ct);
            }
        });

    public Task<DraftResult> DiscardAsync(string id, int revision, string editor, CancellationToken ct) => MoveAsync(
        "delete from policy_draft where policy_id = @id and revision = @revision", new(id, revision, editor), "policy.discard", ct);

    public async Task<bool> PublishDueAsync(string id, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var published = await PublishDueAsync(connection, transaction, id, ct);
        await transaction.CommitAsync(ct);
        return published;
    }

    public async Task<bool> LapseAsync(string id, DateOnly from, string successor, string actor, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var lapsed = await connection.ExecuteAsync(new CommandDefinition(
            """
            update policy set lapses_on = @from, successor_id = @successor, issued_by = @actor
            where id = @id and (effective_on is null or effective_on <= @from)
            """, new { id, from, successor, actor }, transaction, cancellationToken: ct));
        if (lapsed == 0)
            return false;
        await AuditSql.WriteAsync(connection, transaction, new(actor, "policy.lapse", "policy", id), ct);
        await ContentChanges.AnnounceAsync(connection, transaction, ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    public async Task<bool> WithdrawAsync(string id, string actor, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var gone = await connection.ExecuteAsync(new CommandDefinition("delete from policy where id = @id", new { id }, transaction, cancellationToken: ct));
        if (gone == 0)
            return false;
        await AuditSql.WriteAsync(connection, transaction, new(actor, "policy.withdraw", "policy", id), ct);
        await ContentChanges.AnnounceAsync(connection, transaction, ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private async Task<DraftResult> MoveAsync(
        string sql, Step step, string act, CancellationToken ct, Func<NpgsqlConnection, NpgsqlTransaction, Task>? then = null)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await connection.ExecuteAsync(new CommandDefinition(sql, step, transaction, cancellationToken: ct)) == 0)
        {
            return await ReadAsync(connection, transaction, step.Id, ct) switch
            {
                null => DraftResult.Gone,
                var draft when draft.Revision != step.Revision => DraftResult.Changed,
                { EditedBy: var editor, State: DraftState.Submitted or DraftState.Reviewed } when editor == step.Actor => DraftResult.OwnWork,
                _ => DraftResult.NotNow,
            };
        }

        await AuditSql.WriteAsync(connection, transaction, new(step.Actor, act, "policy", step.Id), ct);
        if (then is not null)
            await then(connection, transaction);
        await transaction.CommitAsync(ct);
        return DraftResult.Done;
    }

    private static async Task<bool> PublishDueAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string id, CancellationToken ct)
    {
        if (await ReadAsync(connection, transaction, id, ct) is not { State: DraftState.Issued } draft)
            return false;
        var taken = await connection.ExecuteAsync(new CommandDefinition(
            "delete from policy_draft where policy_id = @id and revision = @revision and publish_at <= clock_timestamp()",
            new { id, revision = draft.Revision }, transaction, cancellationToken: ct));
        if (taken == 0)
            return false;
        var content = draft.Content with { EditedBy = draft.EditedBy, ReviewedBy = draft.ReviewedBy!, IssuedBy = draft.IssuedBy! };
        foreach (var stamp in await PolicySql.PublishAsync(connection, transaction, [content], ct))
        {
            var news = new PolicyNews(id, stamp.Version == 1 ? PolicyChange.Published : PolicyChange.Amended);
            await PolicySql.TellAsync(connection, transaction, news, stamp.Version.ToString(CultureInfo.InvariantCulture), ct);
        }

        return true;
    }

    private static async Task<PolicyDraft?> ReadAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, string id, CancellationToken ct)
    {
        var content = await connection.QuerySingleOrDefaultAsync<Policy>(new CommandDefinition(
            "select (jsonb_populate_record(null::policy, content)).* from policy_draft where policy_id = @id", new { id }, transaction, cancellationToken: ct));
        if (content is null)
            return null;
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            """
            select state, base_version, edited_by, reviewed_by, issued_by, remark, publish_at, revision, updated_at
            from policy_draft where policy_id = @id
            """, new { id }, transaction, cancellationToken: ct));
        return row is null ? null : new(content, row.State, row.BaseVersion, row.EditedBy, row.ReviewedBy, row.IssuedBy, row.Remark,
            row.PublishAt, row.Revision, row.UpdatedAt);
    }

    private sealed record Step(string Id, int Revision, string Actor)
    {
        public string Remark { get; init; } = "";

        public DateTime? PublishAt { get; init; }
    }

    private sealed record Row
    {
        public DraftState State { get; init; }
        public int BaseVersion { get; init; }
        public string EditedBy { get; init; } = "";
        public string? ReviewedBy { get; init; }
        public string? IssuedBy { get; init; }
        public string Remark { get; init; } = "";
        public DateTimeOffset? PublishAt { get; init; }
        public int Revision { get; init; }
        public DateTimeOffset UpdatedAt { get; init; }
    }
}
