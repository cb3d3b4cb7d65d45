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
}
