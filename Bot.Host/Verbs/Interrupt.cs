using System.Runtime.InteropServices;

namespace Bot.Host.Verbs;

/// <summary>
/// Ctrl-C and SIGTERM as a token, from the first moment: the web host listens for them only once it runs, and by then a PostgreSQL of ours may run
/// that nobody would stop.
/// </summary>
internal sealed class Interrupt : IDisposable
{
    public const int ExitCode = 130; // 128 + SIGINT, as shells have it

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    public Interrupt() => _registrations =
        [PosixSignalRegistration.Create(PosixSignal.SIGINT, Hear), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Hear)];

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void Hear(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _source.Cancel();
    }
}
