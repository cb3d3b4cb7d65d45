namespace Bot.Host.Settings;

/// <summary>How many days things are kept; section <c>Retention</c>. Each 1 to 36,500; what the law calls logs at least 180.</summary>
public sealed class RetentionOptions
{
    public const string Section = "Retention";

    /// <summary>What our processes told a citizen.</summary>
    public int MessageDays { get; set; } = 180;

    /// <summary>Whoever unfollowed.</summary>
    public int FormerFollowerDays { get; set; } = 730;

    /// <summary>Sign-ins of staff: logs.</summary>
    public int StaffSessionDays { get; set; } = 365;

    /// <summary>How often a document was read on a day; names nobody.</summary>
    public int ReadingDays { get; set; } = 730;

    /// <summary>Proof that a citizen's request was done; names nobody.</summary>
    public int PrivacyRequestDays { get; set; } = 1095;

    /// <summary>Who said what of a draft policy, since the report or the stop of which they were told.</summary>
    public int CommenterDays { get; set; } = 90;

    /// <summary>Who booked and came, since the day. At least 180: rules about missed visits look back.</summary>
    public int VisitDays { get; set; } = 365;

    /// <summary>Conversations with the desk, since they were closed.</summary>
    public int ConversationDays { get; set; } = 365;
}
