namespace Bot.Host.Settings;

/// <summary>How this installation behaves; section <c>Bot</c>.</summary>
public sealed class BotOptions
{
    public const string Section = "Bot";

    /// <summary>Embedded PostgreSQL, the simulator and demo content, for what is not configured.</summary>
    public bool Demo { get; set; }

    /// <summary>Where a host keeps files; relative to the current folder.</summary>
    public string DataDirectory { get; set; } = ".data";

    /// <summary>Where settings may lie as files, one each, named as the environment variable would be.</summary>
    public string SecretsDirectory { get; set; } = "/run/secrets";

    /// <summary>How citizens' phones reach this host, such as <c>https://bot.example.gov.cn</c>; the base of links in replies.</summary>
    public string PublicBaseUrl { get; set; } = "";

    /// <summary>公众号名称, as citizens know it. 1 to 40 characters; while it is empty, a name that is nobody's.</summary>
    public string AccountName { get; set; } = "";

    /// <summary>The demo plays in a city of its own; nobody else speaks in its name.</summary>
    public static string NameOf(string configured, bool demo) => configured.Trim() is { Length: > 0 } own ? own : demo ? "滨海市政务服务" : "政务服务";

    /// <summary>When people sit at the desk; shown to citizens as written. Beijing time.</summary>
    public string OfficeHours { get; set; } = "周一至周五 09:00-12:00 13:30-17:30";

    /// <summary>How long a callback may wait for its answer; later it is acknowledged and the answer follows. 1 s to 4.8 s: WeChat hangs up at 5 s.</summary>
    public TimeSpan ReplyWithin { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How long a question waits for its answer. 1 min to 24 h.</summary>
    public TimeSpan FlowPatience { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Messages of one citizen a minute; beyond it a courteous sentence. At least 120.</summary>
    public int MessagesPerMinute { get; set; } = 120;
}
