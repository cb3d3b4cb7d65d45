namespace Bot.Host.Settings;

/// <summary>How other systems may use the REST API; section <c>Api</c>.</summary>
public sealed class ApiOptions
{
    public const string Section = "Api";

    /// <summary>Requests of one key a minute, over all hosts. 1 to 100,000.</summary>
    public int RequestsPerMinute { get; set; } = 3000;

    /// <summary>Openids that team keys may send to besides those of clerks who bound their WeChat, separated by commas.</summary>
    public string Team { get; set; } = "";

    /// <summary>Whether status may be posted to addresses inside private networks.</summary>
    public bool PrivateWebhooks { get; set; }
}
