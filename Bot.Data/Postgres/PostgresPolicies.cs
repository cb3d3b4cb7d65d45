using Bot.Data.Policies;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresPolicies(NpgsqlDataSource db) : IPolicies
{
    public async Task<IReadOnlyList<Policy>> PublishedAsync(CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync<Policy>(new CommandDefinition(
            """
            select id, type, title, document_number, issuer, category, written_on, published_on, effective_on, lapses_on,
                   status, successor_id, summary, body, who, conditions, materials, steps, place, fee, time_limit,
                   legal_basis, aliases, origin, note, updated_at
            from policy
            order by id
            """, cancellationToken: ct));
        return rows.AsList();
    }

    public async Task<int> ImportAsync(IReadOnlyCollection<Policy> policies, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var changed = 0;
        // In one order, so that two imports cannot lock each other out.
        foreach (var policy in policies.OrderBy(p => p.Id, StringComparer.Ordinal))
        {
            changed += await connection.ExecuteAsync(new CommandDefinition(
                """
                insert into policy (id, type, title, document_number, issuer, category, written_on, published_on, effective_on,
                    lapses_on, status, successor_id, summary, body, who, conditions, materials, steps, place, fee, time_limit,
                    legal_basis, aliases, origin, note)
                values (@Id, @Type, @Title, @DocumentNumber, @Issuer, @Category, @WrittenOn, @PublishedOn, @EffectiveOn,
                    @LapsesOn, @Status, @SuccessorId, @Summary, @Body, @Who, @Conditions, @Materials, @Steps, @Place, @Fee, @TimeLimit,
                    @LegalBasis, @Aliases, @Origin, @Note)
                on conflict (id) do update set
                    type = excluded.type, title = excluded.title, document_number = excluded.document_number, issuer = excluded.issuer,
                    category = excluded.category, written_on = excluded.written_on, published_on = excluded.published_on,
                    effective_on = excluded.effective_on, lapses_on = excluded.lapses_on, status = excluded.status,
                    successor_id = excluded.successor_id, summary = excluded.summary, body = excluded.body, who = excluded.who,
                    conditions = excluded.conditions, materials = excluded.materials, steps = excluded.steps, place = excluded.place,
                    fee = excluded.fee, time_limit = excluded.time_limit, legal_basis = excluded.legal_basis, aliases = excluded.aliases,
                    origin = excluded.origin, note = excluded.note, updated_at = now()
                where (policy.type, policy.title, policy.document_number, policy.issuer, policy.category, policy.written_on, policy.published_on,
                       policy.effective_on, policy.lapses_on, policy.status, policy.successor_id, policy.summary, policy.body, policy.who,
                       policy.conditions, policy.materials, policy.steps, policy.place, policy.fee, policy.time_limit, policy.legal_basis,
                       policy.aliases, policy.origin, policy.note)
                    is distinct from
                      (excluded.type, excluded.title, excluded.document_number, excluded.issuer, excluded.category, excluded.written_on,
                       excluded.published_on, excluded.effective_on, excluded.lapses_on, excluded.status, excluded.successor_id,
                       excluded.summary, excluded.body, excluded.who, excluded.conditions, excluded.materials, excluded.steps, excluded.place,
                       excluded.fee, excluded.time_limit, excluded.legal_basis, excluded.aliases, excluded.origin, excluded.note)
                """, Parameters(policy), transaction, cancellationToken: ct));
        }

        if (changed > 0)
            await connection.ExecuteAsync(new CommandDefinition($"notify {ContentChanges.Channel}", transaction: transaction, cancellationToken: ct));
        await transaction.CommitAsync(ct);
        return changed;
    }

    public async Task ReadAsync(IReadOnlyDictionary<string, int> readings, DateOnly day, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into policy_reading (policy_id, day, readings)
            select r.id, @day, r.readings
            from unnest(@ids, @counts) as r (id, readings) join policy on policy.id = r.id
            order by r.id
            on conflict (day, policy_id) do update set readings = policy_reading.readings + excluded.readings
            """, new { day, ids = readings.Keys.ToArray(), counts = readings.Values.ToArray() }, cancellationToken: ct));
    }

    public async Task<IReadOnlyList<string>> MostReadAsync(DateOnly since, int limit, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var ids = await connection.QueryAsync<string>(new CommandDefinition(
            """
            select policy_id from policy_reading
            where day >= @since
            group by policy_id
            order by sum(readings) desc, policy_id
            limit @limit
            """, new { since, limit }, cancellationToken: ct));
        return ids.AsList();
    }

    private static object Parameters(Policy p) => new
    {
        p.Id, Type = Stored(p.Type), p.Title, p.DocumentNumber, p.Issuer, p.Category, p.WrittenOn, p.PublishedOn, p.EffectiveOn, p.LapsesOn,
        Status = Stored(p.Status), p.SuccessorId, p.Summary, p.Body, p.Who, p.Conditions, Materials = p.Materials.ToArray(), Steps = p.Steps.ToArray(),
        p.Place, p.Fee, p.TimeLimit, LegalBasis = p.LegalBasis.ToArray(), Aliases = p.Aliases.ToArray(), p.Origin, p.Note,
    };

    private static string Stored<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
