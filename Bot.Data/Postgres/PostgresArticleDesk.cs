using System.Globalization;
using Bot.Data.Articles;
using Bot.Data.Audit;
using Bot.Data.Jobs;
using Bot.Data.Staff;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresArticleDesk(NpgsqlDataSource db, TimeProvider clock) : IArticleDesk
{
    private DateTimeOffset Now => clock.GetUtcNow();

    public async Task<ArticleSaved> SaveAsync(long? id, int basedOn, ArticleContent content, StaffMember by, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (id is null)
        {
            id = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
                "insert into article (created_at) values (@now) returning id", new { now = Now.UtcDateTime }, transaction, cancellationToken: ct));
        }
        else
        {
            if (await LockAsync(connection, transaction, id.Value, ct) is not { } found)
                return new ArticleSaved.Unknown();
            if (found.State is ArticleState.Review or ArticleState.Signing or ArticleState.Scheduled)
                return new ArticleSaved.NotNow(found.State);
            if (found.Version != basedOn)
                return new ArticleSaved.ChangedMeanwhile();
            await connection.ExecuteAsync(new CommandDefinition(
                "update article set state = 'draft', version = version + 1 where id = @id", new { id }, transaction, cancellationToken: ct));
        }

        var version = basedOn + 1;
        await AddVersionAsync(connection, transaction, id.Value, version, content, by.Name, null, null, ct);
        await AuditAsync(connection, transaction, by.Name, "article.save", id.Value, version, "", ct);
        await transaction.CommitAsync(ct);
        return new ArticleSaved.Kept(id.Value, version);
    }

    public async Task<StepTaken> StepAsync(
        long id, int version, ArticleAct act, StaffMember by, string words, DateTimeOffset? publishAt, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await LockAsync(connection, transaction, id, ct) is not { } found)
            return StepTaken.Unknown;
        if (found.Version != version || After(act, found.State) is not { } next)
            return StepTaken.ChangedMeanwhile;
        if (act is ArticleAct.Approve && by.Name == found.Editor || act is ArticleAct.Sign && (by.Name == found.Editor || by.Name == found.Reviewer))
            return StepTaken.SamePerson;

        var due = publishAt is { } at && at > Now ? at : Now;
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update article set state = @state, publish_at = case when @state = 'scheduled' then @due end where id = @id;
            update article_version set
                reviewer = case @act when 'approve' then @name when 'return' then null when 'recall' then null else reviewer end,
                signer = case @act when 'sign' then @name when 'return' then null when 'recall' then null else signer end
            where article = @id and version = @version
            """,
            new { id, version, state = ArticleSql.Spell(next), due = due.UtcDateTime, act = ArticleSql.Spell(act), name = by.Name },
            transaction, cancellationToken: ct));
        if (act is ArticleAct.Sign)
            await JobSql.RescheduleAsync(connection, transaction, new NewJob(ArticleJobs.Publish, Key(id, version), Data(id, version), due), ct);
        await NoteAsync(connection, transaction, id, version, act, by.Name, words, ct);
        await transaction.CommitAsync(ct);
        return StepTaken.Done;
    }

    public async Task<StepTaken> WithdrawAsync(long id, StaffMember by, string reason, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await LockAsync(connection, transaction, id, ct) is not { PublishedVersion: { } version } found)
            return StepTaken.Unknown;
        // A newer version that is being worked on goes on being a draft, and says so.
        var withdrawn = await connection.ExecuteAsync(new CommandDefinition(
            """
            update article set state = case state when 'published' then 'withdrawn' else state end, stamp = stamp + 1,
                withdrawn_at = @now, withdrawn_by = @name, withdrawn_reason = @reason
            where id = @id and withdrawn_at is null;
            notify content_changed
            """, new { id, now = Now.UtcDateTime, name = by.Name, reason }, transaction, cancellationToken: ct));
        if (withdrawn == 0)
            return StepTaken.ChangedMeanwhile;
        await PostgresArticleNews.CallOffAsync(connection, transaction, id, ct);
        await JobSql.EnqueueAsync(connection, transaction, await TakedownsAsync(connection, transaction, id, ct), ct);
        await NoteAsync(connection, transaction, id, version, ArticleAct.Withdraw, by.Name, reason, ct);
        await transaction.CommitAsync(ct);
        return StepTaken.Done;
    }

    public async Task<bool> PublishAsync(long id, int version, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var wasWithdrawn = await connection.ExecuteScalarAsync<bool?>(new CommandDefinition(
            "select withdrawn_at is not null from article where id = @id for update", new { id }, transaction, cancellationToken: ct));
        var published = await connection.QuerySingleOrDefaultAsync<(string Signer, bool First)?>(new CommandDefinition(
            """
            update article a set state = 'published', publish_at = null, published_version = @version, published_at = @now,
                first_at = coalesce(first_at, @now), stamp = stamp + 1, withdrawn_at = null, withdrawn_by = null, withdrawn_reason = null
            from article_version v
            where a.id = @id and a.state = 'scheduled' and a.version = @version and a.publish_at <= @now and v.article = a.id and v.version = @version
            returning v.signer, a.first_at = @now
            """, new { id, version, now = Now.UtcDateTime }, transaction, cancellationToken: ct));
        if (published is not var (signer, first))
            return false;
        await connection.ExecuteAsync(new CommandDefinition("notify content_changed", transaction: transaction, cancellationToken: ct));
        // A later version corrects: it is no news. What comes back after a withdrawal is told to those who were not told before.
        if (first || wasWithdrawn is true)
            await JobSql.RescheduleAsync(connection, transaction, ArticleJobs.TellOf(id), ct);
        await NoteAsync(connection, transaction, id, version, ArticleAct.Publish, signer, "", ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    public async Task ImportAsync(IReadOnlyCollection<ImportedArticle> articles, bool onlyFirst, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // Two hosts that start at once bring them once.
        if (onlyFirst && await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "lock table article in share row exclusive mode; select exists (select from article)", transaction: transaction, cancellationToken: ct)))
            return;
        foreach (var article in articles)
        {
            var id = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
                "insert into article (state, published_version, first_at, published_at, created_at) values ('published', 1, @at, @at, @at) returning id",
                new { at = article.PublishedAt.UtcDateTime }, transaction, cancellationToken: ct));
            await AddVersionAsync(connection, transaction, id, 1, article.Content, article.Editor, article.Reviewer, article.Signer, ct, article.PublishedAt);
        }

        await connection.ExecuteAsync(new CommandDefinition("notify content_changed", transaction: transaction, cancellationToken: ct));
        await transaction.CommitAsync(ct);
    }

    // Null: this act does not belong to that state.
    private static ArticleState? After(ArticleAct act, ArticleState state) => (act, state) switch
    {
        (ArticleAct.Submit, ArticleState.Draft) => ArticleState.Review,
        (ArticleAct.Recall, ArticleState.Review or ArticleState.Signing or ArticleState.Scheduled) => ArticleState.Draft,
        (ArticleAct.Return, ArticleState.Review or ArticleState.Signing or ArticleState.Scheduled) => ArticleState.Draft,
        (ArticleAct.Approve, ArticleState.Review) => ArticleState.Signing,
        (ArticleAct.Sign, ArticleState.Signing) => ArticleState.Scheduled,
        _ => null,
    };

    private async Task NoteAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long id, int version, ArticleAct act, string name, string words, CancellationToken ct)
    {
        await connection.ExecuteAsync(new CommandDefinition(
            "insert into article_step (article, version, act, staff, words, at) values (@id, @version, @act, @name, @words, @now)",
            new { id, version, act = ArticleSql.Spell(act), name, words, now = Now.UtcDateTime }, transaction, cancellationToken: ct));
        await AuditAsync(connection, transaction, name, $"article.{ArticleSql.Spell(act)}", id, version, words, ct);
    }

    private static Task AuditAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string name, string act, long id, int version, string words, CancellationToken ct) =>
        AuditSql.WriteAsync(connection, transaction, new AuditAct(name, act, "article", id.ToString(CultureInfo.InvariantCulture))
        {
            Details = new Dictionary<string, string?> { ["version"] = version.ToString(CultureInfo.InvariantCulture), ["words"] = words },
        }, ct);

    // Two statements: the second sees what whoever held the lock before us has written.
    private static async Task<Held?> LockAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long id, CancellationToken ct)
    {
        await connection.ExecuteAsync(new CommandDefinition(
            "select 1 from article where id = @id for update", new { id }, transaction, cancellationToken: ct));
        return (await connection.ReadAsync(transaction,
            """
            select a.state, a.version, a.published_version, v.editor, v.reviewer
            from article a join article_version v on v.article = a.id and v.version = a.version
            where a.id = @id
            """, new { id },
            row => new Held(ArticleSql.ReadState(row.GetString(0)), row.GetInt32(1), row.Number(2), row.GetString(3), row.Text(4)), ct))
            .SingleOrDefault();
    }

    private static async Task<IReadOnlyCollection<NewJob>> TakedownsAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long id, CancellationToken ct) =>
        await connection.ReadAsync(transaction,
            "select id from article_push where article = @id and removed_at is null and state = 'done' and kind <> 'preview'", new { id },
            row => ArticleJobs.TakedownOf(row.GetInt64(0)), ct);

    private Task AddVersionAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long id, int version, ArticleContent c, string editor, string? reviewer, string? signer,
        CancellationToken ct, DateTimeOffset? at = null) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            insert into article_version (article, version, column_code, title, digest, body, words, source, author, cover, attachments, policies,
                made_on, lapses_on, correction, editor, reviewer, signer, saved_at)
            values (@id, @version, @Column, @Title, @Digest, @Body, @Words, @Source, @Author, @Cover, @attachments, @policies,
                @MadeOn, @LapsesOn, @Correction, @editor, @reviewer, @signer, @savedAt)
            """,
            new
            {
                id, version, c.Column, c.Title, c.Digest, c.Body, c.Words, c.Source, c.Author, c.Cover, attachments = c.Attachments.ToArray(),
                policies = c.Policies.ToArray(), c.MadeOn, c.LapsesOn, c.Correction, editor, reviewer, signer, savedAt = (at ?? Now).UtcDateTime,
            }, transaction, cancellationToken: ct));

    private static string Key(long id, int version) => string.Create(CultureInfo.InvariantCulture, $"{id}:{version}");

    private static string Data(long id, int version) => string.Create(CultureInfo.InvariantCulture, $$"""{"article":{{id}},"version":{{version}}}""");

    private sealed record Held(ArticleState State, int Version, int? PublishedVersion, string Editor, string? Reviewer);
}
