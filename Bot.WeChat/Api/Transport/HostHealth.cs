namespace Bot.WeChat.Api;

/// <summary>A circuit breaker for one host: after failures in a row it is left alone for a while, then one call may try it.</summary>
/// <remarks>Only silence counts. An errcode, even “system error”, proves that the host answers.</remarks>
/// <param name="address">Without a closing slash; may have a path.</param>
internal sealed class HostHealth(string address, TimeProvider clock)
{
    /// <summary>DNS, connect and TLS faults in a row. They cost up to 3 s each, so few are enough.</summary>
    private const int Unreachable = 3;

    /// <summary>Time-outs, 5xx and pages that are no JSON in a row.</summary>
    private const int Silent = 10;

    /// <summary>Short: the callers are citizens' answers, and one probe costs little.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private int _unreached;
    private int _silent;
    private TimeSpan _closedUntil;

    public string Address { get; } = address;

    // Not the time of day: that may be set while we wait.
    private TimeSpan Uptime => clock.GetElapsedTime(0);

    /// <summary>True when a call may go there. After a rest it says so once a rest period: that call is the probe.</summary>
    public bool TryEnter()
    {
        lock (_gate)
        {
            if (_unreached < Unreachable && _silent < Silent)
                return true;
            var now = Uptime;
            if (now < _closedUntil)
                return false;
            _closedUntil = now + Rest;
            return true;
        }
    }

    public void Answered()
    {
        lock (_gate)
            (_unreached, _silent) = (0, 0);
    }

    public void CouldNotConnect() => Fail(connected: false);

    public void SaidNothing() => Fail(connected: true);

    private void Fail(bool connected)
    {
        lock (_gate)
        {
            if (connected)
                _silent++;
            else
                _unreached++;
            _closedUntil = Uptime + Rest;
        }
    }
}
