namespace Bot.Data.Staff;

/// <summary>A form that is sent twice, by a double click or a reload, acts once. Its key was made when the form was shown.</summary>
public interface IFormOnce
{
    /// <returns>Null: yours to act on. Else what came of the first time; waited for while that is still at work.</returns>
    /// <exception cref="TimeoutException">It works longer than one waits.</exception>
    Task<FormOutcome?> ClaimAsync(Guid key, long staff, CancellationToken ct);

    /// <summary>Still at work: nobody takes it over.</summary>
    Task RenewAsync(Guid key, CancellationToken ct);

    Task DoneAsync(Guid key, FormOutcome outcome, CancellationToken ct);

    /// <summary>Nothing came of it: the same form may be sent again.</summary>
    Task ReleaseAsync(Guid key, CancellationToken ct);

    /// <summary>Forgets those of before <paramref name="time"/>.</summary>
    Task ForgetAsync(DateTimeOffset time, CancellationToken ct);
}

/// <param name="Location">Where the browser was sent.</param>
/// <param name="Toast">What it was told there; null for nothing.</param>
public sealed record FormOutcome(string Location, string? Toast);
