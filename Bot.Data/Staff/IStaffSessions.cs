namespace Bot.Data.Staff;

/// <summary>Signed-in browsers. Roles and department are read anew at each request, so that a change holds at once.</summary>
public interface IStaffSessions
{
    /// <param name="verified">Whether no second factor is asked for.</param>
    /// <returns>The key for the cookie; the table has its hash.</returns>
    Task<string> BeginAsync(long staff, string browser, bool verified, CancellationToken ct);

    /// <summary>Looks a cookie up, and notes that its owner is at work.</summary>
    /// <returns>Null when it was never given out, has ended or lay idle for longer than <paramref name="idle"/>, or its owner may not work here any more.</returns>
    /// <param name="uses">False: the page asks by itself, and nobody sits at it for that.</param>
    Task<StaffSession?> FindAsync(string key, TimeSpan idle, bool uses, CancellationToken ct);

    /// <summary>The second factor was right.</summary>
    Task VerifyAsync(long session, CancellationToken ct);

    Task EndAsync(long session, CancellationToken ct);

    /// <summary>Ends all of somebody's sessions.</summary>
    Task<int> EndAllAsync(long staff, long? keep, string actor, CancellationToken ct);

    /// <returns>Those that are open, newest first.</returns>
    Task<IReadOnlyList<OpenSession>> ListAsync(long staff, TimeSpan idle, CancellationToken ct);
}

public sealed record StaffSession(long Id, StaffMember Member, SignInStage Stage);

/// <param name="Browser">As it calls itself; at most 200 characters.</param>
public sealed record OpenSession(long Id, string Browser, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt);

/// <summary>What is still to be done before the console opens.</summary>
public enum SignInStage
{
    /// <summary>A code from their phone.</summary>
    NeedsCode,

    /// <summary>The second factor is to be set up.</summary>
    NeedsSecondFactor,

    /// <summary>A password of their own in place of the one they were given.</summary>
    NeedsPassword,
    Open,
}
