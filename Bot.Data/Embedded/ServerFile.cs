using System.Diagnostics;
using System.Globalization;

namespace Bot.Data.Embedded;

/// <summary>What a running server writes into <c>postmaster.pid</c>.</summary>
/// <param name="SocketFolder">Absolute; empty when the server listens on a port only.</param>
/// <remarks>Source: PostgreSQL, <c>src/include/utils/pidfile.h</c>: pid, data folder, start time, port, socket folder, address, memory key, status.</remarks>
internal sealed record ServerFile(int Pid, int Port, string SocketFolder, string Text)
{
    // The greatest pid that Linux can be told to use is one less.
    private const int PidOfNobody = 4_194_304;

    /// <returns>Null when no server runs on these data, or it has only just begun to.</returns>
    public static ServerFile? ReadLive(string data) => Read(data) is { } file && file.Lives() ? file : null;

    private static ServerFile? Read(string data)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(data, "postmaster.pid"));
            var lines = text.Split('\n');
            return lines.Length > 5
                && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var pid)
                && int.TryParse(lines[3], CultureInfo.InvariantCulture, out var port)
                    ? new ServerFile(pid, port, lines[4].Length == 0 ? "" : Path.GetFullPath(lines[4], data), text)
                    : null;
        }
        catch (IOException)
        {
            return null;                                // not there, or on Windows being written
        }
    }

    /// <summary>
    /// PostgreSQL will not start while the pid in a file left behind belongs to any process, be it a stranger or a zombie that nobody collects, as in
    /// a container. Such a file gets a pid that nobody has; PostgreSQL itself then makes sure, by the memory key, that no backend outlived its server.
    /// The socket's lock names the same pid and guards nothing more.
    /// </summary>
    public static void DisownDead(string data)
    {
        if (!OperatingSystem.IsLinux() || Read(data) is not { } file || file.Lives())
            return;
        File.WriteAllText(
            Path.Combine(data, "postmaster.pid"),
            PidOfNobody.ToString(CultureInfo.InvariantCulture) + file.Text[file.Text.IndexOf('\n', StringComparison.Ordinal)..]);
        if (file.SocketFolder.Length > 0)
            File.Delete(Path.Combine(file.SocketFolder, string.Create(CultureInfo.InvariantCulture, $".s.PGSQL.{file.Port}.lock")));
    }

    /// <summary>The last resort, when it hears no signal.</summary>
    public void Kill()
    {
        try
        {
            using var process = Process.GetProcessById(Pid);
            process.Kill();
        }
        catch (ArgumentException)
        {
            // It ended by itself.
        }
    }

    private bool Lives()
    {
        if (OperatingSystem.IsLinux())
            return FirstLines($"/proc/{Pid}/cwd/postmaster.pid") == FirstLines(Text.Split('\n'));
        try
        {
            using var process = Process.GetProcessById(Pid);
            return process.ProcessName.Contains("postgres", StringComparison.OrdinalIgnoreCase);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    // A server works in its data folder: the process with this pid is ours only if it sees the very file that we read. A zombie sees none.
    private static string FirstLines(string path)
    {
        try
        {
            return FirstLines(File.ReadAllText(path).Split('\n'));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string FirstLines(string[] lines) => string.Join('\n', lines.Take(3));
}
