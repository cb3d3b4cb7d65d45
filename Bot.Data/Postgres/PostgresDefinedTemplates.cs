using Bot.Data.Notices;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>Templates written down by hand.</summary>
internal sealed class PostgresDefinedTemplates(NpgsqlDataSource db)
{
    public async Task<TemplateDefinition> DefineAsync(DefinedTemplate template, string by, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            var id = await connection.ExecuteScalarAsync<long?>(new CommandDefinition(
                """
                with kept as (
                    insert into notice_template as t (code, template_id, version, defined) values (@Code, @TemplateId, 1, true)
                    on conflict (template_id) do update set code = excluded.code, version = t.version + 1, active = true where t.defined
                    returning id, version)
                insert into notice_template_version (template, version, title, content) select id, version, @Title, @Content from kept returning template
                """, template, transaction, cancellationToken: ct));
            if (id is null)
                return TemplateDefinition.Synced;
            await AuditSql.WriteAsync(connection, transaction, PostgresNoticeTemplates.Act(by, "notice.template_define", id.Value, template.Code), ct);
            await transaction.CommitAsync(ct);
            return TemplateDefinition.Kept;
        }
        catch (PostgresException e) when (e.ConstraintName is "notice_template_code_unique" or "notice_template_code_plain")
        {
            return TemplateDefinition.BadCode;
        }
    }

    public async Task<bool> RetireAsync(long id, string by, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await connection.ExecuteScalarAsync<string>(new CommandDefinition(
            "update notice_template set active = false where id = @id and defined and active returning code", new { id }, transaction, cancellationToken: ct)) is not { } code)
            return false;
        await AuditSql.WriteAsync(connection, transaction, PostgresNoticeTemplates.Act(by, "notice.template_retire", id, code), ct);
        await transaction.CommitAsync(ct);
        return true;
    }
}
