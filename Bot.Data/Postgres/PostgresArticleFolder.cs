using Bot.Data.Articles;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresArticleFolder(NpgsqlDataSource db) : IArticleFolder
{
    public async Task<ArticleOnDesk?> FindAsync(long id, CancellationToken ct) => (await db.ReadAsync(
        $"""
        select a.id, a.state, a.version, {ArticleSql.Content}, v.editor, v.reviewer, v.signer, a.publish_at, a.published_version, a.published_at,
            a.withdrawn_at, a.withdrawn_reason, v.saved_at, coalesce(e.display_name, v.editor)
        from article a join article_version v on v.article = a.id and v.version = a.version left join staff e on e.name = v.editor
        where a.id = @id
        """, new { id },
        row => new ArticleOnDesk(
            row.GetInt64(0), ArticleSql.ReadState(row.GetString(1)), row.GetInt32(2), ArticleSql.ReadContent(row, 3), row.GetString(16),
            row.Text(17), row.Text(18), row.Time(19), row.Number(20), row.Time(21),
            ArticleSql.ReadWithdrawal(row, 22, 23), row.Time(24)!.Value) { EditorName = row.GetString(25) }, ct)).SingleOrDefault();

    public async Task<(IReadOnlyList<ArticleRow> Rows, int Total)> ListAsync(ArticleFilter filter, CancellationToken ct)
    {
        const string Which =
            """
            article a left join article_version v on v.article = a.id and v.version = a.version
            where (@state::text is null or a.state = @state) and (@column = '' or v.column_code = @column)
                and (@words = '' or strpos(lower(v.title), lower(@words)) > 0)
            """;
        var total = 0;
        // Joined from the outside: where nothing is asked of the versions, which are wide, the planner leaves them out of the count and of the pages before.
        var rows = await db.ReadAsync(
            $"""
            with shown as (select a.id from {Which} order by a.id desc limit @rows offset @skip)
            select a.id, a.state, v.title, c.name, coalesce(e.display_name, v.editor), v.saved_at, a.publish_at, a.published_at, (select count(*) from {Which})
            from shown s
            join article a on a.id = s.id
            join article_version v on v.article = a.id and v.version = a.version
            join article_column c on c.code = v.column_code
            left join staff e on e.name = v.editor
            order by a.id desc
            """,
            new
            {
                state = filter.State is { } state ? ArticleSql.Spell(state) : null, column = filter.Column, words = filter.Words, rows = filter.Rows,
                skip = (long)filter.Page * filter.Rows,
            },
            row =>
            {
                total = (int)row.GetInt64(8);
                return new ArticleRow(row.GetInt64(0), ArticleSql.ReadState(row.GetString(1)), row.GetString(2), row.GetString(3), row.GetString(4),
                    row.Time(5)!.Value, row.Time(6), row.Time(7));
            }, ct);
        return (rows, total);
    }

    public async Task<IReadOnlyList<ArticleStep>> StepsAsync(long id, CancellationToken ct) => await db.ReadAsync(
        """
        select t.version, t.act, coalesce(s.display_name, t.staff), t.words, t.at
        from article_step t left join staff s on s.name = t.staff
        where t.article = @id
        order by t.id
        """, new { id },
        row => new ArticleStep(
            row.GetInt32(0), Enum.Parse<ArticleAct>(row.GetString(1), ignoreCase: true), row.GetString(2), row.GetString(3), row.Time(4)!.Value), ct);

    public async Task<ArticleContent?> VersionAsync(long id, int version, CancellationToken ct) => (await db.ReadAsync(
        $"select {ArticleSql.Content} from article_version v where v.article = @id and v.version = @version", new { id, version },
        row => ArticleSql.ReadContent(row, 0), ct)).SingleOrDefault();
}
