namespace Bot.Data.Notices;

/// <summary>Where a notice comes from.</summary>
public enum NoticeOrigin
{
    /// <summary>Another system, by the REST API. Needs no approval and keeps no quiet hours.</summary>
    Api,

    /// <summary>Staff. Needs a second person's approval.</summary>
    Console,

    /// <summary>The bot itself, such as a reminder of a booking.</summary>
    Flow,

    /// <summary>A clerk's test to their own WeChat: one recipient, no approval.</summary>
    Test,
}

/// <summary>Which notices go first: single and urgent ones, then bulk.</summary>
public enum NoticeLane
{
    /// <summary>Exactly one recipient.</summary>
    Single,
    Urgent,
    Bulk,
}

/// <summary>The life of a notice; <see cref="NoticeLifeCycle"/> tells the ways between.</summary>
public enum NoticeStatus { Draft, Submitted, Approved, Scheduled, Sending, Paused, Done, Cancelled }

/// <summary>The life of one recipient's row.</summary>
public enum RecipientStatus
{
    Queued,

    /// <summary>A host has taken it.</summary>
    Sending,

    /// <summary>WeChat accepted it.</summary>
    Sent,
    Delivered,

    /// <summary>The citizen does not want it.</summary>
    Refused,
    Failed,
    Cancelled,

    /// <summary>待核实: it may have been sent, and WeChat's result is awaited for a day; counts as sent.</summary>
    Parked,

    /// <summary>结果未知: it may have been sent, and no result came; counts as sent.</summary>
    Unknown,
}

/// <summary>How the columns spell the enums: in lower case.</summary>
internal static class NoticeSpelling
{
    public static string Stored<T>(this T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    public static T Read<T>(string stored) where T : struct, Enum => Enum.Parse<T>(stored, ignoreCase: true);
}
