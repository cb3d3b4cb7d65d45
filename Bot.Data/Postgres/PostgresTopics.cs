using Bot.Data.Policies;
using Bot.WeChat;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresTopics(NpgsqlDataSource db) : ITopics
{
    public async Task JoinAsync(string topic, OpenId citizen, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition(
            "insert into topic_subscription (topic, openid) values (@topic, @openId) on conflict do nothing",
            new { topic, openId = citizen.Value }, cancellationToken: ct));
    }

    public async Task<bool> LeaveAsync(string topic, OpenId citizen, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        return await connection.ExecuteAsync(new CommandDefinition(
            "delete from topic_subscription where topic = @topic and openid = @openId", new { topic, openId = citizen.Value }, cancellationToken: ct)) > 0;
    }

    public async Task<IReadOnlyList<string>> OfAsync(OpenId citizen, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var topics = await connection.QueryAsync<string>(new CommandDefinition(
            "select topic from topic_subscription where openid = @openId order by since, topic", new { openId = citizen.Value }, cancellationToken: ct));
        return topics.AsList();
    }

    public async Task<IReadOnlyList<OpenId>> SubscribersAsync(string topic, OpenId? after, int limit, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var openIds = await connection.QueryAsync<string>(new CommandDefinition(
            "select openid from topic_subscription where topic = @topic and openid > @after order by openid limit @limit",
            new { topic, after = after?.Value ?? "", limit }, cancellationToken: ct));
        return [.. openIds.Select(o => new OpenId(o))];
    }

    public async Task<IReadOnlyDictionary<string, int>> CountAsync(CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync<(string Topic, int Count)>(new CommandDefinition(
            "select topic, count(*)::integer from topic_subscription group by topic", cancellationToken: ct));
        return rows.ToDictionary(r => r.Topic, r => r.Count, StringComparer.Ordinal);
    }
}
