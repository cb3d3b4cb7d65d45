using Bot.Data.Staff;
using Dapper;
using Npgsql;

namespace Bot.Data.Postgres;

internal sealed class PostgresStaff(NpgsqlDataSource db, TimeProvider clock) : IStaff
{
    private const string Columns = $"{StaffSql.Member}, d.name, s.active, s.demo, s.totp_secret is not null, s.version, s.created_at, s.last_sign_in_at";

    public async Task<StaffPage> ListAsync(StaffQuery query, CancellationToken ct)
    {
        var total = 0;
        var people = await db.ReadAsync(
            $"""
            select {Columns}, (count(*) over ())::int
            from staff s left join department d on d.code = s.department
            where (@text = '' or position(@text in s.name) > 0 or position(@text in s.display_name) > 0)
              and (@role::text is null or @role = any(s.roles))
              and (@department::text is null or s.department = @department)
              and (@active::boolean is null or s.active = @active)
            order by s.active desc, s.name
            limit @size offset @skip
            """,
            new
            {
                text = query.Text, role = query.Role?.Stored, department = query.Department, active = query.Active, size = query.Size,
                skip = (query.Page - 1) * query.Size,
            },
            row =>
            {
                total = row.GetInt32(12);
                return Read(row);
            }, ct);
        return new(people, total);
    }

    public async Task<StaffRecord?> FindAsync(long id, CancellationToken ct) => (await db.ReadAsync(
        $"select {Columns} from staff s left join department d on d.code = s.department where s.id = @id", new { id }, Read, ct)).SingleOrDefault();

    public async Task<IReadOnlyDictionary<string, string>> NamesAsync(CancellationToken ct) =>
        (await db.ReadAsync("select name, display_name from staff", new { }, row => (row.GetString(0), row.GetString(1)), ct)).ToDictionary();

    public async Task<StaffSaved> AddAsync(NewStaff person, string passwordHash, string actor, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            var id = await connection.ExecuteScalarAsync<long?>(new CommandDefinition(
                """
                insert into staff (name, display_name, password_hash, password_temporary, roles, department, demo)
                values (@Name, @DisplayName, @passwordHash, @temporary, @roles, @Department, @Demo)
                on conflict (name) do nothing
                returning id
                """,
                new { person.Name, person.DisplayName, passwordHash, temporary = !person.PasswordKept, roles = person.Roles.Stored(), person.Department, person.Demo },
                transaction, cancellationToken: ct));
            if (id is null)
                return StaffSaved.NameTaken;
            await AuditAsync(connection, transaction, actor, "staff.add", person.Name, person.Roles, person.Department, active: true, ct);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.ForeignKeyViolation)
        {
            return StaffSaved.UnknownDepartment;
        }

        await transaction.CommitAsync(ct);
        return StaffSaved.Saved;
    }

    // One change of people at a time: two administrators must not take each other's role away at the same moment.
    public async Task<StaffSaved> ChangeAsync(StaffChange change, int version, string actor, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            await connection.ExecuteAsync(new CommandDefinition("lock table staff in share row exclusive mode", transaction: transaction, cancellationToken: ct));
            var name = await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
                """
                update staff set display_name = @DisplayName, roles = @roles, department = @Department, active = @Active, version = version + 1
                where id = @Id and version = @version
                returning name
                """,
                new { change.Id, change.DisplayName, roles = change.Roles.Stored(), change.Department, change.Active, version }, transaction, cancellationToken: ct));
            if (name is null)
            {
                return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
                    "select exists (select 1 from staff where id = @Id)", new { change.Id }, transaction, cancellationToken: ct))
                    ? StaffSaved.ChangedMeanwhile : StaffSaved.Unknown;
            }

            if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
                "select exists (select 1 from staff where active and 'administrator' = any(roles))", transaction: transaction, cancellationToken: ct)))
                return StaffSaved.LastAdministrator;
            if (!change.Active)
                await EndSessionsAsync(connection, transaction, change.Id, null, ct);
            await AuditAsync(connection, transaction, actor, "staff.change", name, change.Roles, change.Department, change.Active, ct);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.ForeignKeyViolation)
        {
            return StaffSaved.UnknownDepartment;
        }

        await transaction.CommitAsync(ct);
        return StaffSaved.Saved;
    }

    public Task<bool> SetPasswordAsync(long id, string passwordHash, bool temporary, long? keep, string actor, CancellationToken ct) => SecretAsync(
        """
        with changed as (update staff set password_hash = @passwordHash, password_temporary = @temporary where id = @id returning name),
        forgiven as (update sign_in_try t set failures = 0 from changed c where t.name_hash = sha256(convert_to(c.name, 'UTF8')))
        select name from changed
        """, new { id, passwordHash, temporary }, temporary ? "staff.reset_password" : "staff.change_password", id, keep, actor, ct);

    public Task<bool> ResetSecondFactorAsync(long id, string actor, CancellationToken ct) => SecretAsync(
        "update staff set totp_secret = null, totp_last_step = 0, recovery_codes = '{}', oidc_subject = null where id = @id returning name",
        new { id }, "staff.reset_second_factor", id, null, actor, ct);

    private async Task<bool> SecretAsync(string sql, object parameters, string act, long id, long? keep, string actor, CancellationToken ct)
    {
        await using var connection = await db.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await connection.ExecuteScalarAsync<string?>(new CommandDefinition(sql, parameters, transaction, cancellationToken: ct)) is not { } name)
            return false;
        await EndSessionsAsync(connection, transaction, id, keep, ct);
        await AuditSql.WriteAsync(connection, transaction, new(actor, act, "staff", name), ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private Task<int> EndSessionsAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, long id, long? keep, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition(
            "update staff_session set ended_at = @now where staff = @id and ended_at is null and id is distinct from @keep",
            new { id, keep, now = clock.GetUtcNow().UtcDateTime }, transaction, cancellationToken: ct));

    private static Task AuditAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string actor, string act, string name, IReadOnlyList<StaffRole> roles, string? department,
        bool active, CancellationToken ct) => AuditSql.WriteAsync(connection, transaction, new(actor, act, "staff", name)
        {
            Details = new Dictionary<string, string?>
            {
                ["roles"] = string.Join(',', roles.Stored()), ["department"] = department, ["active"] = active ? "true" : "false",
            },
        }, ct);

    private static StaffRecord Read(System.Data.Common.DbDataReader row) => new(
        StaffSql.ReadMember(row), row.Text(5), row.GetBoolean(6), row.GetBoolean(7), row.GetBoolean(8), row.GetInt32(9),
        row.Time(10)!.Value, row.Time(11));
}
