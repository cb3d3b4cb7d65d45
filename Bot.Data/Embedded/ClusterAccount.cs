namespace Bot.Data.Embedded;

/// <summary>PostgreSQL refuses to run as root; this is who runs it then.</summary>
internal static class ClusterAccount
{
    /// <summary>The account to run as: null when we are not root, and on Windows, where pg_ctl drops the rights itself.</summary>
    public static string? Needed { get; } =
        OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess ? null
        : Exists("postgres") ? "postgres"
        : "nobody";

    private static bool Exists(string account) =>
        File.Exists("/etc/passwd") && File.ReadLines("/etc/passwd").Any(line => line.StartsWith(account + ":", StringComparison.Ordinal));

    /// <summary>Gives one file or folder, not what lies in it, to the account.</summary>
    public static async Task GiveAsync(string path, string account, CancellationToken ct)
    {
        var given = await PostgresProgram.RunAsync("chown", ["-h", account, path], "/", account: null, TimeSpan.FromSeconds(10), ct);
        if (!given.Succeeded)
            throw new EmbeddedPostgresException($"{path} could not be given to the account {account}: {given.Output}.");
    }

    /// <summary>Asks the system rather than reading modes: links and access lists count too.</summary>
    public static async Task<bool> ReachesAsync(string folder, string account, CancellationToken ct) =>
        (await PostgresProgram.RunAsync("/bin/sh", ["-c", "cd \"$1\"", "sh", folder], "/", account, TimeSpan.FromSeconds(10), ct)).Succeeded;
}
