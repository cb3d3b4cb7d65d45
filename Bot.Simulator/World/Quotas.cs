namespace Bot.Simulator.World;

/// <summary>Calls a day by API path, reset at midnight in Beijing. Under <see cref="Citizens.Gate"/>.</summary>
internal sealed class Quotas(SimulatorOptions options, VirtualClock clock)
{
    private const int ClearsAMonth = 10;

    private readonly Dictionary<string, int> _used = new(StringComparer.Ordinal);
    private DateOnly _day;
    private (int Month, int Count) _cleared;

    /// <summary>Counts one call; false when the day's quota is used up.</summary>
    public bool Use(string path)
    {
        Turn();
        var used = _used.GetValueOrDefault(path);
        if (used >= Limit(path))
            return false;
        _used[path] = used + 1;
        return true;
    }

    public int Used(string path)
    {
        Turn();
        return _used.GetValueOrDefault(path);
    }

    public int Limit(string path) => path == "/cgi-bin/token"
        ? options.Limits.TokensPerDay
        : options.Limits.DailyQuota.TryGetValue(path, out var limit) ? limit : options.Limits.OtherCallsPerDay;

    /// <summary>False when the month's ten are used up.</summary>
    public bool Clear()
    {
        var month = clock.BeijingDay.Year * 12 + clock.BeijingDay.Month;
        if (_cleared.Month != month)
            _cleared = (month, 0);
        if (_cleared.Count >= ClearsAMonth)
            return false;
        _cleared.Count++;
        _used.Clear();
        return true;
    }

    private void Turn()
    {
        if (_day == clock.BeijingDay)
            return;
        _day = clock.BeijingDay;
        _used.Clear();
    }
}
