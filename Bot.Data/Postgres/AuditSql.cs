using System.Text.Encodings.Web;
using System.Text.Json;
using Bot.Data.Audit;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>Writes an act in the transaction of what was done: both are there, or neither.</summary>
internal static class AuditSql
{
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task WriteAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, AuditAct act, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition(
            """
            insert into audit_entry (actor, act, subject_kind, subject, details)
            values (@Actor, @Act, @SubjectKind, @Subject, @details::json)
            """,
            new { act.Actor, act.Act, act.SubjectKind, act.Subject, details = JsonSerializer.Serialize(act.Details, s_json) },
            transaction, cancellationToken: ct));

    /// <summary>One statement and its act.</summary>
    /// <param name="sql">Returns as text what it was done to; nothing when nothing was done, and then there is no act.</param>
    /// <returns>Whether it was done.</returns>
    public static async Task<bool> ActAsync(NpgsqlDataSource db, string sql, object parameters, Func<string, AuditAct> act, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await connection.ExecuteScalarAsync<string?>(new CommandDefinition(sql, parameters, transaction, cancellationToken: ct)) is not { } subject)
            return false;
        await WriteAsync(connection, transaction, act(subject), ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
