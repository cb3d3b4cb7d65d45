namespace Bot.Simulator.World;

/// <summary>How many customer-service messages the account may still send to one citizen, by the act that allowed them.</summary>
/// <remarks>Source: “客服消息介绍”. A new act refills its own kind; the allowance that lapses first is used first.</remarks>
internal sealed class Allowances
{
    private readonly Dictionary<AllowedBy, Allowance> _kinds = [];

    public void Grant(AllowedBy kind, DateTimeOffset now, PlatformLimits limits)
    {
        if (limits.LatestAllowanceOnly)
            _kinds.Clear();
        _kinds[kind] = kind == AllowedBy.Message
            ? new(limits.CustomAfterMessage, now + limits.CustomWindowAfterMessage)
            : new(limits.CustomAfterTap, now + limits.CustomWindowAfterTap);
    }

    /// <returns>0, or 45015 outside every window, or 45047 when the open windows are used up.</returns>
    public int Use(DateTimeOffset now)
    {
        var open = _kinds.Where(k => k.Value.Until > now).OrderBy(k => k.Value.Until).ToList();
        if (open.Count == 0)
            return 45015;
        var usable = open.FindIndex(k => k.Value.Left > 0);
        if (usable < 0)
            return 45047;
        var (kind, allowance) = open[usable];
        _kinds[kind] = allowance with { Left = allowance.Left - 1 };
        return 0;
    }

    public void Clear() => _kinds.Clear();

    public IEnumerable<(AllowedBy Kind, int Left, DateTimeOffset Until)> Open(DateTimeOffset now) =>
        _kinds.Where(k => k.Value.Until > now).Select(k => (k.Key, k.Value.Left, k.Value.Until));

    private sealed record Allowance(int Left, DateTimeOffset Until);
}

internal enum AllowedBy { Message, MenuTap, Follow, Scan }
