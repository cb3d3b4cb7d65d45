using System.Collections.Concurrent;

namespace Bot.WeChat.Api;

/// <summary>When attempts end. Nearly all are met, so their timers are used again: a new one for each notice would cost more than its JSON does.</summary>
internal sealed class Deadlines(TimeProvider clock)
{
    private const int MostKept = 128;

    private readonly ConcurrentQueue<CancellationTokenSource> _met = [];

    /// <param name="ct">Ends the attempt as well.</param>
    public Deadline Begin(TimeSpan within, CancellationToken ct)
    {
        if (_met.TryDequeue(out var source))
            source.CancelAfter(within);
        else
            source = new(within, clock);
        return new(source, ct.UnsafeRegister(static s => ((CancellationTokenSource)s!).Cancel(), source));
    }

    /// <param name="met">Everything that was given the token is done with it.</param>
    public void End(Deadline deadline, bool met)
    {
        deadline.Link.Dispose();
        // TryReset says no when it went off at the last moment, or when its clock is not the system's.
        if (met && _met.Count < MostKept && deadline.Source.TryReset())
            _met.Enqueue(deadline.Source);
        else
            deadline.Source.Dispose();
    }
}

internal readonly record struct Deadline(CancellationTokenSource Source, CancellationTokenRegistration Link)
{
    public CancellationToken Token => Source.Token;

    public bool IsOver => Source.IsCancellationRequested;
}
