namespace Bot.Data.Audit;

/// <summary>What the chain said at a place: to be compared with what was noted elsewhere then.</summary>
public interface IAuditAnchors
{
    /// <returns>In hex; null when the chain has no such place.</returns>
    Task<string?> HashAtAsync(long seal, CancellationToken ct);

    /// <returns>When its first entry was written; null for a chain without entries.</returns>
    Task<DateTimeOffset?> BeganAsync(CancellationToken ct);
}
