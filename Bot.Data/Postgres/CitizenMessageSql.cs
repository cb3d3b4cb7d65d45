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
    public static async Task AddAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, NewCitizenMessage message, CancellationToken ct)
    {
        var added = await connection.QuerySingleOrDefaultAsync<(long Id, DateTime Now)?>(new CommandDefinition(
            """
            insert into citizen_message (key, openid, words, template, data, url, expires_at, notice_choices, promised)
            values (@Key, @to, @Words, @Template, @data::json, @Url, @expiresAt, @choices, @Promised)
            on conflict (key) do nothing
            returning id, now()
            """,
            new
            {
                message.Key, to = message.To.Value, message.Words, message.Template, data = JsonSerializer.Serialize(message.Data), message.Url,
                expiresAt = message.ExpiresAt?.UtcDateTime, choices = message.NoticeChoices.ToArray(), message.Promised,
            }, transaction, cancellationToken: ct));
        if (added is { } row)
        {
            var id = row.Id.ToString(CultureInfo.InvariantCulture);
            await JobSql.EnqueueAsync(connection, transaction, new NewJob(ICitizenMessages.JobKind, id, id, message.DueAt ?? DateTimeOffset.UnixEpoch), ct);
        }
    }

    /// <summary>Calls off what was not told yet.</summary>
    public static Task CancelAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, string key, CancellationToken ct) =>
        CancelAsync(connection, transaction, [key], ct);

    /// <inheritdoc cref="CancelAsync(NpgsqlConnection, NpgsqlTransaction?, string, CancellationToken)"/>
    public static Task CancelAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, IReadOnlyCollection<string> keys, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition(
            "update citizen_message set status = 'cancelled' where key = any(@keys) and status = 'waiting'", new { keys = keys.ToArray() }, transaction, cancellationToken: ct));
}
