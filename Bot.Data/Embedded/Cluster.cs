using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Bot.Data.Embedded;

/// <summary>A cluster's life with PostgreSQL's own programs: made once, started, stopped. Its callers hold the change lock.</summary>
/// <param name="durable">False risks the data at a power cut, for tests.</param>
internal sealed partial class Cluster(ClusterPlace place, PostgresBinaries binaries, bool durable)
{
    public const string Superuser = "bot";

    private static readonly TimeSpan InitdbDeadline = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan BackendsDeadline = TimeSpan.FromSeconds(10);

    // Seconds, as pg_ctl takes them. After a power cut the server replays its log before it answers.
    private const int StartSeconds = 60;
    private const int FastSeconds = 10;
    private const int ImmediateSeconds = 5;

    /// <summary>Makes the data unless they are there. A run that was cut short leaves nothing that counts.</summary>
    /// <param name="loopback">Listen on a loopback port with a password instead of a socket in a closed folder.</param>
    public async Task InitialiseAsync(bool loopback, CancellationToken ct)
    {
        if (Directory.Exists(place.Data))
            return;
        foreach (var half in Directory.EnumerateDirectories(place.Home, "data.new-*"))
            Directory.Delete(half, recursive: true);
        File.Delete(place.Password);

        // A new name each time: the initdb of a killed Host may still be writing to the old one.
        var name = $"data.new-{Guid.NewGuid():N}";
        string[] safety = durable ? [] : ["--no-sync"];
        string[] access = ["--auth-local=trust", "--auth-host=reject"];
        if (loopback)
        {
            await File.WriteAllTextAsync(place.Password, RandomNumberGenerator.GetHexString(32), ct);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(place.Password, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            if (place.Account is not null)
                await ClusterAccount.GiveAsync(place.Password, place.Account, ct);
            access = ["--auth-local=reject", "--auth-host=scram-sha-256", "--pwfile=password"];
        }

        var made = await PostgresProgram.RunAsync(
            binaries.Initdb,
            [
                "-D", name, "--username=" + Superuser, "--encoding=UTF8", .. access, .. safety,
                // Only Linux has it everywhere; it knows letters beyond ASCII, and sorts the same on every machine.
                "--locale=" + (OperatingSystem.IsLinux() ? "C.UTF-8" : "C"),
            ],
            place.Home, place.Account, InitdbDeadline, ct);
        if (!made.Succeeded)
            throw new EmbeddedPostgresException($"PostgreSQL could not create its data in {place.Home}: {Reason(made.Output)}.");
        Directory.Move(Path.Combine(place.Home, name), place.Data);
    }

    /// <summary>Starts the server in a process group of its own (pg_ctl sees to that), so that Ctrl-C reaches the Host and not the server.</summary>
    public async Task StartAsync(CancellationToken ct)
    {
        ServerFile.DisownDead(place.Data);
        File.Delete(place.Log);
        var listen = File.Exists(place.Password)
            ? $"-c unix_socket_directories= -c listen_addresses=127.0.0.1 -p {LoopbackPort.Free()}"
            : $"-k {await place.SocketFolderAsync(ct)} -c unix_socket_permissions=0700 -c listen_addresses= -p {ClusterPlace.SocketPort}";
        var safety = durable ? "" : " -c fsync=off -c synchronous_commit=off -c full_page_writes=off";
        // Terse: the detail of a broken constraint is a citizen's row.
        var settings = $"{listen}{safety} -c max_connections=200 -c log_error_verbosity=terse -c log_checkpoints=off";
        var since = Stopwatch.StartNew();
        while (await PgCtlAsync(StartSeconds, ct, "start", "-l", "server.log", "-o", settings) is { Succeeded: false } failed)
        {
            var log = File.Exists(place.Log) ? await File.ReadAllTextAsync(place.Log, ct) : failed.Output;
            // The backends of a server that was killed end by themselves, a moment after it.
            if (!log.Contains("pre-existing shared memory block", StringComparison.Ordinal) || since.Elapsed > BackendsDeadline)
                throw new EmbeddedPostgresException($"PostgreSQL did not start in {place.Home}: {Reason(log)}.");
            File.Delete(place.Log);
            await Task.Delay(TimeSpan.FromMilliseconds(100), ct);
        }
    }

    /// <summary>Sends the clients away and stops; harder each time that it does not.</summary>
    public async Task StopAsync(CancellationToken ct)
    {
        if (ServerFile.ReadLive(place.Data) is not { } running)
            return;
        if (!await StopAsync("fast", FastSeconds, ct) && !await StopAsync("immediate", ImmediateSeconds, ct))
            running.Kill();
        place.Forget(running.SocketFolder);
    }

    private async Task<bool> StopAsync(string mode, int seconds, CancellationToken ct) =>
        (await PgCtlAsync(seconds, ct, "stop", "-m", mode)).Succeeded;

    private Task<ProgramResult> PgCtlAsync(int seconds, CancellationToken ct, params string[] arguments) => PostgresProgram.RunAsync(
        binaries.PgCtl, [.. arguments, "-s", "-w", "-t", $"{seconds}", "-D", "data"],
        place.Home, place.Account, TimeSpan.FromSeconds(seconds + 10), ct);

    /// <summary>The first complaint, without its time and level. What follows only tells of the clearing up.</summary>
    private static string Reason(string output)
    {
        var told = Complaint().Match(output);
        return (told.Success ? told.Groups[1].Value : output.Split('\n')[^1]).Trim().TrimEnd('.');
    }

    [GeneratedRegex("(?:error|ERROR|FATAL|PANIC): +(.+)")]
    private static partial Regex Complaint();
}
