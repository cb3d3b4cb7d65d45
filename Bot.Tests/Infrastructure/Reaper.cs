using System.Diagnostics;

namespace Bot.Tests.Infrastructure;

/// <summary>
/// Ends what the tests started when the tests themselves end in a way that ends nothing: a crash, kill -9, a closed terminal. A small shell waits
/// for the end of its input, which the system brings about whatever happens to us, and then kills the servers and removes their folder.
/// </summary>
internal sealed class Reaper : IDisposable
{
    // HUP and INT reach every process of a terminal; this one has to outlive them.
    private const string Script =
        """
        trap '' HUP INT TERM
        servers=
        while read -r word pid; do
          [ "$word" = add ] && servers="$servers $pid"
          [ "$word" = done ] && exit 0
        done
        [ -z "$servers" ] || kill -9 $servers 2>/dev/null
        sleep 1
        rm -rf -- "$1"
        """;

    private readonly Process shell;

    /// <param name="folder">Removed when the tests die.</param>
    public Reaper(string folder)
    {
        shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Script, "sh", folder]) { RedirectStandardInput = true })!;
        shell.StandardInput.AutoFlush = true;
    }

    public void Watch(int pid) => shell.StandardInput.WriteLine($"add {pid}");

    /// <summary>Everything was stopped in good order; the pids may belong to others by now.</summary>
    public void Dispose()
    {
        shell.StandardInput.WriteLine("done");
        shell.WaitForExit();
        shell.Dispose();
    }
}
