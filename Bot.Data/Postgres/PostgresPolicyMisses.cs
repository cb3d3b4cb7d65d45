using System.Globalization;
using Bot.Data.Messages;
using Bot.Data.Policies;
using Bot.WeChat;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresPolicyMisses(NpgsqlDataSource db) : IPolicyMisses
{
    private const int MostWaitedFor = 10;

    public async Task<IReadOnlyList<MissedQuestion>> ListAsync(int skip, int limit, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync<MissedQuestion>(new CommandDefinition(
            """
            select m.normal, m.question, m.missed, m.refused, m.first_at, m.last_at,
                (select count(*)::integer from policy_waiting w where w.normal = m.normal) as waiting
            from policy_miss m
            where state = 'open'
            order by missed + refused desc, last_at desc
            offset @skip limit @limit
            """, new { skip, limit }, cancellationToken: ct));
        return rows.AsList();
    }

    public async Task<int> CountAsync(CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        return await connection.ExecuteScalarAsync<int>(new CommandDefinition("select count(*) from policy_miss where state = 'open'", cancellationToken: ct));
    }

    public async Task<MissedQuestion?> FindAsync(string normal, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        return await connection.QuerySingleOrDefaultAsync<MissedQuestion>(new CommandDefinition(
            """
            select m.normal, m.question, m.missed, m.refused, m.first_at, m.last_at,
                (select count(*)::integer from policy_waiting w where w.normal = m.normal) as waiting
            from policy_miss m
            where normal = @normal
            """, new { normal }, cancellationToken: ct));
    }

    public async Task<bool> WaitAsync(string question, string normal, OpenId citizen, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var waitedFor = await connection.ExecuteScalarAsync<int>(new CommandDefinition(
            "select count(*) from policy_waiting where openid = @openId and normal <> @normal",
            new { openId = citizen.Value, normal }, transaction, cancellationToken: ct));
        if (waitedFor >= MostWaitedFor)
            return false;
        // What was set aside or answered before is open again: somebody waits for it.
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into policy_miss (normal, question, first_at, last_at) values (@normal, @question, now(), now())
            on conflict (normal) do update set state = 'open', policy_id = '', settled_by = null, settled_at = null;
            insert into policy_waiting (normal, openid, since) values (@normal, @openId, now()) on conflict do nothing
            """, new { normal, question, openId = citizen.Value }, transaction, cancellationToken: ct));
        await transaction.CommitAsync(ct);
        return true;
    }

    public async Task<bool> AnswerAsync(string normal, string policyId, string words, string url, string actor, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await SettleAsync(connection, transaction, normal, "answered", policyId, actor, ct) is false)
            return false;
        var waiting = await connection.QueryAsync<(string OpenId, DateTime Since)>(new CommandDefinition(
            "delete from policy_waiting where normal = @normal returning openid, since", new { normal }, transaction, cancellationToken: ct));
        foreach (var (openId, since) in waiting)
        {
            await CitizenMessageSql.AddAsync(connection, transaction, new NewCitizenMessage
            {
                Key = string.Create(CultureInfo.InvariantCulture, $"policy.answer:{since.Ticks:x}:{openId}"), To = new OpenId(openId), Words = words, Url = url,
            }, ct);
        }

        await transaction.CommitAsync(ct);
        return true;
    }

    public async Task<bool> SetAsideAsync(string normal, string actor, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var done = await SettleAsync(connection, transaction, normal, "set-aside", "", actor, ct);
        await transaction.CommitAsync(ct);
        return done;
    }

    private static async Task<bool> SettleAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string normal, string state, string policyId, string actor, CancellationToken ct)
    {
        if (await connection.ExecuteAsync(new CommandDefinition(
            """
            update policy_miss set state = @state, policy_id = @policyId, settled_by = @actor, settled_at = now()
            where normal = @normal and state = 'open'
            """, new { normal, state, policyId, actor }, transaction, cancellationToken: ct)) == 0)
            return false;
        var details = new Dictionary<string, string?> { ["state"] = state, ["policy"] = policyId };
        await AuditSql.WriteAsync(connection, transaction, new(actor, "policy.settle_miss", "question", normal) { Details = details }, ct);
        return true;
    }
}
