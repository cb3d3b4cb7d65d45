using Bot.Data.Keywords;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresKeywordReplies(NpgsqlDataSource db) : IKeywordReplies
{
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
}
