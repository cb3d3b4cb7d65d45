using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Bot.Data.Articles;
using Bot.Data.Audit;
using Bot.Data.Staff;
using Bot.WeChat;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresArticlePushes(NpgsqlDataSource db, TimeProvider clock) : IArticlePushes
{
    private const string Columns =
        """
        id, article, version, kind, tag, tag_name, marker, state, made_at, made_by, code, reader, draft, tried_at, publish_id, wechat_article, url,
            msg_id, total, filtered, sent, errors, error, ended_at, removed_at
        """;

    // The platform is asked at once by whoever follows one as old as this.
    private static readonly TimeSpan s_askedAfter = TimeSpan.FromHours(1);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<PushOrdered> OrderAsync(NewPush push, string? code, StaffMember by, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        long id;
        try
        {
            id = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
                """
                insert into article_push (article, version, kind, tag, tag_name, marker, code, state, made_by, made_at)
                values (@Article, @Version, @kind, @Tag, @TagName, @marker, @code, @state, @name, @now)
                returning id
                """,
                new
                {
                    push.Article, push.Version, kind = Spell(push.Kind), push.Tag, push.TagName, marker = RandomNumberGenerator.GetHexString(16, lowercase: true),
                    code, state = Spell(push.Kind is PushKind.Preview ? PushState.Asked : PushState.Waiting), name = by.Name, now = Now,
                }, transaction, cancellationToken: ct));
        }
        catch (PostgresException e) when (e.ConstraintName is "article_push_once")
        {
            return new PushOrdered.Already();
        }
        catch (PostgresException e) when (e.ConstraintName is "article_push_code")
        {
            return new PushOrdered.CodeTaken();
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.ForeignKeyViolation)
        {
            return new PushOrdered.Unknown();
        }

        if (push.Kind is not PushKind.Preview)
            await JobSql.EnqueueAsync(connection, transaction, ArticleJobs.PushOf(id, clock.GetUtcNow()), ct);
        await AuditAsync(connection, transaction, by, $"article.wechat_{Spell(push.Kind)}", push.Article, id, ct);
        await transaction.CommitAsync(ct);
        return new PushOrdered.Ordered(id);
    }

    public async Task<ArticlePush?> FindAsync(long id, CancellationToken ct) =>
        (await db.ReadAsync($"select {Columns} from article_push where id = @id", new { id }, Read, ct)).SingleOrDefault();

    public async Task<IReadOnlyList<ArticlePush>> ListAsync(long article, CancellationToken ct) =>
        await db.ReadAsync($"select {Columns} from article_push where article = @article order by id desc", new { article }, Read, ct);

    public async Task<bool> ReadByAsync(string code, OpenId reader, DateTimeOffset since, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var id = await connection.ExecuteScalarAsync<long?>(new CommandDefinition(
            """
            update article_push set state = 'waiting', reader = @reader
            where code = @code and state = 'asked' and made_at >= @since
            returning id
            """, new { code, reader = reader.Value, since = since.UtcDateTime }, transaction, cancellationToken: ct));
        if (id is null)
            return false;
        await JobSql.EnqueueAsync(connection, transaction, ArticleJobs.PushOf(id.Value, clock.GetUtcNow()), ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    public async Task<bool> MoveAsync(long id, PushState from, PushState to, PushFacts change, CancellationToken ct) => await db.RunAsync(
        """
        update article_push set state = @to, draft = coalesce(@Draft, draft), publish_id = coalesce(@PublishId, publish_id),
            wechat_article = coalesce(@WeChatArticle, wechat_article), url = coalesce(@Url, url), msg_id = coalesce(@MsgId, msg_id),
            total = coalesce(@total, total), filtered = coalesce(@filtered, filtered), sent = coalesce(@sent, sent), errors = coalesce(@errors, errors),
            error_code = @ErrorCode, error = @Error,
            tried_at = case when @to in ('drafting', 'sending') then @now else tried_at end,
            reader = case when @to in ('done', 'failed') then null else reader end,
            ended_at = case when @to in ('done', 'failed') then coalesce(ended_at, @now) end
        where id = @id and state = @from
        """,
        new
        {
            id, from = Spell(from), to = Spell(to), change.Draft, change.PublishId, change.WeChatArticle, change.Url, change.MsgId,
            total = change.Figures?.Total, filtered = change.Figures?.Filtered, sent = change.Figures?.Sent, errors = change.Figures?.Errors,
            change.ErrorCode, change.Error, now = Now,
        }, ct) > 0;

    public Task HearAsync(PushHeard heard, CancellationToken ct) => db.RunAsync(
        """
        insert into article_push_event (kind, job, heard) values (@kind, @job, @heard::jsonb) on conflict (kind, job) do nothing
        """, new { kind = Spell(heard.Kind), job = heard.Job, heard = PushHeardJson.Write(heard) }, ct);

    public async Task<PushHeard?> HeardOfAsync(PushKind kind, string job, CancellationToken ct) => (await db.ReadAsync(
        "select heard::text from article_push_event where kind = @kind and job = @job", new { kind = Spell(kind), job },
        row => PushHeardJson.Read(row.GetString(0)), ct)).SingleOrDefault();

    public Task RemovedAsync(long id, CancellationToken ct) =>
        db.RunAsync("update article_push set removed_at = @now, error = null, error_code = null where id = @id and removed_at is null", new { id, now = Now }, ct);

    public async Task<bool> SettleAsync(long id, bool wasSent, StaffMember by, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var article = await connection.ExecuteScalarAsync<long?>(new CommandDefinition(
            """
            update article_push p set
                state = case when @wasSent then 'done' when accepted then 'sent' else 'waiting' end,
                ended_at = case when @wasSent then @now end, error = null, error_code = null,
                draft = case when @wasSent or accepted then draft end, made_at = case when @wasSent or accepted then made_at else @now end,
                tried_at = case when accepted and not @wasSent then @longAgo else tried_at end
            from (select coalesce(publish_id, msg_id::text) is not null as accepted from article_push where id = @id) a
            where p.id = @id and p.state = 'doubtful'
            returning p.article
            """, new { id, wasSent, now = Now, longAgo = Now - s_askedAfter }, transaction, cancellationToken: ct));
        if (article is null)
            return false;
        // Also of one that went out: should the article have been withdrawn meanwhile, it is taken down.
        await JobSql.RescheduleAsync(connection, transaction, ArticleJobs.PushOf(id, clock.GetUtcNow()), ct);
        await AuditAsync(connection, transaction, by, wasSent ? "article.wechat_was_sent" : "article.wechat_again", article.Value, id, ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    public async Task<IReadOnlyList<MassCount>> MassSinceAsync(DateTimeOffset from, CancellationToken ct) => await db.ReadAsync(
        """
        select tag, max(tag_name), count(*)::int
        from article_push
        where kind = 'mass' and state <> 'failed' and coalesce(tried_at, made_at) >= @from
        group by tag
        order by tag
        """, new { from = from.UtcDateTime }, row => new MassCount(row.Number(0), row.GetString(1), row.GetInt32(2)), ct);

    private static Task AuditAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, StaffMember by, string act, long article, long push, CancellationToken ct) =>
        AuditSql.WriteAsync(connection, transaction, new AuditAct(by.Name, act, "article", article.ToString(CultureInfo.InvariantCulture))
        {
            Details = new Dictionary<string, string?> { ["push"] = push.ToString(CultureInfo.InvariantCulture) },
        }, ct);

    private static string Spell<T>(T word) where T : struct, Enum => word.ToString().ToLowerInvariant();

    private static ArticlePush Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetInt32(2), Enum.Parse<PushKind>(row.GetString(3), ignoreCase: true), row.Number(4),
        row.GetString(5), row.GetString(6), Enum.Parse<PushState>(row.GetString(7), ignoreCase: true), row.Time(8)!.Value, row.GetString(9))
    {
        Code = row.Text(10),
        Reader = row.Text(11) is { } reader ? new OpenId(reader) : null,
        Draft = row.Text(12),
        TriedAt = row.Time(13),
        PublishId = row.Text(14),
        WeChatArticle = row.Text(15),
        Url = row.Text(16),
        MsgId = row.IsDBNull(17) ? null : row.GetInt64(17),
        Figures = row.IsDBNull(18) ? null : new(row.GetInt32(18), row.GetInt32(19), row.GetInt32(20), row.GetInt32(21)),
        Error = row.Text(22),
        EndedAt = row.Time(23),
        RemovedAt = row.Time(24),
    };
}
