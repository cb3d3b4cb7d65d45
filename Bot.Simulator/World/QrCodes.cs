namespace Bot.Simulator.World;

/// <summary>The codes that the account made. Under <see cref="Citizens.Gate"/>, but for <see cref="TicketFor"/>.</summary>
internal sealed class QrCodes(Dice dice, VirtualClock clock, LiveFeed feed)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, QrCode> _byTicket = new(StringComparer.Ordinal);

    public IReadOnlyList<QrCode> Valid
    {
        get
        {
            lock (_gate)
                return [.. _byTicket.Values.Where(c => c.Until is null || c.Until > clock.Now)];
        }
    }

    public int Permanent
    {
        get
        {
            lock (_gate)
                return _byTicket.Values.Count(c => c.Until is null);
        }
    }

    /// <param name="lifetime">Null for a permanent code; the same permanent scene keeps its ticket.</param>
    public QrCode Make(string scene, bool isNumber, TimeSpan? lifetime)
    {
        lock (_gate)
        {
            if (lifetime is null && _byTicket.Values.FirstOrDefault(c => c.Until is null && c.Scene == scene && c.IsNumber == isNumber) is { } known)
                return known;
            var code = new QrCode("gQ" + dice.Text(94) + "==", scene, isNumber, clock.Now + lifetime);
            _byTicket.Add(code.Ticket, code);
            feed.Tell("codes", () => Valid.Select(c => c.Scene).Distinct());
            return code;
        }
    }

    public QrCode? Find(string? ticket)
    {
        lock (_gate)
            return ticket is not null && _byTicket.TryGetValue(ticket, out var code) && (code.Until is null || code.Until > clock.Now) ? code : null;
    }

    /// <summary>The ticket of a scene; a made-up one for a scene that only the tester typed.</summary>
    public string TicketFor(string scene) => Valid.LastOrDefault(c => c.Scene == scene)?.Ticket ?? "gQ" + dice.Text(94) + "==";
}

/// <param name="IsNumber">The scene was given as <c>scene_id</c>.</param>
/// <param name="Until">When it lapses; null never.</param>
internal sealed record QrCode(string Ticket, string Scene, bool IsNumber, DateTimeOffset? Until);
