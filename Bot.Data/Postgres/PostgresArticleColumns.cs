using Bot.Data.Articles;
using Bot.Data.Audit;
using Bot.Data.Staff;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresArticleColumns(NpgsqlDataSource db) : IArticleColumns
{
    public async Task<IReadOnlyList<ArticleColumn>> AllAsync(CancellationToken ct) => await db.ReadAsync(
        """
        select code, name, about, place, active, longest_silence, publish_within, revision
        from article_column
        order by active desc, place, code
        """, new { },
        row => new ArticleColumn(
            row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt16(3), row.GetBoolean(4), row.GetInt16(5), row.GetInt16(6), row.GetInt32(7)), ct);

    public async Task<bool> SaveAsync(ArticleColumn column, StaffMember by, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var saved = await connection.ExecuteAsync(new CommandDefinition(
            """
            update article_column set name = @Name, about = @About, place = @Place, active = @Active, longest_silence = @LongestSilence,
                publish_within = @PublishWithin, revision = revision + 1
            where code = @Code and revision = @Revision
            """, column, transaction, cancellationToken: ct));
        if (saved == 0)
            return false;
        await connection.ExecuteAsync(new CommandDefinition("notify content_changed", transaction: transaction, cancellationToken: ct));
        await AuditSql.WriteAsync(connection, transaction, new AuditAct(by.Name, "article.column", "article_column", column.Code), ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
