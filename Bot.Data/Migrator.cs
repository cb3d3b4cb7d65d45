using System.Diagnostics;
using System.Reflection;
using Dapper;
using DbUp;
using DbUp.Engine;
using DbUp.Engine.Output;
using Npgsql;

namespace Bot.Data;

/// <summary>Brings the schema to the newest of <c>Migrations/NNNN_name.sql</c>, each once, in its own transaction.</summary>
/// <remarks>The journal is the table <c>schema_migration</c>.</remarks>
public sealed class Migrator(string connectionString)
{
    // "bot": one host migrates, the others wait for it.
    private const long LockKey = 0x626F74;

    private static readonly TimeSpan LockDeadline = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan ScriptDeadline = TimeSpan.FromMinutes(10);

    // Whoever waits for a lock has everybody else wait behind it: a script that does not get its own soon is rolled back, lets them pass, and comes again.
    private const string Patience = "set local lock_timeout = '2s';\n";

    private static readonly TimeSpan LetsPass = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LocksDeadline = TimeSpan.FromMinutes(10);

    internal static IReadOnlyList<string> Names { get; } = [.. Scripts().Select(script => script.Name)];

    /// <summary>The newest migration that this program knows, such as <c>0001_foundation</c>: a database that has it can be served.</summary>
    public static string Newest => Names[^1];

    /// <summary>Applies what is missing, after at most a minute's wait for another host that does so already; where others hold what a script changes, it waits for them ten minutes, and nobody long for it.</summary>
    /// <returns>The names applied here, oldest first; empty when the schema was up to date.</returns>
    /// <exception cref="OperatorException">Another host has been migrating for a minute; or a script failed and was rolled back, while those before it stay. The message names it.</exception>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken ct)
    {
        // Never from a pool: the lock lives as long as this session.
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, KeepAlive = 30 }.ConnectionString);
        await connection.OpenAsync(ct);
        await LockAsync(connection, ct);
        List<string> applied = [];
        var since = Stopwatch.StartNew();
        DatabaseUpgradeResult result;
        while (true)
        {
            result = await Task.Run(Upgrade, ct);
            applied.AddRange(result.Scripts.Select(script => script.Name));
            if (result.Error is not PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } || since.Elapsed > LocksDeadline)
                break;
            await Task.Delay(LetsPass, ct);
        }

        // The hosts' own account: another one changes the tables for them.
        if (result.Error is PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege })
            throw new OperatorException($"Migration {result.ErrorScript?.Name} needs the account that owns the tables: run `migrate` with it");
        return result.Successful
            ? applied
            : throw new OperatorException($"Migration {result.ErrorScript?.Name} failed: {result.Error.Message}", result.Error);
    }

    /// <returns>The newest migration applied; null for a database that has none.</returns>
    public async Task<string?> NewestAsync(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        var journal = await connection.ExecuteScalarAsync<string?>(
            new CommandDefinition("select to_regclass('schema_migration')::text", cancellationToken: ct));
        return journal is null
            ? null
            : await connection.ExecuteScalarAsync<string?>(
                new CommandDefinition("select max(scriptname) from schema_migration", cancellationToken: ct));
    }

    private static IReadOnlyList<SqlScript> Scripts()
    {
        const string folder = "Migrations/";
        var assembly = Assembly.GetExecutingAssembly();
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(resource => resource.StartsWith(folder, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(resource => new SqlScript(Path.GetFileNameWithoutExtension(resource), Read(assembly, resource))),
        ];
    }

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    // Asked again and again rather than waited for: a statement that waits in the server holds a snapshot, and migrations wait for old snapshots.
    private static async Task LockAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var since = Stopwatch.StartNew();
        while (!await connection.ExecuteScalarAsync<bool>(
            new CommandDefinition("select pg_try_advisory_lock(@LockKey)", new { LockKey }, cancellationToken: ct)))
        {
            if (since.Elapsed > LockDeadline)
                throw new OperatorException($"Another host has been migrating the database for {LockDeadline.TotalSeconds:0} s.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), ct);
        }
    }

    private DatabaseUpgradeResult Upgrade() =>
        DeployChanges.To.PostgresqlDatabase(connectionString)
            .WithScripts(Scripts().Select(script => new SqlScript(script.Name, Patience + script.Contents)))
            .JournalToPostgresqlTable("public", "schema_migration")
            .WithTransactionPerScript()
            .WithVariablesDisabled()                    // $…$ is a quotation in PostgreSQL
            .WithExecutionTimeout(ScriptDeadline)
            .LogTo(new NoOpUpgradeLog())                // the caller logs what was applied
            .Build()
            .PerformUpgrade();
}
