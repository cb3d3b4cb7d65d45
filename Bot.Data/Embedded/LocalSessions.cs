using System.Collections.Concurrent;
using Bot.Data.Sessions;
using Bot.WeChat;

namespace Bot.Data.Embedded;

/// <summary>Turns in this process, for demo mode and tests. Keeps every promise of <see cref="ISessions"/> but surviving a restart.</summary>
internal sealed class LocalSessions(TimeProvider clock) : ISessions, ISessionErasure
{
    private readonly ConcurrentDictionary<OpenId, Citizen> _citizens = new();
    private long _sweptAt = clock.GetTimestamp();

    public Task<Begun> BeginAsync(OpenId citizen, string message, string lease, bool again = false)
    {
        SweepNowAndThen();
        return OnCitizen(citizen, c => c.Begin(message, lease));
    }

    public Task<Committed> CommitAsync(OpenId citizen, string message, string lease, ReadOnlyMemory<byte> session, ReadOnlyMemory<byte> reply, string? told = null) =>
        OnCitizen(citizen, c => c.Commit(lease, message, session.ToArray(), reply.ToArray(), told));

    public Task<bool> RenewAsync(OpenId citizen, string message, string lease) => OnCitizen(citizen, c => c.Renew(lease));

    public Task ReleaseAsync(OpenId citizen, string message, string lease) => OnCitizen(citizen, c => c.Release(lease));

    public Task OweAsync(OpenId citizen, string words) => OnCitizen(citizen, c => c.Owe(words));

    public Task ForgetAsync(OpenId citizen) => OnCitizen(citizen, c => c.Forget());

    private Task<T> OnCitizen<T>(OpenId id, Func<Citizen, T> step)
    {
        while (true)
        {
            var citizen = _citizens.GetOrAdd(id, _ => new Citizen(clock));
            lock (citizen)
            {
                if (!citizen.Forgotten)
                    return Task.FromResult(step(citizen));
            }
        }
    }

    // Redis forgets by itself; here somebody has to. Once a minute whoever comes by looks for citizens with nothing left.
    private void SweepNowAndThen()
    {
        var swept = Volatile.Read(ref _sweptAt);
        if (clock.GetElapsedTime(swept) < TimeSpan.FromMinutes(1)
            || Interlocked.CompareExchange(ref _sweptAt, clock.GetTimestamp(), swept) != swept)
            return;
        foreach (var (id, citizen) in _citizens)
        {
            lock (citizen)
            {
                if (citizen.ForgetIfIdle())
                    _citizens.TryRemove(id, out _);
            }
        }
    }

    private sealed class Citizen(TimeProvider clock)
    {
        private readonly Dictionary<string, (byte[] Reply, TimeSpan Until)> _replies = [];
        private readonly List<(string Message, string Lease, TimeSpan Asked)> _queue = [];
        private (byte[] Bytes, TimeSpan Until) _session = ([], default);
        private (string Words, TimeSpan Until) _owed = ("", default);
        private (string Message, string Lease, TimeSpan Until) _holder = ("", "", default);

        public bool Forgotten { get; private set; }

        // The process's own time, as Redis uses its own: a host's clock may be set.
        private TimeSpan Now => clock.GetElapsedTime(0);

        public Begun Begin(string message, string lease)
        {
            if (_replies.TryGetValue(message, out var kept) && kept.Until > Now)
                return new(TurnStatus.Answered, kept.Reply);
            if (_holder.Until <= Now && _queue.Exists(w => w.Lease == lease))
                PassOn(lease);
            if (_holder.Until <= Now || _holder.Lease == lease)
            {
                _holder = (message, lease, Now + SessionLimits.Lease);
                return new(TurnStatus.Started,
                    _session.Until > Now ? _session.Bytes : default, _owed.Until > Now && _owed.Words.Length > 0 ? _owed.Words : null);
            }

            if (_holder.Message == message)
                return new(TurnStatus.Running);
            var place = _queue.FindIndex(w => w.Message == message);
            if (place >= 0 && _queue[place].Lease != lease && StillAsks(_queue[place].Asked))
                return new(TurnStatus.Running);
            if (place < 0 && _queue.Count >= SessionLimits.QueueLength)
                return new(TurnStatus.Crowded);
            if (place < 0)
            {
                place = _queue.Count;
                _queue.Add(default);
            }

            _queue[place] = (message, lease, Now);
            return new(TurnStatus.Waiting, Place: place + 1);
        }

        public Committed Commit(string lease, string message, byte[] session, byte[] reply, string? told)
        {
            if (!Renew(lease))
                return new(false);
            _session = (session, session.Length == 0 ? default : Now + SessionLimits.SessionKept);
            _replies[message] = (reply, Now + SessionLimits.ReplyKept);
            if (told is not null && _owed.Words.StartsWith(told, StringComparison.Ordinal))
                _owed.Words = WithoutBetween(_owed.Words[told.Length..]);
            return new(true, PassOn());
        }

        public bool Renew(string lease)
        {
            if (_holder.Lease != lease || _holder.Until <= Now)
                return false;
            _holder.Until = Now + SessionLimits.Lease;
            return true;
        }

        public bool Release(string lease)
        {
            _queue.RemoveAll(w => w.Lease == lease);
            if (_holder.Lease == lease)
                PassOn();
            return true;
        }

        public bool Owe(string words)
        {
            _owed = (_owed.Until > Now && _owed.Words.Length > 0 ? _owed.Words + SessionLimits.BetweenOwed + words : words, Now + SessionLimits.OwedKept);
            return true;
        }

        public bool Forget()
        {
            (_session, _owed) = (([], default), ("", default));
            return true;
        }

        public bool ForgetIfIdle()
        {
            foreach (var old in _replies.Where(r => r.Value.Until <= Now).Select(r => r.Key).ToArray())
                _replies.Remove(old);
            return Forgotten = _replies.Count == 0 && _holder.Until <= Now && _session.Until <= Now && (_owed.Until <= Now || _owed.Words.Length == 0);
        }

        private static string WithoutBetween(string owed) =>
            owed.StartsWith(SessionLimits.BetweenOwed, StringComparison.Ordinal) ? owed[SessionLimits.BetweenOwed.Length..] : owed;

        private bool StillAsks(TimeSpan asked) => Now - asked <= SessionLimits.Silent;

        // To whoever stands first and still asks, as who asks now does.
        private string? PassOn(string asking = "")
        {
            _holder = default;
            while (_queue is [var (message, lease, asked), ..])
            {
                _queue.RemoveAt(0);
                if (lease != asking && !StillAsks(asked))
                    continue;
                _holder = (message, lease, Now + SessionLimits.TakenUp);
                return lease;
            }

            return null;
        }
    }
}
