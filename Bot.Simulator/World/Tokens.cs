namespace Bot.Simulator.World;

/// <summary>Access tokens of the two issuers, which do not affect each other. Under <see cref="Citizens.Gate"/>.</summary>
/// <remarks>Source: “Get access token”, “获取稳定版接口调用凭据”.</remarks>
internal sealed class Tokens(Dice dice, VirtualClock clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(7200);

    /// <summary>How long an old token still works after a new one was issued.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    private const int ForcedADay = 20;
    private static readonly TimeSpan BetweenForced = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, Issued> _known = new(StringComparer.Ordinal);
    private Issued? _classic;
    private Issued? _stable;
    private DateTimeOffset _lastForced = DateTimeOffset.MinValue;
    private (DateOnly Day, int Count) _forced;

    /// <summary><c>/cgi-bin/token</c>: every call makes a new one; the former works five minutes more.</summary>
    public Issued IssueClassic()
    {
        _classic?.EndBy(clock.Now + Overlap);
        return _classic = Make("91_");
    }

    /// <summary><c>/cgi-bin/stable_token</c>: the same one until its last five minutes.</summary>
    public Issued IssueStable(bool force)
    {
        var now = clock.Now;
        if (_stable is null || now >= _stable.Ends)
            return _stable = Make("92_");
        if (force && MayForce(now))
        {
            _stable.EndBy(now);
            return _stable = Make("92_");
        }
        if (_stable.Expires - now <= Overlap)
            return _stable = Make("92_");
        return _stable;
    }

    /// <returns>0 or the errcode.</returns>
    public int Check(string? token)
    {
        if (string.IsNullOrEmpty(token))
            return 41001;
        if (!_known.TryGetValue(token, out var issued))
            return token.Length > 100 && token[2] == '_' ? 40001 : 40014;
        if (clock.Now >= issued.Expires)
            return 42001;
        return clock.Now >= issued.Ends ? 40001 : 0;
    }

    /// <summary>The classic 40001: somebody else took a new token, or the platform lost this one.</summary>
    public void Invalidate(string token)
    {
        if (_known.TryGetValue(token, out var issued))
            issued.EndBy(clock.Now);
    }

    public void InvalidateAll()
    {
        foreach (var issued in _known.Values)
            issued.EndBy(clock.Now);
    }

    private bool MayForce(DateTimeOffset now)
    {
        var today = clock.BeijingDay;
        if (_forced.Day != today)
            _forced = (today, 0);
        if (_forced.Count >= ForcedADay || now - _lastForced < BetweenForced)
            return false;
        (_lastForced, _forced) = (now, (today, _forced.Count + 1));
        return true;
    }

    private Issued Make(string prefix)
    {
        var day = clock.Now - TimeSpan.FromDays(1);
        foreach (var old in _known.Values.Where(t => t.Expires < day).ToList())
            _known.Remove(old.Value);
        var issued = new Issued(prefix + dice.Text(157), clock.Now + Lifetime);
        _known.Add(issued.Value, issued);
        return issued;
    }

    internal sealed class Issued(string value, DateTimeOffset expires)
    {
        public string Value => value;
        public DateTimeOffset Expires => expires;

        /// <summary>When it stops working, which a newer token can bring forward.</summary>
        public DateTimeOffset Ends { get; private set; } = DateTimeOffset.MaxValue;

        public void EndBy(DateTimeOffset at) => Ends = at < Ends ? at : Ends;
    }
}
