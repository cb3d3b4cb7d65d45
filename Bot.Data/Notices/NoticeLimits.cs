namespace Bot.Data.Notices;

/// <summary>How long things last for a notice under way.</summary>
public static class NoticeLimits
{
    /// <summary>
    /// WeChat drops doubles of a client_msg_id for 10 minutes. Ours begin at the claim, before WeChat's, and end two minutes early: for
    /// clocks that differ and a call under way.
    /// </summary>
    public static readonly TimeSpan RepeatWithin = TimeSpan.FromMinutes(8);

    /// <summary>How long a result is awaited before a notice of unclear outcome is 结果未知.</summary>
    public static readonly TimeSpan ResultWithin = TimeSpan.FromHours(24);

    /// <summary>Results that fit nothing here: of other systems that send by the same account.</summary>
    public static readonly TimeSpan EventKept = TimeSpan.FromHours(25);

    /// <summary>An event is matched by its citizen alone only when its own row had this long to become known.</summary>
    public static readonly TimeSpan EventSettles = TimeSpan.FromMinutes(2);

    /// <summary>And only when it came this soon after the claim of the last attempt at the latest: WeChat's come within seconds.</summary>
    public static readonly TimeSpan EventFits = TimeSpan.FromMinutes(5);

    /// <summary>How far ahead a notice may be scheduled.</summary>
    public static readonly TimeSpan ScheduledWithin = TimeSpan.FromDays(7);
}
