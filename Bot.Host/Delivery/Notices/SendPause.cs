using System.Collections.Concurrent;
using Bot.Data.Notices;
using Bot.WeChat.Api;

namespace Bot.Host.Delivery.Notices;

/// <summary>What this host has to keep away from at the moment: the platform as a whole, or single notices.</summary>
/// <remarks>Its times are ticks of the process's own, which go on as before when somebody sets the clock.</remarks>
internal sealed class SendPause(TimeProvider clock)
{
    private const int MostCounted = 1_000;

    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    // By then the claim no longer brings rows of a paused notice.
    private static readonly TimeSpan s_remembered = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<long, long> _paused = new();
    private readonly ConcurrentDictionary<long, int> _refused = new();
    private long _closedUntil;
    private long _restUntil;
    private int _silences;

    private long Now => clock.GetElapsedTime(0).Ticks;

    /// <summary>A quota is used up, or the platform does not let us in: what was taken goes back.</summary>
    public bool IsClosed => Now < Volatile.Read(ref _closedUntil);

    public void CloseUntil(DateTimeOffset until) => Volatile.Write(ref _closedUntil, Now + (until - clock.GetUtcNow()).Ticks);

    /// <summary>An administrator saw to it before the time.</summary>
    public void Open() => Volatile.Write(ref _closedUntil, 0);

    public bool IsPaused(long noticeId) => !_paused.IsEmpty && _paused.TryGetValue(noticeId, out var until) && Now < until;

    public void Pause(long noticeId)
    {
        var now = Now;
        foreach (var (id, until) in _paused)
        {
            if (until <= now)
                _paused.TryRemove(id, out _);
        }

        _paused[noticeId] = now + s_remembered.Ticks;
    }

    /// <summary>Somebody looked at it, and it goes on.</summary>
    public void Resume(long noticeId)
    {
        _paused.TryRemove(noticeId, out _);
        _refused.TryRemove(noticeId, out _);
    }

    /// <summary>How many recipients of a notice in a row had what it says refused; 0 once somebody got it.</summary>
    public int Refused(ClaimedNotice notice, ApiError? error)
    {
        if (error is { Class: ErrorClass.FixRequest })
        {
            // Of notices that ended so long ago that nobody knows them any more.
            if (_refused.Count > MostCounted)
                _refused.Clear();
            return _refused.AddOrUpdate(notice.NoticeId, 1, (_, count) => count + 1);
        }

        if (error is null && !_refused.IsEmpty)
            _refused.TryRemove(notice.NoticeId, out _);
        return 0;
    }

    public void Answered()
    {
        if (Volatile.Read(ref _silences) == 0)
            return;
        Volatile.Write(ref _silences, 0);
        Volatile.Write(ref _restUntil, 0);
    }

    /// <summary>The platform said nothing, or that it is busy: a queue of a million must not be tried row by row meanwhile.</summary>
    public void NotReached()
    {
        var (now, until) = (Now, Volatile.Read(ref _restUntil));
        // Many were under way when it fell silent. That is one silence.
        if (now < until)
            return;
        var silences = Volatile.Read(ref _silences) + 1;
        var rest = s_shortest * Math.Pow(2, Math.Min(silences, 10) - 1);
        if (Interlocked.CompareExchange(ref _restUntil, now + (rest < s_longest ? rest : s_longest).Ticks, until) == until)
            Volatile.Write(ref _silences, silences);
    }

    public async ValueTask RestAsync(CancellationToken ct)
    {
        // In short steps: an answer to somebody else ends it.
        while (new TimeSpan(Volatile.Read(ref _restUntil) - Now) is { Ticks: > 0 } rest)
            await Task.Delay(rest < s_shortest ? rest : s_shortest, clock, ct);
    }
}
