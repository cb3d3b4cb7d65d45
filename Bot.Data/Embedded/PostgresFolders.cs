using System.Globalization;

namespace Bot.Data.Embedded;

/// <summary>Where PostgreSQL's programs usually lie.</summary>
internal static class PostgresFolders
{
    public static string HowToInstall =>
        OperatingSystem.IsMacOS() ? "brew install postgresql@17"
        : OperatingSystem.IsWindows() ? "install PostgreSQL from postgresql.org"
        : "install the system's package postgresql (Debian: apt install postgresql)";

    public static IEnumerable<string> Candidates(string? cacheDirectory) =>
        OnPath()
            .Concat(OperatingSystem.IsWindows() ? Windows() : OperatingSystem.IsMacOS() ? Mac() : Linux())
            .Concat(Newest(cacheDirectory ?? Cache, "*", "native/bin"));

    private static IEnumerable<string> OnPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(Path.IsPathRooted);

    private static IEnumerable<string> Linux() =>
        Newest("/usr/lib/postgresql", "*", "bin").Concat(Newest("/usr", "pgsql-*", "bin"));

    private static IEnumerable<string> Mac() =>
        Newest("/opt/homebrew/opt", "postgresql@*", "bin")
            .Concat(Newest("/usr/local/opt", "postgresql@*", "bin"))
            .Concat(Newest("/Applications/Postgres.app/Contents/Versions", "*", "bin"));

    private static IEnumerable<string> Windows() =>
        Newest(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL"), "*", "bin");

    /// <summary>Where <c>./start</c> unpacks the npm package. Root's own cache is closed to the account that PostgreSQL must run as.</summary>
    private static string Cache =>
        Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows() ? "/var/cache/wechat-bot-postgres"
        : Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
                ? cache
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
            "wechat-bot-postgres");

    private static IEnumerable<string> Newest(string parent, string pattern, string below)
    {
        try
        {
            return Directory.Exists(parent)
                ? [.. Directory.EnumerateDirectories(parent, pattern).OrderByDescending(Number).Select(folder => Path.Combine(folder, below))]
                : [];
        }
        catch (UnauthorizedAccessException)
        {
            return [];                                      // a folder closed to us holds nothing for us
        }
    }

    /// <summary>17 of <c>postgresql@17</c> and 16.4 of <c>16.4</c>; 0 where no number stands.</summary>
    private static decimal Number(string folder) =>
        decimal.TryParse(Path.GetFileName(folder).Split('@', '-')[^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
}
