namespace Bot.Data.Audit;

/// <summary>The audit log for those who read it, and the chain that shows that nothing was changed.</summary>
public interface IAuditTrail
{
    /// <returns>Newest first; at most <see cref="AuditQuery.Size"/> and one more, which tells that there are further ones.</returns>
    Task<IReadOnlyList<AuditEntry>> ListAsync(AuditQuery query, CancellationToken ct);

    /// <returns>The last entry of that act; null when there was none.</returns>
    Task<AuditEntry?> LastAsync(string act, CancellationToken ct);

    /// <summary>Adds what was written since to the chain. Done by one host at a time; another one's call does nothing.</summary>
    /// <returns>How many were sealed.</returns>
    Task<int> SealAsync(CancellationToken ct);

    /// <summary>Computes the whole chain again.</summary>
    Task<AuditVerdict> VerifyAsync(CancellationToken ct);
}

/// <param name="Actor">Null for all; so are the others.</param>
/// <param name="Before">Id of the last entry of the page before; 0 for the first page.</param>
public sealed record AuditQuery(string? Actor, string? Act, string? SubjectKind, string? Subject, DateTimeOffset? From, DateTimeOffset? To, long Before, int Size);

/// <param name="Details">JSON, as written.</param>
/// <param name="Seal">Place in the chain; null until sealed.</param>
public sealed record AuditEntry(long Id, DateTimeOffset At, string Actor, string Act, string SubjectKind, string Subject, string Details, long? Seal);

/// <param name="Sealed">How many entries the chain has.</param>
/// <param name="Waiting">How many are not sealed yet.</param>
/// <param name="BrokenAt">The first place that does not fit; null when all does.</param>
/// <param name="Hash">Of the last entry, in hex: noted elsewhere, it proves later that nothing was cut off. Empty without entries.</param>
public sealed record AuditVerdict(long Sealed, long Waiting, long? BrokenAt, string Hash)
{
    /// <summary>How many entries pass for sealed and are in no chain: somebody wrote them past us.</summary>
    public long Outside { get; init; }
}
