using System.Text.Json;
using Bot.Data.Jobs;
using Bot.Data.Messages;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>A message to a citizen with a numbered list in it: what its numbers mean follows the message to the citizen's session.</summary>
internal static class PromptSql
{
    /// <param name="choices">The commands behind 1, 2, 3….</param>
    public static Task AddAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, NewCitizenMessage message, IReadOnlyList<string> choices, CancellationToken ct) =>
        AddAsync(connection, transaction, [(message, choices)], ct);

    /// <inheritdoc cref="AddAsync(NpgsqlConnection, NpgsqlTransaction, NewCitizenMessage, IReadOnlyList{string}, CancellationToken)"/>
    public static async Task AddAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyCollection<(NewCitizenMessage Message, IReadOnlyList<string> Choices)> prompts, CancellationToken ct)
    {
        await CitizenMessageSql.AddAsync(connection, transaction, [.. prompts.Select(p => p.Message)], ct);
        await JobSql.EnqueueAsync(connection, transaction, [.. prompts.Where(p => p.Choices.Count > 0).Select(p => new NewJob(
            IPrompts.JobKind, p.Message.Key, JsonSerializer.Serialize(p.Choices), p.Message.DueAt ?? DateTimeOffset.UnixEpoch))], ct);
    }
}

internal sealed class PostgresPrompts(NpgsqlDataSource db, TimeProvider clock) : IPrompts
{
    public async Task AddAsync(NewCitizenMessage message, IReadOnlyList<string> choices, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await PromptSql.AddAsync(connection, transaction, message, choices, ct);
        await transaction.CommitAsync(ct);
    }

    public async Task<PromptScreen?> OnAsync(string key, CancellationToken ct) => (await db.ReadAsync(
        """
        select m.openid,
            case when m.status in ('sent', 'granted') then coalesce(m.told_at, m.created_at) when m.status = 'noticed' and r.status in ('sent', 'delivered') then coalesce(r.sent_at, m.told_at) end,
            coalesce(m.told_at, m.created_at), case when m.status in ('noticed', 'granting', 'granted') then m.notice_choices end
        from citizen_message m
        left join notice n on n.public_id = m.notice_id
        left join notice_recipient r on r.notice_id = n.id and m.status = 'noticed'
        where m.key = @key and m.openid <> '' and (m.expires_at is null or m.expires_at > @now)
          and (m.status in ('waiting', 'sending', 'sent') or m.status in ('noticed', 'granting', 'granted') and m.notice_choices <> '{}')
        """, new { key, now = clock.GetUtcNow().UtcDateTime },
        r => new PromptScreen(new(r.GetString(0)), r.Time(1), r.Time(2)!.Value, r.IsDBNull(3) ? null : r.GetFieldValue<string[]>(3)), ct)).SingleOrDefault();
}
