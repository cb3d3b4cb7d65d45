using Bot.Data.Audit;
using Bot.Data.Policies;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresPolicyWords(NpgsqlDataSource db) : IPolicyWords
{
    public Task<IReadOnlyList<PolicySynonym>> SynonymsAsync(CancellationToken ct) =>
        ListAsync<PolicySynonym>("select word, means from policy_synonym order by word", ct);

    public Task SetSynonymAsync(string word, IReadOnlyList<string> means, string actor, CancellationToken ct) => ChangeAsync(
        """
        insert into policy_synonym (word, means, updated_by) values (@word, @means, @actor)
        on conflict (word) do update set means = excluded.means, updated_by = excluded.updated_by, updated_at = now()
        """, new { word, means = means.ToArray(), actor }, new(actor, "policy.set_synonym", "synonym", word), ct);

    public Task<bool> RemoveSynonymAsync(string word, string actor, CancellationToken ct) => ChangeAsync(
        "delete from policy_synonym where word = @word", new { word }, new(actor, "policy.remove_synonym", "synonym", word), ct);

    public Task<IReadOnlyList<PolicyAlias>> AliasesAsync(CancellationToken ct) =>
        ListAsync<PolicyAlias>("select policy_id, alias from policy_alias order by policy_id, added_at, alias", ct);

    public Task AddAliasAsync(string policyId, string alias, string actor, CancellationToken ct) => ChangeAsync(
        "insert into policy_alias (policy_id, alias, added_by) values (@policyId, @alias, @actor) on conflict do nothing",
        new { policyId, alias, actor }, new(actor, "policy.add_alias", "policy", policyId) { Details = Alias(alias) }, ct);

    public Task<bool> RemoveAliasAsync(string policyId, string alias, string actor, CancellationToken ct) => ChangeAsync(
        "delete from policy_alias where policy_id = @policyId and alias = @alias",
        new { policyId, alias }, new(actor, "policy.remove_alias", "policy", policyId) { Details = Alias(alias) }, ct);

    public Task<IReadOnlyList<LifeEvent>> LifeEventsAsync(CancellationToken ct) =>
        ListAsync<LifeEvent>("select id, name, phrases, matters, place from life_event order by place, id", ct);

    public Task<bool> AddLifeEventAsync(LifeEvent life, string actor, CancellationToken ct) => WriteAsync(life, "nothing", actor, ct);

    public Task SetLifeEventAsync(LifeEvent change, string actor, CancellationToken ct) => WriteAsync(change,
        """
        update set name = excluded.name, phrases = excluded.phrases, matters = excluded.matters, place = excluded.place,
            updated_by = excluded.updated_by, updated_at = now()
        """, actor, ct);

    public Task<bool> RemoveLifeEventAsync(string id, string actor, CancellationToken ct) => ChangeAsync(
        "delete from life_event where id = @id", new { id }, new(actor, "policy.remove_life_event", "life_event", id), ct);

    private Task<bool> WriteAsync(LifeEvent life, string onConflict, string actor, CancellationToken ct) => ChangeAsync(
        $"""
        insert into life_event (id, name, phrases, matters, place, updated_by) values (@Id, @Name, @phrases, @matters, @Place, @actor)
        on conflict (id) do {onConflict}
        """, new { life.Id, life.Name, phrases = life.Phrases.ToArray(), matters = life.Matters.ToArray(), life.Place, actor },
        new(actor, "policy.set_life_event", "life_event", life.Id), ct);

    private async Task<bool> ChangeAsync(string sql, object parameters, AuditAct act, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await connection.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: ct)) == 0)
            return false;
        await AuditSql.WriteAsync(connection, transaction, act, ct);
        await ContentChanges.AnnounceAsync(connection, transaction, ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private async Task<IReadOnlyList<T>> ListAsync<T>(string sql, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        return (await connection.QueryAsync<T>(new CommandDefinition(sql, cancellationToken: ct))).AsList();
    }

    private static Dictionary<string, string?> Alias(string alias) => new() { ["alias"] = alias };
}
