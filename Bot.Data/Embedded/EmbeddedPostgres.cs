using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Bot.Data.Embedded;

/// <summary>
/// A private PostgreSQL for demo mode and tests. Processes that name the same directory share one server: the first starts it, or takes over what
/// a killed one left running, and the last to be disposed stops it.
/// </summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    /// <summary>The database that the server is for.</summary>
    public const string Database = "bot";

    // Longer than a first start may take on a slow disk: whoever comes second waits for it.
    private static readonly TimeSpan ChangeDeadline = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(15);

    private readonly ClusterPlace place;
    private readonly ClusterLocks locks;
    private readonly Cluster cluster;
    private bool disposed;

    private EmbeddedPostgres(ClusterPlace place, ClusterLocks locks, Cluster cluster) =>
        (this.place, this.locks, this.cluster) = (place, locks, cluster);

    /// <summary>Leads to <see cref="Database"/>. Holds a password where the system has no sockets in closed folders (Windows).</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>False when the server ran already: another process uses it, or a killed one left it.</summary>
    public bool Started { get; private set; }

    /// <param name="directory">Keeps the data; made when absent. As root they may lie elsewhere, where PostgreSQL's account can reach them.</param>
    /// <param name="postgresBin">Setting <c>Embedded:PostgresBin</c>; null or empty looks around, see <see cref="PostgresBinaries"/>.</param>
    /// <param name="durable">False for tests: faster, and a power cut loses the data.</param>
    /// <exception cref="EmbeddedPostgresException">It cannot serve; the message is for the operator.</exception>
    public static Task<EmbeddedPostgres> StartAsync(
        string directory, string? postgresBin = null, bool durable = true, CancellationToken ct = default) =>
        StartAsync(directory, postgresBin, durable, loopback: OperatingSystem.IsWindows(), ClusterAccount.Needed, ct);

    internal static async Task<EmbeddedPostgres> StartAsync(
        string directory, string? postgresBin, bool durable, bool loopback, string? account, CancellationToken ct)
    {
        try
        {
            var place = await ClusterPlace.PrepareAsync(directory, account, ct);
            var locks = new ClusterLocks(place.Directory);
            using var change = await locks.ChangeAsync(ChangeDeadline, ct);
            var binaries = await PostgresBinaries.FindAsync(postgresBin, cacheDirectory: null, MajorOf(place.Data), account, ct);
            var postgres = new EmbeddedPostgres(place, locks, new Cluster(place, binaries, durable));
            locks.Join();
            try
            {
                await postgres.RunAsync(loopback, ct);
                return postgres;
            }
            catch
            {
                if (locks.Leave())
                    await postgres.cluster.StopAsync(CancellationToken.None);
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NpgsqlException)
        {
            throw new EmbeddedPostgresException($"PostgreSQL cannot serve from {directory}: {e.Message.TrimEnd('.')}.", e);
        }
    }

    /// <summary>Stops the server, unless another process uses it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
            return;
        disposed = true;
        using var change = await locks.ChangeAsync(ChangeDeadline, CancellationToken.None);
        if (locks.Leave())
            await cluster.StopAsync(CancellationToken.None);
    }

    private async Task RunAsync(bool loopback, CancellationToken ct)
    {
        if (ServerFile.ReadLive(place.Data) is null || !await AnswersAsync(ct))
        {
            await cluster.InitialiseAsync(loopback, ct);
            await cluster.StartAsync(ct);
            Started = true;
            if (!await AnswersAsync(ct))
                throw new EmbeddedPostgresException($"PostgreSQL ended right after its start: see {place.Log}.");
        }
    }

    /// <returns>False when the server has gone, or hung and was killed: it is to be started.</returns>
    private async Task<bool> AnswersAsync(CancellationToken ct)
    {
        var since = Stopwatch.StartNew();
        while (ServerFile.ReadLive(place.Data) is { } server)
        {
            try
            {
                await EnsureDatabaseAsync(server, ct);
                ConnectionString = ConnectionTo(server, Database);
                return true;
            }
            catch (NpgsqlException) when (since.Elapsed < AnswerDeadline)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), ct);        // still starting, or already stopping
            }
            catch (NpgsqlException e)
            {
                var alone = locks.Leave();
                locks.Join();
                if (!alone)
                    throw new EmbeddedPostgresException($"PostgreSQL in {place.Home}, which another process uses, does not answer: {e.Message}.", e);
                await cluster.StopAsync(ct);
            }
        }

        return false;
    }

    private async Task EnsureDatabaseAsync(ServerFile server, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(ConnectionTo(server, "postgres") + ";Pooling=false;Timeout=5");
        await connection.OpenAsync(ct);
        await using var find = new NpgsqlCommand($"select 1 from pg_database where datname = '{Database}'", connection);
        if (await find.ExecuteScalarAsync(ct) is not null)
            return;
        await using var create = new NpgsqlCommand($"create database {Database}", connection);
        await create.ExecuteNonQueryAsync(ct);
    }

    private string ConnectionTo(ServerFile server, string database) => new NpgsqlConnectionStringBuilder
    {
        Host = server.SocketFolder is { Length: > 0 } socket ? socket : "127.0.0.1",
        Port = server.Port,
        Username = Cluster.Superuser,
        Password = server.SocketFolder.Length == 0 ? File.ReadAllText(place.Password) : null,
        Database = database,
        SslMode = SslMode.Disable,                      // it never leaves the machine
        GssEncryptionMode = GssEncryptionMode.Disable,
    }.ConnectionString;

    private static int? MajorOf(string data) =>
        Path.Combine(data, "PG_VERSION") is var file && File.Exists(file)
            ? int.Parse(File.ReadAllText(file).Trim(), CultureInfo.InvariantCulture)
            : null;
}
