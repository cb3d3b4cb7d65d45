namespace Bot.Data.Privacy;

/// <summary>Forgets what has been kept long enough. Notices and finished jobs have clocks of their own.</summary>
public interface IRetention
{
    /// <summary>Repeatable; in small pieces, so that nobody waits for it.</summary>
    /// <returns>Rows deleted or emptied.</returns>
    Task<int> ForgetAsync(RetentionPeriods periods, DateTimeOffset now, CancellationToken ct);
}

/// <summary>How long each kind of row is kept, in days.</summary>
/// <param name="Messages">What our processes told a citizen: then only that something was told remains.</param>
/// <param name="FormerFollowers">Whoever unfollowed, since then.</param>
/// <param name="StaffSessions">Sign-ins, since they were last seen: they are logs, six months at least.</param>
/// <param name="Readings">How often a document was read on a day.</param>
/// <param name="PrivacyRequests">Proof that a request was done.</param>
/// <param name="Commenters">Who said what of a draft policy, since they were told what became of it; what was said stays.</param>
/// <param name="Visits">Who booked and came, since the day: the day, the counter and how it ended stay.</param>
/// <param name="Conversations">What a citizen and the desk said to each other, with its pictures, since it was closed.</param>
public sealed record RetentionPeriods(int Messages, int FormerFollowers, int StaffSessions, int Readings, int PrivacyRequests, int Commenters, int Visits, int Conversations);
