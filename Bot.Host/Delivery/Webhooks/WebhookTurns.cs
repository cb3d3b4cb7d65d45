namespace Bot.Host.Delivery.Webhooks;

/// <summary>
/// Which receivers this host is calling: each once at a time and few in all, so that silent ones keep neither each other's nor the other jobs waiting.
/// </summary>
internal sealed class WebhookTurns(TimeProvider clock)
{
    // Of the eight that jobs have together.
    private const int AtOnce = 4;

    private static readonly TimeSpan s_turn = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly HashSet<string> _calling = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _resting = new(StringComparer.Ordinal);

    /// <returns>Null: go on, and tell the <see cref="End"/>. Else how long to wait before asking again.</returns>
    public TimeSpan? TryBegin(string owner, bool evenResting)
    {
        lock (_gate)
        {
            if (_calling.Contains(owner) || _calling.Count >= AtOnce)
                return s_turn;
            if (!evenResting && _resting.TryGetValue(owner, out var until) && until - clock.GetUtcNow() is { Ticks: > 0 } rest)
                return rest;
            _calling.Add(owner);
            return null;
        }
    }

    public void End(string owner, bool took)
    {
        lock (_gate)
        {
            _calling.Remove(owner);
            if (took)
                _resting.Remove(owner);
            else
                _resting[owner] = clock.GetUtcNow() + s_rest;
        }
    }
}
