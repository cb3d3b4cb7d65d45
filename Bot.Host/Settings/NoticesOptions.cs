namespace Bot.Host.Settings;

/// <summary>How notices go out; section <c>Notices</c>.</summary>
public sealed class NoticesOptions
{
    public const string Section = "Notices";

    /// <summary>Notices a second, all hosts together; 0 is as fast as it goes. 0 to 10,000.</summary>
    public int RatePerSecond { get; set; } = 50;

    /// <summary>Calls of this host at once. 1 to 128.</summary>
    public int Workers { get; set; } = 16;

    /// <summary>When the office's own bulk notices wait, such as <c>21:00-08:00</c>, Beijing time; empty is never. Urgent ones and those of other systems go.</summary>
    public string QuietHours { get; set; } = "21:00-08:00";

    /// <summary>How long it stays known whom a notice went to and what it said. 1 to 3650 days.</summary>
    public int KeepDays { get; set; } = 90;
}
