using Bot.Data.Keywords;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresKeywordReplies(NpgsqlDataSource db) : IKeywordReplies
{
    private const string Columns = "id, keyword, match = 'exact', reply, enabled, version, updated_at";

    public async Task<IReadOnlyList<KeywordReply>> EnabledAsync(CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync<KeywordReply>(new CommandDefinition(
            """
            select keyword, match = 'exact' as exact, reply
            from keyword_reply
            where enabled
            order by match = 'exact' desc, length(keyword) desc, id
            """, cancellationToken: ct));
        return rows.AsList();
    }

    public async Task<(IReadOnlyList<KeywordRule> Rules, int Total)> ListAsync(string text, int page, int size, CancellationToken ct)
    {
        var total = 0;
        var rules = await db.ReadAsync(
            $"""
            select {Columns}, (count(*) over ())::int from keyword_reply
            where @text = '' or position(@text in keyword) > 0 or position(@text in reply) > 0
            order by keyword
            limit @size offset @skip
            """, new { text, size, skip = (page - 1) * size }, row =>
            {
                total = row.GetInt32(7);
                return Read(row);
            }, ct);
        return (rules, total);
    }

    public async Task<KeywordRule?> FindAsync(long id, CancellationToken ct) =>
        (await db.ReadAsync($"select {Columns} from keyword_reply where id = @id", new { id }, Read, ct)).SingleOrDefault();

    public Task<KeywordSaved> SaveAsync(KeywordRule rule, string actor, CancellationToken ct) => WriteAsync(
        rule.Id == 0
            ? "insert into keyword_reply (keyword, match, reply, enabled) values (@Keyword, @match, @Reply, @Enabled) returning keyword"
            : """
              update keyword_reply set keyword = @Keyword, match = @match, reply = @Reply, enabled = @Enabled, version = version + 1, updated_at = now()
              where id = @Id and version = @Version
              returning keyword
              """,
        new { rule.Id, rule.Keyword, match = rule.Exact ? "exact" : "contains", rule.Reply, rule.Enabled, rule.Version },
        rule.Id == 0 ? "keyword.add" : "keyword.change", actor, ct);

    public async Task<bool> DeleteAsync(long id, string actor, CancellationToken ct) =>
        await WriteAsync("delete from keyword_reply where id = @id returning keyword", new { id }, "keyword.delete", actor, ct) is KeywordSaved.Saved;

    // Every host hears of it once the transaction is committed, and reads the rules anew.
    private async Task<KeywordSaved> WriteAsync(string sql, object parameters, string act, string actor, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            if (await connection.ExecuteScalarAsync<string?>(new CommandDefinition(sql, parameters, transaction, cancellationToken: ct)) is not { } keyword)
                return KeywordSaved.ChangedMeanwhile;
            await AuditSql.WriteAsync(connection, transaction, new(actor, act, "keyword", keyword), ct);
        }
        catch (PostgresException e) when (e.ConstraintName == "keyword_reply_keyword_unique")
        {
            return KeywordSaved.Taken;
        }

        await ContentChanges.AnnounceAsync(connection, transaction, ct);
        await transaction.CommitAsync(ct);
        return KeywordSaved.Saved;
    }

    private static KeywordRule Read(System.Data.Common.DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetBoolean(2), row.GetString(3), row.GetBoolean(4), row.GetInt32(5), row.Time(6)!.Value);
}
