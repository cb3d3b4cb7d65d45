using System.Data.Common;
using Bot.Data.Articles;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresArticles(NpgsqlDataSource db) : IArticles
{
    // Names as the public reads them: those of the staff, or what was imported.
    private const string Rest =
        """
        a.first_at, a.published_at, coalesce(e.display_name, v.editor), coalesce(r.display_name, v.reviewer, ''), coalesce(s.display_name, v.signer, ''),
            a.withdrawn_at, a.withdrawn_reason
        from article a
        join article_version v on v.article = a.id and v.version = a.published_version
        left join staff e on e.name = v.editor
        left join staff r on r.name = v.reviewer
        left join staff s on s.name = v.signer
        """;

    public async Task<IReadOnlyList<(long Id, int Stamp)>> StampsAsync(CancellationToken ct) => await db.ReadAsync(
        "select id, stamp from article where published_version is not null and withdrawn_at is null", new { },
        row => (row.GetInt64(0), row.GetInt32(1)), ct);

    public async Task<IReadOnlyList<PublicArticle>> HeadsAsync(IReadOnlyCollection<long> ids, CancellationToken ct) => await db.ReadAsync(
        $"""
        select a.id, v.version, a.stamp, {ArticleSql.Content.Replace("v.body", "''", StringComparison.Ordinal)}, {Rest}
        where a.id = any(@ids) and a.withdrawn_at is null
        """, new { ids = ids.ToArray() }, Read, ct);

    public async Task<PublicArticle?> FindAsync(long id, CancellationToken ct) => (await db.ReadAsync(
        $"select a.id, v.version, a.stamp, {ArticleSql.Content}, {Rest} where a.id = @id", new { id }, Read, ct)).SingleOrDefault();

    private static PublicArticle Read(DbDataReader row)
    {
        const int After = 3 + ArticleSql.ContentColumns;
        return new(
            row.GetInt64(0), row.GetInt32(1), row.GetInt32(2), ArticleSql.ReadContent(row, 3), row.Time(After)!.Value,
            row.Time(After + 1)!.Value, row.GetString(After + 2), row.GetString(After + 3), row.GetString(After + 4))
        {
            Withdrawn = ArticleSql.ReadWithdrawal(row, After + 5, After + 6),
        };
    }
}
