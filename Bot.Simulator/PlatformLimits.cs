namespace Bot.Simulator;

/// <summary>
/// Limits that the platform's documents leave open or contradict. Each is a setting and the strict reading is the default,
/// so that no test passes only because a limit was guessed generously.
/// </summary>
public sealed class PlatformLimits
{
    /// <summary>Bytes of UTF-8 in a passive text reply. Not confirmed.</summary>
    public int ReplyTextBytes { get; set; } = 2048;

    /// <summary>Bytes of UTF-8 in a customer-service text. Not confirmed.</summary>
    public int CustomTextBytes { get; set; } = 2048;

    /// <summary>Customer-service messages after a citizen's message: 5 in today's text, 20 in texts of 2021.</summary>
    public int CustomAfterMessage { get; set; } = 5;

    /// <summary>Customer-service messages after a menu tap, a follow or a scan.</summary>
    public int CustomAfterTap { get; set; } = 3;

    public TimeSpan CustomWindowAfterMessage { get; set; } = TimeSpan.FromHours(48);

    public TimeSpan CustomWindowAfterTap { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether a newer allowance wipes out the older ones. Not stated; allowances of different acts are kept apart.</summary>
    public bool LatestAllowanceOnly { get; set; }

    /// <summary>Articles in a reply to a message (events take 8). The surplus is dropped.</summary>
    public int NewsPerMessageReply { get; set; } = 1;

    public int NewsPerEventReply { get; set; } = 8;

    public int MenuTopNameBytes { get; set; } = 16;

    /// <summary>60 bytes in some texts, 40 in others.</summary>
    public int MenuSubNameBytes { get; set; } = 40;

    public int MenuKeyBytes { get; set; } = 128;

    /// <summary>1024 bytes in some texts, 256 in others.</summary>
    public int MenuUrlBytes { get; set; } = 256;

    /// <summary>The same page says 10 MB and 2 MB.</summary>
    public int ImageBytes { get; set; } = 2 * 1024 * 1024;

    public int VoiceBytes { get; set; } = 2 * 1024 * 1024;

    public int VideoBytes { get; set; } = 10 * 1024 * 1024;

    public int ThumbBytes { get; set; } = 64 * 1024;

    public TimeSpan MediaLifetime { get; set; } = TimeSpan.FromDays(3);

    /// <summary>Whether <c>\uXXXX</c> in a JSON body is refused (40033, 47002). Newer servers are said to accept it.</summary>
    public bool RefuseJsonEscapes { get; set; } = true;

    public int Templates { get; set; } = 25;

    public int TagNameBytes { get; set; } = 30;

    public int TagBatch { get; set; } = 50;

    public int TagsPerCitizen { get; set; } = 20;

    public int ShortThingCharacters { get; set; } = 10;

    public int DraftTitleCharacters { get; set; } = 64;

    public int DraftContentCharacters { get; set; } = 20_000;

    public int MassPerCitizenAndMonth { get; set; } = 4;

    /// <summary>Calls a day to <c>/cgi-bin/token</c>; test accounts have 200.</summary>
    public int TokensPerDay { get; set; } = 2000;

    /// <summary>Calls a day to any API that <see cref="DailyQuota"/> does not name.</summary>
    public int OtherCallsPerDay { get; set; } = 500_000;

    /// <summary>Calls a day by API path, reset at 00:00 in Beijing.</summary>
    public IDictionary<string, int> DailyQuota { get; } = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["/cgi-bin/menu/create"] = 1000,
        ["/cgi-bin/menu/get"] = 10_000,
        ["/cgi-bin/menu/delete"] = 1000,
        ["/cgi-bin/message/custom/send"] = 500_000,
        ["/cgi-bin/message/template/send"] = 100_000,
        ["/cgi-bin/message/mass/sendall"] = 100,
        ["/cgi-bin/message/mass/preview"] = 100,
        ["/cgi-bin/media/upload"] = 5000,
        ["/cgi-bin/media/get"] = 10_000,
        ["/cgi-bin/qrcode/create"] = 100_000,
        ["/cgi-bin/user/get"] = 500,
        ["/cgi-bin/user/info"] = 5_000_000,
    };
}
