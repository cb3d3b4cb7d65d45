using System.Diagnostics;
using Bot.Data.Embedded;
using Bot.Tests.Infrastructure;
using Dapper;
using NUnit.Framework;
using Npgsql;

namespace Bot.Tests.Data.Embedded;

[NonParallelizable]
public sealed class EmbeddedPostgresTests
{
    private string directory = "";

    [SetUp]
    public void ChooseDirectory() => directory = Path.Combine(TestServers.Folder, Guid.NewGuid().ToString("N")[..8]);

    [Test]
    public async Task Keeps_its_data_when_it_is_stopped_and_started()
    {
        await using (var first = await StartAsync())
            await ExecuteAsync(first, "create table kept as select 7 as value");

        await using var second = await StartAsync();

        Assert.That(await AskAsync<int>(second, "select value from kept"), Is.EqualTo(7));
    }

    [Test]
    public async Task Stops_the_server_and_leaves_no_socket()
    {
        string connection;
        await using (var server = await StartAsync())
            connection = server.ConnectionString;

        Assert.That(ServerFile.ReadLive(Path.Combine(directory, "data")), Is.Null);
        Assert.ThrowsAsync<NpgsqlException>(async () => await new NpgsqlConnection(connection + ";Pooling=false").OpenAsync());
    }

    [Test]
    public async Task Is_stopped_by_the_last_who_uses_it_whoever_started_it()
    {
        var first = await StartAsync();
        var second = await StartAsync();
        Assert.That((first.Started, second.Started), Is.EqualTo((true, false)));

        await first.DisposeAsync();
        Assert.That(await AskAsync<int>(second, "select 1"), Is.EqualTo(1));

        await second.DisposeAsync();
        Assert.That(ServerFile.ReadLive(Path.Combine(directory, "data")), Is.Null);
    }

    [Test]
    public async Task Starts_one_server_for_all_who_come_at_once()
    {
        var servers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => StartAsync()));

        Assert.That(servers.Count(s => s.Started), Is.EqualTo(1));
        Assert.That(servers.Select(s => s.ConnectionString).Distinct().Count(), Is.EqualTo(1));
        foreach (var server in servers)
            await server.DisposeAsync();
    }

    [Test]
    public async Task Takes_over_what_a_killed_process_left_running()
    {
        using var owner = await ClusterOwner.StartAsync(directory);
        owner.Kill();
        Assert.That(ServerFile.ReadLive(Path.Combine(directory, "data")), Is.Not.Null, "the orphan should run on");

        await using (var heir = await StartAsync())
        {
            Assert.That(heir.Started, Is.False);
            Assert.That(await AskAsync<int>(heir, "select 1"), Is.EqualTo(1));
        }

        Assert.That(ServerFile.ReadLive(Path.Combine(directory, "data")), Is.Null);
    }

    [Test]
    public async Task Leaves_the_server_to_another_process_that_uses_it()
    {
        using var owner = await ClusterOwner.StartAsync(directory);

        await using (var guest = await StartAsync())
            Assert.That(guest.Started, Is.False);

        Assert.That(ServerFile.ReadLive(Path.Combine(directory, "data")), Is.Not.Null);
        owner.Kill();
        await (await StartAsync()).DisposeAsync();
    }

    [Test]
    public async Task Starts_again_after_the_server_itself_was_killed()
    {
        await using (var first = await StartAsync())
        {
            // Two statements: tests run without waiting for the disk, and one alone would be checkpointed before it is committed.
            await ExecuteAsync(first, "create table kept as select 7 as value");
            await ExecuteAsync(first, "checkpoint ;");         // one word alone would be called as a procedure
            ServerFile.ReadLive(Path.Combine(directory, "data"))!.Kill();
        }

        await using var second = await StartAsync();

        Assert.That(await AskAsync<int>(second, "select value from kept"), Is.EqualTo(7));
    }

    [Test]
    public async Task Starts_although_a_stranger_has_the_pid_of_the_server_that_died()
    {
        string stale;
        var pidFile = Path.Combine(directory, "data", "postmaster.pid");
        await using (await StartAsync())
            stale = await File.ReadAllTextAsync(pidFile);
        // PostgreSQL overlooks strangers of other accounts, so this one has its own.
        var stranger = new ProcessStartInfo("sleep", "600");
        if (ClusterAccount.Needed is not null)
            stranger.UserName = ClusterAccount.Needed;
        using var sleeper = Process.Start(stranger)!;
        TestServers.Reaper.Watch(sleeper.Id);
        try
        {
            await File.WriteAllTextAsync(pidFile, $"{sleeper.Id}{stale[stale.IndexOf('\n', StringComparison.Ordinal)..]}");
            if (ClusterAccount.Needed is { } account)
                await ClusterAccount.GiveAsync(pidFile, account, CancellationToken.None);

            await using var server = await StartAsync();

            Assert.That(server.Started, Is.True);
        }
        finally
        {
            sleeper.Kill();
        }
    }

    [Test]
    public async Task Makes_anew_what_was_cut_short()
    {
        var half = Directory.CreateDirectory(Path.Combine(directory, "data.new-0123"));
        await File.WriteAllTextAsync(Path.Combine(half.FullName, "PG_VERSION"), "15");

        await using var server = await StartAsync();

        Assert.That(await AskAsync<int>(server, "select 1"), Is.EqualTo(1));
        Assert.That(Directory.Exists(half.FullName), Is.False);
    }

    [Test]
    public async Task Finds_a_short_place_for_the_socket_of_a_long_path()
    {
        directory = Path.Combine(directory, new string('长', 30), "it's a $(folder)");

        string socket;
        await using (var server = await StartAsync())
        {
            socket = new NpgsqlConnectionStringBuilder(server.ConnectionString).Host!;
            Assert.That(socket, Does.Not.StartWith(directory));
            Assert.That(await AskAsync<int>(server, "select 1"), Is.EqualTo(1));
            if (!OperatingSystem.IsWindows())
                Assert.That(File.GetUnixFileMode(socket) & (UnixFileMode.GroupExecute | UnixFileMode.OtherExecute), Is.EqualTo(UnixFileMode.None));
        }

        Assert.That(Directory.Exists(socket), Is.False);
    }

    [Test]
    public async Task Asks_for_a_password_where_it_listens_on_a_port()
    {
        await using var server = await EmbeddedPostgres.StartAsync(
            directory, postgresBin: null, durable: false, loopback: true, ClusterAccount.Needed, CancellationToken.None);
        var settings = new NpgsqlConnectionStringBuilder(server.ConnectionString);
        Assert.That(settings.Host, Is.EqualTo("127.0.0.1"));
        Assert.That(await AskAsync<int>(server, "select 1"), Is.EqualTo(1));

        settings.Password = "guessed";
        settings.Pooling = false;
        var refused = Assert.ThrowsAsync<PostgresException>(async () => await new NpgsqlConnection(settings.ConnectionString).OpenAsync());
        Assert.That(refused.SqlState, Is.EqualTo(PostgresErrorCodes.InvalidPassword));
    }

    [Test]
    public async Task Gives_a_Unicode_database_that_survives_a_power_cut()
    {
        await using var server = await EmbeddedPostgres.StartAsync(directory);

        Assert.That(await AskAsync<string>(server, "show server_encoding"), Is.EqualTo("UTF8"));
        Assert.That(await AskAsync<string>(server, "show fsync"), Is.EqualTo("on"));
        Assert.That(await AskAsync<string>(server, "select current_database()::text"), Is.EqualTo("bot"));
    }

    [Test]
    public void Says_in_one_sentence_what_is_wrong_with_a_configured_path()
    {
        var refused = Assert.ThrowsAsync<EmbeddedPostgresException>(
            () => EmbeddedPostgres.StartAsync(directory, postgresBin: TestServers.Folder));

        Assert.That(refused.Message, Does.StartWith($"Embedded:PostgresBin is {TestServers.Folder}, which does not hold"));
    }

    [Test]
    public void Says_in_one_sentence_that_it_cannot_write_to_the_directory()
    {
        File.WriteAllText(directory, "a file where a folder should be");

        var refused = Assert.ThrowsAsync<EmbeddedPostgresException>(() => StartAsync());

        Assert.That(refused.Message, Does.StartWith($"PostgreSQL cannot serve from {directory}: "));
    }

    [Test]
    public async Task Says_which_version_made_the_data_when_it_is_not_here()
    {
        await (await StartAsync()).DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(directory, "data", "PG_VERSION"), "11\n");

        var refused = Assert.ThrowsAsync<EmbeddedPostgresException>(() => StartAsync());

        Assert.That(refused.Message, Does.StartWith("The data was made by PostgreSQL 11, but only "));
    }

    private Task<EmbeddedPostgres> StartAsync() => EmbeddedPostgres.StartAsync(directory, durable: false);

    private static async Task<T?> AskAsync<T>(EmbeddedPostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        return await connection.ExecuteScalarAsync<T>(sql);
    }

    private static async Task ExecuteAsync(EmbeddedPostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await connection.ExecuteAsync(sql);
    }
}
