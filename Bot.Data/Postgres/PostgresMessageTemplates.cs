using System.Data.Common;
using System.Text.Json;
using Bot.Data.Notices;
using Bot.Data.Staff;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresMessageTemplates(NpgsqlDataSource db, TimeProvider clock) : IMessageTemplates
{
    // A choice goes before a name.
    private const string Select =
        $"""
        with chosen as (
            select code, template, fields::text from message_template
            union all
            select t.code, t.id, '' from notice_template t where not exists (select from message_template m where m.code = t.code))
        select {PostgresNoticeTemplates.Columns}, c.code, c.fields from chosen c join notice_template t on t.id = c.template {PostgresNoticeTemplates.Latest}
        """;

    public async Task<IReadOnlyList<MessageTemplate>> AllAsync(CancellationToken ct) => await db.ReadAsync($"{Select} order by c.code", new { }, Read, ct);

    public async Task<MessageTemplate?> FindAsync(string code, CancellationToken ct) =>
        (await db.ReadAsync($"{Select} where c.code = @code", new { code }, Read, ct)).SingleOrDefault();

    public async Task<bool> SetAsync(string code, long template, IReadOnlyDictionary<string, string> fields, StaffMember by, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var row = new { code, template, fields = JsonSerializer.Serialize(fields), now = clock.GetUtcNow().UtcDateTime };
        if (await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into message_template (code, template, fields, changed_at)
            select @code, id, @fields::json, @now from notice_template where id = @template
            on conflict (code) do update set template = excluded.template, fields = excluded.fields, changed_at = excluded.changed_at
            """, row, transaction, cancellationToken: ct)) == 0)
            return false;
        await AuditSql.WriteAsync(connection, transaction, PostgresNoticeTemplates.Act(by.Name, "notice.template_use", template, code), ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private static MessageTemplate Read(DbDataReader row) => new(
        row.GetString(13), PostgresNoticeTemplates.Read(row),
        row.GetString(14) is { Length: > 0 } fields ? JsonSerializer.Deserialize<Dictionary<string, string>>(fields) ?? [] : []);
}
