using Bot.Data.Policies;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresPolicyQuestions(NpgsqlDataSource db) : IPolicyQuestions
{
    public async Task RecordAsync(IReadOnlyCollection<AskedQuestion> asked, IReadOnlyCollection<SettledQuestion> settled, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (asked.Count > 0)
            await KeepAsync(connection, transaction, asked, ct);
        var learnt = false;
        // One after the other: each is counted once, and only if it says more than what is known of its question.
        foreach (var one in settled.OrderBy(s => s.Key).ThenBy(s => s.At))
            learnt |= await SettleAsync(connection, transaction, one, ct);
        if (learnt)
            await PolicySql.AnnounceAsync(connection, transaction, ct);
        await transaction.CommitAsync(ct);
    }

    private static Task KeepAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyCollection<AskedQuestion> asked, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            with asked as (
                insert into policy_question (key, asked_at, question, normal, shown, outcome)
                select key, asked_at, question, normal, case shown when '' then '{}' else string_to_array(shown, ' ') end,
                    case shown when '' then 'missed' else 'shown' end
                from unnest(@keys, @times, @questions, @normals, @shown) as q (key, asked_at, question, normal, shown)
                on conflict (key) do nothing
                returning asked_at, question, normal, outcome
            )
            insert into policy_miss (normal, question, missed, first_at, last_at)
            select normal, max(question), count(*), min(asked_at), max(asked_at) from asked
            where outcome = 'missed'
            group by normal
            order by normal
            on conflict (normal) do update set
                missed = policy_miss.missed + excluded.missed, last_at = greatest(policy_miss.last_at, excluded.last_at),
                -- It was answered, and is not found all the same: that is for staff to see. What was set aside stays so.
                state = case policy_miss.state when 'answered' then 'open' else policy_miss.state end,
                policy_id = '', settled_by = case policy_miss.state when 'set-aside' then policy_miss.settled_by end,
                settled_at = case policy_miss.state when 'set-aside' then policy_miss.settled_at end
            """,
            new
            {
                keys = asked.Select(a => a.Key).ToArray(), times = asked.Select(a => a.At.UtcDateTime).ToArray(),
                questions = asked.Select(a => a.Question).ToArray(), normals = asked.Select(a => a.Normal).ToArray(),
                shown = asked.Select(a => string.Join(' ', a.Shown)).ToArray(),
            }, transaction, cancellationToken: ct));

    /// <returns>Whether a question has become a similar question just now, or ceased to be one.</returns>
    private static async Task<bool> SettleAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, SettledQuestion one, CancellationToken ct)
    {
        var outcome = one.Outcome.ToString().ToLowerInvariant();
        var question = await connection.QuerySingleOrDefaultAsync<(string Question, string Normal)?>(new CommandDefinition(
            """
            update policy_question set outcome = @outcome, confirmed = nullif(@PolicyId, '')
            where key = @Key and outcome <> @outcome
              and (case outcome when 'shown' then 0 when 'none' then 1 when 'picked' then 1 else 2 end)
                < (case @outcome when 'none' then 1 when 'picked' then 1 else 2 end)
              and (@PolicyId = '' or @PolicyId = any(shown))
            returning question, normal
            """, new { one.Key, one.PolicyId, outcome }, transaction, cancellationToken: ct));
        if (question is not { } known)
            return false;
        if (one.Outcome is QuestionOutcome.None or QuestionOutcome.Unhelpful)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                """
                insert into policy_miss (normal, question, refused, first_at, last_at) values (@Normal, @Question, 1, @at, @at)
                on conflict (normal) do update set refused = policy_miss.refused + 1, last_at = greatest(policy_miss.last_at, excluded.last_at)
                """, new { known.Normal, known.Question, at = one.At.UtcDateTime }, transaction, cancellationToken: ct));
        }

        return one.Outcome is not QuestionOutcome.None && await RememberAsync(connection, transaction, one, known, ct);
    }

    // A single pick may be a slip of the finger; two, or one citizen who says that it helped, are not.
    private static async Task<bool> RememberAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, SettledQuestion one, (string Question, string Normal) known, CancellationToken ct)
    {
        var (before, after) = await connection.QuerySingleAsync<(bool Before, bool After)>(new CommandDefinition(
            """
            with before as (
                select picks + 2 * helped - 2 * refused >= 2 as counts from policy_memory where policy_id = @PolicyId and normal = @Normal),
            after as (
                insert into policy_memory (policy_id, normal, question, picks, helped, refused, last_at)
                values (@PolicyId, @Normal, @Question, @picked, @helped, @refused, @at)
                on conflict (policy_id, normal) do update set picks = policy_memory.picks + excluded.picks,
                    helped = policy_memory.helped + excluded.helped, refused = policy_memory.refused + excluded.refused, last_at = excluded.last_at
                returning picks + 2 * helped - 2 * refused >= 2 as counts)
            select coalesce((select counts from before), false), (select counts from after)
            """,
            new
            {
                one.PolicyId, known.Normal, known.Question, at = one.At.UtcDateTime, picked = one.Outcome is QuestionOutcome.Picked ? 1 : 0,
                helped = one.Outcome is QuestionOutcome.Helped ? 1 : 0, refused = one.Outcome is QuestionOutcome.Unhelpful ? 1 : 0,
            }, transaction, cancellationToken: ct));
        return before != after;
    }

    public async Task<IReadOnlyList<SimilarQuestion>> MemoryAsync(int perDocument, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync<SimilarQuestion>(new CommandDefinition(
            """
            select policy_id, question, normal, picks, helped, refused
            from (
                select *, row_number() over (partition by policy_id order by picks + 2 * helped - 2 * refused desc, last_at desc, normal) as place
                from policy_memory
                where not dropped and picks + 2 * helped - 2 * refused >= 2) m
            where place <= @perDocument
            order by policy_id, place
            """, new { perDocument }, cancellationToken: ct));
        return rows.AsList();
    }

    public async Task<bool> DropAsync(string policyId, string normal, string actor, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await connection.ExecuteAsync(new CommandDefinition(
            "update policy_memory set dropped = true where policy_id = @policyId and normal = @normal and not dropped",
            new { policyId, normal }, transaction, cancellationToken: ct)) == 0)
            return false;
        await AuditSql.WriteAsync(connection, transaction, new(actor, "policy.drop_question", "policy", policyId), ct);
        await PolicySql.AnnounceAsync(connection, transaction, ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    public async Task ForgetAsync(DateTimeOffset before, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            delete from policy_question where asked_at < @before;
            delete from policy_waiting where since < now() - interval '90 days'
            """, new { before = before.UtcDateTime }, commandTimeout: 30, cancellationToken: ct));
    }
}
