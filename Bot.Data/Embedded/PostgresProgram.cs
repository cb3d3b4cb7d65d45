using System.ComponentModel;
using System.Diagnostics;

namespace Bot.Data.Embedded;

/// <param name="Output">Standard output and error, trimmed.</param>
internal sealed record ProgramResult(int ExitCode, string Output)
{
    public bool Succeeded => ExitCode == 0;
}

/// <summary>Runs one of PostgreSQL's programs, or a tool of the system, to its end.</summary>
internal static class PostgresProgram
{
    // The server gets these and nothing else: our own environment carries keys and secrets, and theirs (PGDATA, PGPORT, …) would bend the cluster.
    private static readonly string[] Passed =
        ["PATH", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "SystemRoot", "SystemDrive", "windir", "ComSpec", "TEMP", "TMP", "USERNAME"];

    /// <param name="account">The system account to run as; null is our own.</param>
    /// <param name="folder">The working folder. Arguments are relative to it, so that no shell of pg_ctl reads a path of ours.</param>
    /// <exception cref="EmbeddedPostgresException">It could not be started, or ran past <paramref name="deadline"/>.</exception>
    public static async Task<ProgramResult> RunAsync(
        string program, IEnumerable<string> arguments, string folder, string? account, TimeSpan deadline, CancellationToken ct)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
        };
        var kept = Passed.Select(name => (name, value: Environment.GetEnvironmentVariable(name))).ToList();
        start.Environment.Clear();
        foreach (var (name, value) in kept.Where(pair => pair.value is not null))
            start.Environment[name] = value;
        start.Environment["LC_ALL"] = "C";              // messages in the language that this code reads
        if (account is not null)
            start.UserName = account;

        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw new EmbeddedPostgresException($"{program} could not be started: {e.Message}.", e);
        }

        process.StandardInput.Close();
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
        using var late = CancellationTokenSource.CreateLinkedTokenSource(ct);
        late.CancelAfter(deadline);
        try
        {
            await process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            ct.ThrowIfCancellationRequested();
            throw new EmbeddedPostgresException($"{program} did not finish within {deadline.TotalSeconds:0} s.", e);
        }

        // On Windows the server inherits pg_ctl's pipes and keeps them open: what was not said a second after the end will not be.
        await Task.WhenAny(output, Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None));
        var text = output.IsCompletedSuccessfully ? string.Join('\n', await output) : "";
        return new ProgramResult(process.ExitCode, text.Trim());
    }
}
