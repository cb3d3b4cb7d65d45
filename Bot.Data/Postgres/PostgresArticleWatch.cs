using Bot.Data.Articles;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresArticleWatch(NpgsqlDataSource db, IArticleColumns columns) : IArticleWatch
{
    public async Task<IReadOnlyList<ColumnPulse>> PulseAsync(DateTimeOffset since, CancellationToken ct)
    {
        var known = await columns.AllAsync(ct);
        var last = (await db.ReadAsync(
            """
            select v.column_code, count(*)::int, max(a.published_at)
            from article a join article_version v on v.article = a.id and v.version = a.published_version
            where a.withdrawn_at is null
            group by v.column_code
            """, new { }, row => (Column: row.GetString(0), Public: row.GetInt32(1), LastAt: row.Time(2)), ct)).ToDictionary(r => r.Column);
        var dates = (await db.ReadAsync(
            """
            select v.column_code, v.made_on, a.first_at
            from article a join article_version v on v.article = a.id and v.version = a.published_version
            where a.first_at >= @since and v.made_on is not null
            """, new { since = since.UtcDateTime },
            row => (Column: row.GetString(0), MadeOn: row.GetFieldValue<DateOnly>(1), FirstAt: row.Time(2)!.Value), ct)).ToLookup(r => r.Column);
        return
        [
            .. known.Where(column => column.Active).Select(column => new ColumnPulse(
                column, last.GetValueOrDefault(column.Code).Public, last.GetValueOrDefault(column.Code).LastAt,
                [.. dates[column.Code].Select(d => (d.MadeOn, d.FirstAt))])),
        ];
    }

    public async Task<IReadOnlyList<(long Id, string Title, DateOnly LapsesOn)>> LapsingAsync(DateOnly from, DateOnly until, CancellationToken ct) =>
        await db.ReadAsync(
            """
            select a.id, v.title, v.lapses_on
            from article a join article_version v on v.article = a.id and v.version = a.published_version
            where a.withdrawn_at is null and v.lapses_on >= @from and v.lapses_on < @until
            order by v.lapses_on, a.id
            limit 50
            """, new { from, until }, row => (row.GetInt64(0), row.GetString(1), row.GetFieldValue<DateOnly>(2)), ct);

    public async Task<IReadOnlyList<(long Id, string Body, IReadOnlyList<string> Files)>> BodiesAsync(long after, int limit, CancellationToken ct) =>
        await db.ReadAsync(
            """
            select a.id, v.body, array_remove(v.attachments || v.cover, null)
            from article a join article_version v on v.article = a.id and v.version = a.published_version
            where a.id > @after and a.withdrawn_at is null
            order by a.id
            limit @limit
            """, new { after, limit },
            row => (row.GetInt64(0), row.GetString(1), (IReadOnlyList<string>)row.GetFieldValue<string[]>(2)), ct);

    public async Task ReplaceFindingsAsync(IReadOnlyCollection<ArticleFinding> findings, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition("delete from article_finding", transaction: transaction, cancellationToken: ct));
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into article_finding (article, place, words, found_at)
            select article, row_number() over (partition by article order by n) - 1, words, found_at
            from unnest(@articles, @words, @times) with ordinality as f (article, words, found_at, n)
            """,
            new
            {
                articles = findings.Select(f => f.Article).ToArray(), words = findings.Select(f => f.Words).ToArray(),
                times = findings.Select(f => f.FoundAt.UtcDateTime).ToArray(),
            }, transaction, cancellationToken: ct));
        await transaction.CommitAsync(ct);
    }

    public async Task<(IReadOnlyList<ArticleFinding> First, int All)> FindingsAsync(CancellationToken ct)
    {
        var all = 0;
        var first = await db.ReadAsync(
            """
            select f.article, v.title, f.words, f.found_at, count(*) over ()
            from article_finding f
            join article a on a.id = f.article
            join article_version v on v.article = a.id and v.version = a.published_version
            where a.withdrawn_at is null
            order by f.article, f.place
            limit 200
            """, new { }, row =>
            {
                all = (int)row.GetInt64(4);
                return new ArticleFinding(row.GetInt64(0), row.GetString(1), row.GetString(2), row.Time(3)!.Value);
            }, ct);
        return (first, all);
    }
}
