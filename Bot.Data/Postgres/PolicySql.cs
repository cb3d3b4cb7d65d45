using System.Text.Json;
using Bot.Data.Jobs;
using Bot.Data.Policies;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>The one way in which a document becomes public, inside the transaction of whoever publishes it.</summary>
internal static class PolicySql
{
    private const int RowsAtOnce = 200;

    /// <summary>Adds or replaces those that are new or differ, in the order of their ids so that two cannot lock each other out.</summary>
    /// <returns>What was written.</returns>
    public static async Task<IReadOnlyList<PolicyStamp>> PublishAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyCollection<Policy> policies, CancellationToken ct)
    {
        List<PolicyStamp> written = [];
        foreach (var rows in policies.OrderBy(p => p.Id, StringComparer.Ordinal).Chunk(RowsAtOnce))
        {
            written.AddRange(await connection.QueryAsync<PolicyStamp>(new CommandDefinition(
                """
                insert into policy (id, type, title, document_number, issuer, category, written_on, published_on, effective_on, lapses_on,
                    status, successor_id, summary, body, body_html, who, conditions, materials, steps, place, fee, time_limit, legal_basis,
                    aliases, origin, note, explains, attachments, edited_by, reviewed_by, issued_by)
                select id, type, title, document_number, issuer, category, written_on, published_on, effective_on, lapses_on,
                    status, successor_id, summary, body, body_html, who, conditions, materials, steps, place, fee, time_limit, legal_basis,
                    aliases, origin, note, explains, attachments, edited_by, reviewed_by, issued_by
                from jsonb_populate_recordset(null::policy, @rows::jsonb)
                order by id
                on conflict (id) do update set (type, title, document_number, issuer, category, written_on, published_on, effective_on,
                    lapses_on, status, successor_id, summary, body, body_html, who, conditions, materials, steps, place, fee, time_limit,
                    legal_basis, aliases, origin, note, explains, attachments, edited_by, reviewed_by, issued_by)
                    = row (excluded.type, excluded.title, excluded.document_number, excluded.issuer, excluded.category, excluded.written_on,
                    excluded.published_on, excluded.effective_on, excluded.lapses_on, excluded.status, excluded.successor_id, excluded.summary,
                    excluded.body, excluded.body_html, excluded.who, excluded.conditions, excluded.materials, excluded.steps, excluded.place,
                    excluded.fee, excluded.time_limit, excluded.legal_basis, excluded.aliases, excluded.origin, excluded.note,
                    excluded.explains, excluded.attachments, excluded.edited_by, excluded.reviewed_by, excluded.issued_by)
                where to_jsonb(policy) - '{version,updated_at,edited_by,reviewed_by,issued_by}'::text[]
                    is distinct from to_jsonb(excluded) - '{version,updated_at,edited_by,reviewed_by,issued_by}'::text[]
                returning id, version
                """, new { rows = PolicyJson.Write(rows) }, transaction, commandTimeout: 60, cancellationToken: ct)));
        }

        if (written.Count > 0)
            await ContentChanges.AnnounceAsync(connection, transaction, ct);
        return written;
    }

    /// <summary>Has the subscribers of its category told, once for each occasion.</summary>
    /// <param name="occasion">The version, or the day on which it lapsed.</param>
    public static Task TellAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, PolicyNews news, string occasion, CancellationToken ct) =>
        JobSql.EnqueueAsync(connection, transaction, new NewJob(
            PolicyNews.JobKind, $"{news.PolicyId}:{news.Change.ToString().ToLowerInvariant()}:{occasion}", JsonSerializer.Serialize(news), DateTimeOffset.UnixEpoch), ct);
}
