using Dapper;
using Npgsql;

namespace Bot.Data;

/// <summary>The account of the hosts, apart from the one that owns the tables: it can neither change them nor rewrite the audit log.</summary>
/// <remarks>An administrator makes it; what it may do stands in <c>deploy/roles.sql</c>.</remarks>
public sealed class HostRole(string connectionString)
{
    public const string Name = "bot_host";

    // "role": several hosts' migrations may end at the same moment.
    private const long LockKey = 0x726F6C65;

    /// <summary>Gives it its rights, also those to the tables of this release.</summary>
    /// <returns>False when there is no such account, or we do not own the tables.</returns>
    public async Task<bool> GrantAsync(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition("select pg_advisory_xact_lock(@LockKey)", new { LockKey }, transaction, cancellationToken: ct));
        if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            """
            select exists (select from pg_roles where rolname = @Name) and current_user <> @Name
                and pg_has_role((select relowner from pg_class where oid = 'audit_entry'::regclass), 'usage')
            """, new { Name }, transaction, cancellationToken: ct)))
            return false;
        using var rights = new StreamReader(typeof(HostRole).Assembly.GetManifestResourceStream("roles.sql")!);
        await connection.ExecuteAsync(new CommandDefinition(await rights.ReadToEndAsync(ct), transaction: transaction, cancellationToken: ct));
        await transaction.CommitAsync(ct);
        return true;
    }
}
