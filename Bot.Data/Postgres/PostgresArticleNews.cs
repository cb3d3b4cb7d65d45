using Bot.Data.Articles;
using Bot.Data.Messages;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresArticleNews(NpgsqlDataSource db) : IArticleNews
{
    public async Task<bool> TellAsync(long article, IReadOnlyCollection<NewCitizenMessage> messages, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // A withdrawal waits for us and then calls off what we wrote, or we wait for it and write nothing.
        if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select true from article where id = @article and published_version is not null and withdrawn_at is null for share",
            new { article }, transaction, cancellationToken: ct)))
            return false;
        foreach (var message in messages)
            await CitizenMessageSql.AddAsync(connection, transaction, message, ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    // Gone, not cancelled: should the article come back, they are told as if for the first time.
    // No clock is an hour behind the database's; the time leads along an index past all older messages.
    public static Task CallOffAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long article, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            delete from citizen_message
            where created_at >= (select first_at - interval '1 hour' from article where id = @article) and starts_with(key, @start) and status = 'waiting'
            """, new { article, start = IArticleNews.KeyStart(article) }, transaction, cancellationToken: ct));
}
