using System.Text.Json;
using Bot.Data.Cases;
using Bot.Data.Staff;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresCaseCategories(NpgsqlDataSource db) : ICaseCategories
{
    public async Task<IReadOnlyList<CaseCategory>> AllAsync(CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        return await CaseCategorySql.ReadAsync(connection, null, null, ct);
    }

    public async Task<IReadOnlyDictionary<string, string>> DepartmentsAsync(CancellationToken ct) =>
        (await db.ReadAsync("select code, name from department", new { }, row => (row.GetString(0), row.GetString(1)), ct)).ToDictionary();

    public async Task<bool> SaveAsync(CaseCategory category, StaffMember actor, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            var saved = await connection.ExecuteAsync(new CommandDefinition(
                category.Version == 0
                    ? """
                      insert into case_category (code, kind, name, department, accept_days, answer_days, answer_hours, questions, needs_approval, keywords, sort, active, overrides)
                      values (@Code, @kind, @Name, @Department, @AcceptDays, @AnswerDays, @AnswerHours, @questions::json, @NeedsApproval, @keywords, @Sort, @Active,
                          @overrides::json)
                      """
                    : """
                      update case_category set name = @Name, department = @Department, accept_days = @AcceptDays, answer_days = @AnswerDays,
                          answer_hours = @AnswerHours, questions = @questions::json, needs_approval = @NeedsApproval, keywords = @keywords, sort = @Sort,
                          active = @Active, overrides = @overrides::json, version = version + 1
                      where code = @Code and version = @Version
                      """, Parameters(category), transaction, cancellationToken: ct));
            if (saved == 0)
                return false;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation)
        {
            return false;
        }

        await AuditSql.WriteAsync(connection, transaction, new(actor.Name, "case_category.save", "case_category", category.Code)
        {
            Details = new Dictionary<string, string?> { ["name"] = category.Name, ["department"] = category.Department, ["active"] = category.Active ? "true" : "false" },
        }, ct);
        await ContentChanges.AnnounceAsync(connection, transaction, ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    // Departments are found by name, and made where they are missing.
    public async Task ImportAsync(IReadOnlyCollection<CaseCategory> categories, IReadOnlyCollection<CasePhrase> phrases, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        foreach (var category in categories)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                "insert into department (code, name) select @Department, @DepartmentName where @Department <> '' on conflict do nothing",
                new { Department = category.Department ?? "", category.DepartmentName }, transaction, cancellationToken: ct));
            await connection.ExecuteAsync(new CommandDefinition(
                """
                insert into case_category (code, kind, name, department, accept_days, answer_days, answer_hours, questions, needs_approval, keywords, sort, active)
                values (@Code, @kind, @Name, (select code from department where name = @DepartmentName), @AcceptDays, @AnswerDays, @AnswerHours,
                    @questions::json, @NeedsApproval, @keywords, @Sort, @Active)
                on conflict do nothing
                """, Parameters(category), transaction, cancellationToken: ct));
        }

        foreach (var phrase in phrases)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                "insert into case_phrase (act, name, words) values (@Act, @Name, @Words) on conflict do nothing", phrase, transaction, cancellationToken: ct));
        }

        await ContentChanges.AnnounceAsync(connection, transaction, ct);
        await transaction.CommitAsync(ct);
    }

    private static object Parameters(CaseCategory c) => new
    {
        c.Code, kind = c.Kind.Stored, c.Name, c.Department, c.DepartmentName, c.Term.AcceptDays, c.Term.AnswerDays, c.Term.AnswerHours,
        questions = JsonSerializer.Serialize(c.Questions, CaseCategorySql.Json), overrides = JsonSerializer.Serialize(c.Overrides, CaseCategorySql.Json), c.NeedsApproval, keywords = c.Keywords.ToArray(), c.Sort, c.Active, c.Version,
    };
}
