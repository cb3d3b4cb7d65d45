using System.Globalization;
using System.Text.Json;
using Bot.Data.Jobs;
using Bot.Data.Messages;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>For stores whose acts are told to citizens: in the act's own transaction.</summary>
internal static class CitizenMessageSql
{
    /// <summary>Adds it and the job that sends it; a key that is known already adds nothing.</summary>
    public static Task AddAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, NewCitizenMessage message, CancellationToken ct) =>
        AddAsync(connection, transaction, [message], ct);

    /// <inheritdoc cref="AddAsync(NpgsqlConnection, NpgsqlTransaction?, NewCitizenMessage, CancellationToken)"/>
    public static async Task AddAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, IReadOnlyCollection<NewCitizenMessage> messages, CancellationToken ct)
    {
        if (messages.Count == 0)
            return;
        var added = await connection.ReadAsync(transaction,
            """
            insert into citizen_message (key, openid, words, template, data, url, expires_at, notice_choices, promised)
            select key, openid, words, template, data::json, url, expires_at, array(select json_array_elements_text(choices::json)), promised
            from unnest(@keys, @openids, @words, @templates, @data, @urls, @ends::timestamptz[], @choices, @promised) with ordinality
                m (key, openid, words, template, data, url, expires_at, choices, promised, i)
            order by i
            on conflict (key) do nothing
            returning id, key
            """,
            new
            {
                keys = messages.Select(m => m.Key).ToArray(), openids = messages.Select(m => m.To.Value).ToArray(), words = messages.Select(m => m.Words).ToArray(),
                templates = messages.Select(m => m.Template).ToArray(), data = messages.Select(m => JsonSerializer.Serialize(m.Data)).ToArray(),
                urls = messages.Select(m => m.Url).ToArray(), ends = messages.Select(m => m.ExpiresAt?.UtcDateTime).ToArray(),
                choices = messages.Select(m => JsonSerializer.Serialize(m.NoticeChoices)).ToArray(), promised = messages.Select(m => m.Promised).ToArray(),
            }, r => (Id: r.GetInt64(0).ToString(CultureInfo.InvariantCulture), Key: r.GetString(1)), ct);
        var dues = messages.ToDictionary(m => m.Key, m => m.DueAt ?? DateTimeOffset.UnixEpoch);
        await JobSql.EnqueueAsync(connection, transaction, [.. added.Select(a => new NewJob(ICitizenMessages.JobKind, a.Id, a.Id, dues[a.Key]))], ct);
    }

    /// <summary>Calls off what was not told yet.</summary>
    public static Task CancelAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, string key, CancellationToken ct) =>
        CancelAsync(connection, transaction, [key], ct);

    /// <inheritdoc cref="CancelAsync(NpgsqlConnection, NpgsqlTransaction?, string, CancellationToken)"/>
    public static Task CancelAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, IReadOnlyCollection<string> keys, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition(
            "update citizen_message set status = 'cancelled' where key = any(@keys) and status = 'waiting'", new { keys = keys.ToArray() }, transaction, cancellationToken: ct));
}
