using System.Text;

namespace Bot.Data.Embedded;

/// <summary>Where a cluster lives.</summary>
/// <param name="Directory">The folder that was asked for. Holds the locks; absolute.</param>
/// <param name="Home">Holds the data, the log and the socket; the same folder, unless the account cannot reach it.</param>
/// <param name="Account">Who runs PostgreSQL; null is our own account.</param>
internal sealed record ClusterPlace(string Directory, string Home, string? Account)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // struct sockaddr_un holds 108 bytes with the closing zero on Linux; we keep to what Linux allows and macOS (104) nearly does.
    private static readonly int LongestSocketPath = OperatingSystem.IsMacOS() ? 103 : 107;

    public const int SocketPort = 5432;

    /// <summary>There only when complete: initdb works in a folder beside it, which is renamed at the end.</summary>
    public string Data => Path.Combine(Home, "data");

    public string Log => Path.Combine(Home, "server.log");

    /// <summary>There only when the server listens on a loopback port.</summary>
    public string Password => Path.Combine(Home, "password");

    public static async Task<ClusterPlace> PrepareAsync(string directory, string? account, CancellationToken ct)
    {
        directory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        var parent = Path.GetDirectoryName(directory)
            ?? throw new EmbeddedPostgresException($"PostgreSQL cannot keep its data in {directory}: name a folder below it.");
        System.IO.Directory.CreateDirectory(parent);
        CreateClosed(directory);
        if (account is null)
            return new ClusterPlace(directory, directory, account);

        var home = await ClusterAccount.ReachesAsync(parent, account, ct) ? directory : Elsewhere(directory);
        await ClusterAccount.GiveAsync(home, account, ct);
        return new ClusterPlace(directory, home, account);
    }

    /// <summary>
    /// Root's own folders are closed to the account, so the data lies in a folder that everyone reaches. Its name is random and kept in a file
    /// of ours: nobody can lay it out beforehand, and removing our folder gives a fresh cluster.
    /// </summary>
    private static string Elsewhere(string directory)
    {
        var pointer = Path.Combine(directory, "location");
        if (File.Exists(pointer) && File.ReadAllText(pointer) is var known && System.IO.Directory.Exists(known))
            return known;
        var home = Fresh(System.IO.Directory.Exists("/var/tmp") ? "/var/tmp" : "/tmp");
        File.WriteAllText(pointer, home);
        return home;
    }

    /// <summary>The socket's folder as PostgreSQL is told: relative to the data, so that no shell reads the path, or short and new.</summary>
    public async Task<string> SocketFolderAsync(CancellationToken ct)
    {
        var socket = Path.Combine(Home, $".s.PGSQL.{SocketPort}");
        // A comma separates hosts in a connection string.
        if (Encoding.UTF8.GetByteCount(socket) <= LongestSocketPath && !Home.Contains(','))
            return "..";
        var folder = Fresh("/tmp");
        if (Account is not null)
            await ClusterAccount.GiveAsync(folder, Account, ct);
        return folder;
    }

    /// <summary>Removes a socket folder that <see cref="SocketFolderAsync"/> made.</summary>
    public void Forget(string socketFolder)
    {
        if (socketFolder.StartsWith("/tmp/" + Prefix, StringComparison.Ordinal) && socketFolder != Home && System.IO.Directory.Exists(socketFolder))
            System.IO.Directory.Delete(socketFolder, recursive: true);
    }

    private const string Prefix = "wechat-bot-postgres-";

    private static string Fresh(string parent)
    {
        var folder = Path.Combine(parent, Prefix + Guid.NewGuid().ToString("N"));
        CreateClosed(folder);
        return folder;
    }

    // Whoever opens the folder may use the socket, which asks for no password.
    private static void CreateClosed(string folder)
    {
        System.IO.Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, OwnerOnly);
    }
}
