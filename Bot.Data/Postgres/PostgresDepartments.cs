using Bot.Data.Staff;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresDepartments(NpgsqlDataSource db) : IDepartments
{
    public async Task<IReadOnlyList<Department>> ListAsync(CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        return (await connection.QueryAsync<Department>(new CommandDefinition(
            "select code, name, parent, phone, active from department order by active desc, name", cancellationToken: ct))).AsList();
    }

    public Task<DepartmentSaved> AddAsync(Department department, StaffMember actor, CancellationToken ct) => SaveAsync(
        """
        insert into department (code, name, parent, phone, active)
        values (@Code, @Name, @Parent, @Phone, @Active)
        """, "department.add", department, actor, ct);

    // A ring of parents would send whoever walks up it round for ever. Saves are rare: one at a time, so that two cannot close a ring together.
    public Task<DepartmentSaved> ChangeAsync(Department department, StaffMember actor, CancellationToken ct) => SaveAsync(
        """
        with recursive above (code) as (
            select @Parent::text
            union
            select d.parent from department d join above a on d.code = a.code)
        update department set name = @Name, parent = @Parent, phone = @Phone, active = @Active
        where code = @Code and not exists (select 1 from above where code = @Code)
        """, "department.change", department, actor, ct);

    private async Task<DepartmentSaved> SaveAsync(string sql, string act, Department department, StaffMember actor, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            await connection.ExecuteAsync(new CommandDefinition("lock table department in share row exclusive mode", transaction: transaction, cancellationToken: ct));
            if (await connection.ExecuteAsync(new CommandDefinition(sql, department, transaction, cancellationToken: ct)) == 0)
            {
                return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
                    "select exists (select 1 from department where code = @Code)", department, transaction, cancellationToken: ct))
                    ? DepartmentSaved.WrongParent : DepartmentSaved.Unknown;
            }
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UniqueViolation)
        {
            return e.ConstraintName == "department_name_unique" ? DepartmentSaved.NameTaken : DepartmentSaved.CodeTaken;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.ForeignKeyViolation || e.ConstraintName == "department_not_its_own_parent")
        {
            return DepartmentSaved.WrongParent;
        }

        await AuditSql.WriteAsync(connection, transaction, new(actor.Name, act, "department", department.Code)
        {
            Details = new Dictionary<string, string?>
            {
                ["name"] = department.Name, ["parent"] = department.Parent, ["active"] = department.Active ? "true" : "false",
            },
        }, ct);
        await transaction.CommitAsync(ct);
        return DepartmentSaved.Saved;
    }
}
