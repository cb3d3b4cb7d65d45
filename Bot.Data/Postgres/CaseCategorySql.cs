using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using Bot.Data.Cases;
using Npgsql;

namespace Bot.Data.Postgres;

internal static class CaseCategorySql
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // A newer release beside us may have brought kinds that we do not know, and we go on without them.
    private static readonly string[] s_known = [.. Enum.GetNames<CaseKind>().Select(name => name.ToLowerInvariant())];

    /// <param name="code">Null for all.</param>
    public static Task<List<CaseCategory>> ReadAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, string? code, CancellationToken ct) =>
        connection.ReadAsync(
            transaction,
            """
            select c.code, c.kind, c.name, c.department, d.name, c.accept_days, c.answer_days, c.answer_hours, c.questions::text, c.needs_approval,
                c.keywords, c.sort, c.active, c.version, c.overrides::text
            from case_category c left join department d on d.code = c.department
            where (@code::text is null or c.code = @code) and c.kind = any(@s_known)
            order by c.kind, c.sort, c.name
            """, new { code, s_known }, Read, ct);

    private static CaseCategory Read(DbDataReader row) => new()
    {
        Code = row.GetString(0), Kind = Enum.Parse<CaseKind>(row.GetString(1), ignoreCase: true), Name = row.GetString(2),
        Department = row.Text(3), DepartmentName = row.Text(4) ?? "",
        Term = new(row.GetInt16(5), row.GetInt16(6), row.IsDBNull(7) ? null : row.GetInt16(7)),
        Questions = JsonSerializer.Deserialize<ImmutableArray<CaseQuestion>>(row.GetString(8), Json),
        NeedsApproval = row.GetBoolean(9), Keywords = [.. row.GetFieldValue<string[]>(10)], Sort = row.GetInt16(11), Active = row.GetBoolean(12),
        Version = row.GetInt32(13), Overrides = JsonSerializer.Deserialize<ImmutableArray<CaseOverride>>(row.GetString(14), Json),
    };
}
