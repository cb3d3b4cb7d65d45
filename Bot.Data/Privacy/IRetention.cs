namespace Bot.Data.Privacy;

/// <summary>Forgets what has been kept long enough. Notices and finished jobs have clocks of their own.</summary>
public interface IRetention
{
    /// <summary>Repeatable; in small pieces, so that nobody waits for it.</summary>
    /// <returns>Rows deleted or emptied.</returns>
    Task<int> ForgetAsync(RetentionPeriods periods, DateTimeOffset now, CancellationToken ct);
}

/// <summary>How many days each kind of row is kept; section <c>Retention</c>, each 1 to 36,500, what the law calls logs at least 180.</summary>
public sealed record RetentionPeriods
{
    /// <summary>What our processes told a citizen: then only that something was told remains.</summary>
    public int MessageDays { get; init; } = 180;

    /// <summary>Who booked, came and missed, since that day; that somebody did stays. At least 180: rules about missed visits look back.</summary>
    public int VisitDays { get; init; } = 365;

    /// <summary>Who waited for a place, since its day.</summary>
    public int WaitlistDays { get; init; } = 30;

    /// <summary>People whom a citizen had us remember, since they last agreed.</summary>
    public int VisitorDays { get; init; } = 730;

    /// <summary>What was said and sent to the desk, since the conversation was over.</summary>
    public int ConversationDays { get; init; } = 365;

    /// <summary>Whose a case was, since it was closed; what was asked and answered stays.</summary>
    public int CaseDays { get; init; } = 1095;

    /// <summary>Whoever unfollowed, since then, with what they agreed to and subscribed.</summary>
    public int FormerFollowerDays { get; init; } = 730;

    /// <summary>Sign-ins of staff, since they were last seen: logs.</summary>
    public int StaffSessionDays { get; init; } = 365;

    /// <summary>How often a document was read on a day; names nobody.</summary>
    public int ReadingDays { get; init; } = 730;

    /// <summary>Proof that a citizen's request was done; names nobody.</summary>
    public int PrivacyRequestDays { get; init; } = 1095;

    /// <summary>Who said what of a draft policy, since the report or the stop of which they were told, or in a survey, since its end; what was said stays.</summary>
    public int CommenterDays { get; init; } = 90;
}
