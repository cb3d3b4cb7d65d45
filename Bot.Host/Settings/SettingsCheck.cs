using System.Text.RegularExpressions;
using Bot.Data;
using Bot.Data.Privacy;
using Bot.Handlers.Desk;
using Bot.Handlers.Notices;
using Bot.WeChat;

namespace Bot.Host.Settings;

/// <summary>Finds the first setting that is missing or malformed, before anything is started.</summary>
internal static class SettingsCheck
{
    /// <returns>One line that names the key, what is wrong with it and an example; null when all is well.</returns>
    public static string? Fault(IConfiguration settings)
    {
        var rules = Rules(IsDemo(settings), settings["ObjectStore:Endpoint"] is { Length: > 0 }, settings["Oidc:Authority"] is { Length: > 0 });
        foreach (var rule in rules.Concat(LogLevels(settings)))
        {
            var value = settings[rule.Key] ?? "";
            if (value.Length == 0 ? rule.Required : !rule.IsRight(value))
            {
                var wrong = value.Length == 0 ? "is missing" : $"is wrong: {rule.Expected}";
                return $"{rule.Key} {wrong}. Example: {rule.Example} (environment variable {rule.Variable ?? rule.Key.Replace(":", "__", StringComparison.Ordinal)})";
            }
        }

        return null;
    }

    public static bool IsDemo(IConfiguration settings) => bool.TryParse(settings["Bot:Demo"], out var demo) && demo;

    private static IEnumerable<Rule> Rules(bool demo, bool objects, bool oidc) =>
    [
        new("urls", false, AreListened, "http addresses to listen at", "http://127.0.0.1:5080", "ASPNETCORE_URLS"),
        new("Bot:Demo", false, v => bool.TryParse(v, out _), "true or false", "false"),
        new("WeChat:AppId", !demo, v => Regex.IsMatch(v, @"^wx[0-9a-zA-Z]{16}\z"), "wx and 16 letters or digits", "wx0123456789abcdef"),
        new("WeChat:AppSecret", !demo, v => Regex.IsMatch(v, @"^[!-~]{1,128}\z"), "at most 128 letters, digits or signs, without blanks", "0123456789abcdef0123456789abcdef"),
        new("WeChat:Token", !demo, v => Regex.IsMatch(v, @"^[A-Za-z0-9_-]{3,32}\z"), "3 to 32 letters, digits, _ or -", "govServiceToken2026"),
        new("WeChat:EncodingAESKey", !demo, IsAesKey, "43 letters or digits", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"),
        new("WeChat:PreviousEncodingAESKey", false, IsAesKey, "43 letters or digits, or empty", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"),
        new("WeChat:Mode", false, v => Enum.GetNames<WeChatMode>().Contains(v, StringComparer.OrdinalIgnoreCase), "plain, compat or safe", "safe"),
        new("WeChat:ApiBaseUrl", false, IsWebAddress, "an http or https address", "https://api.weixin.qq.com"),
        new("WeChat:TimestampWindow", false, v => IsSpan(v, TimeSpan.Zero, TimeSpan.FromDays(1)), "a time span from 00:00:00 (off) to 1.00:00:00", "00:05:00"),
        new("ConnectionStrings:Postgres", !demo, ConnectionStrings.IsPostgres, "a PostgreSQL connection string", "Host=127.0.0.1;Database=bot;Username=bot;Password=…"),
        new("ConnectionStrings:Redis", !demo, ConnectionStrings.IsRedis, "a Redis configuration", "127.0.0.1:6379"),
        new("Bot:DataDirectory", false, IsFolder, "a folder", ".data"),
        new("Bot:SecretsDirectory", false, IsFolder, "a folder", "/run/secrets"),
        new("Embedded:PostgresBin", false, IsFolder, "a folder, or empty", "/usr/lib/postgresql/17/bin"),
        new("Bot:AccountName", false, v => v.Trim().Length is >= 1 and <= 40 && !v.Any(char.IsControl), "1 to 40 characters", "滨海市政务服务"),
        new("Bot:PublicBaseUrl", false, IsWebAddress, "an http or https address", "https://bot.example.gov.cn"),
        new("Bot:OfficeHours", false, v => OfficeHours.TryParse(v, out _), "days and hours", "周一至周五 09:00-12:00 13:30-17:30"),
        new("Bot:ReplyWithin", false, v => IsSpan(v, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4.8)), "00:00:01 to 00:00:04.800", "00:00:04"),
        new("Bot:FlowPatience", false, v => IsSpan(v, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1)), "00:01:00 to 1.00:00:00", "00:30:00"),
        new("Notices:Workers", false, v => int.TryParse(v, out var n) && n is >= 1 and <= 128, "1 to 128", "16"),
        new("Notices:QuietHours", false, v => QuietHours.TryParse(v, out _), "two times of day, or empty", "21:00-08:00"),
        .. Days("MessageDays", 1, "180"), .. Days("FormerFollowerDays", 1, "730"), .. Days("StaffSessionDays", 180, "365"),
        .. Days("ReadingDays", 30, "730"), .. Days("PrivacyRequestDays", 180, "1095"), .. Days("CommenterDays", 1, "90"),
        .. Days("VisitDays", 180, "365"), .. Days("WaitlistDays", 1, "30"), .. Days("VisitorDays", 30, "730"), .. Days("ConversationDays", 1, "365"),
        .. Days("CaseDays", 180, "1095"),
        new("Telemetry:OtlpEndpoint", false, IsWebAddress, "an http or https address", "http://127.0.0.1:4318/v1/traces"),
        new("Telemetry:SampleRatio", false, v => double.TryParse(v, System.Globalization.CultureInfo.InvariantCulture, out var n) && n is >= 0 and <= 1, "0 to 1", "0.01"),
        new("Logging:Console:FormatterName", false, v => v is "simple" or "json" or "systemd", "simple, json or systemd", "json"),
        new("ObjectStore:Endpoint", false, IsWebAddress, "an http or https address, or empty", "https://oss.example.gov.cn"),
        new("ObjectStore:Region", objects, v => Regex.IsMatch(v, @"^[a-z0-9-]{1,40}\z"), "letters, digits or -", "us-east-1"),
        new("ObjectStore:Bucket", objects, v => Regex.IsMatch(v, @"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z"), "3 to 63 small letters, digits, . or -", "case-photos"),
        new("ObjectStore:AccessKey", objects, v => v.Length <= 200, "the key's id", "AKIDEXAMPLE"),
        new("ObjectStore:SecretKey", objects, v => v.Length <= 200, "the key", "wJalrXUtnFEMI…"),
        new("Oidc:Authority", false, SafeAddress.Is, $"{SafeAddress.Expected}, or empty", "https://sso.example.gov.cn/realms/office"),
        new("Oidc:ClientId", oidc, v => v.Length <= 200, "the client's id at the provider", "bot-console"),
        new("Oidc:ClientSecret", oidc, v => v.Length <= 500, "the client's secret at the provider", "s3cr3t…"),
        new("Oidc:NameClaim", false, v => Regex.IsMatch(v, @"^[A-Za-z0-9_.:/-]{1,100}\z"), "the name of a claim", "preferred_username"),
        new("Oidc:Label", false, v => v.Length <= 20, "at most 20 characters", "统一身份认证"),
        new("Oidc:TrustsSecondFactor", false, v => bool.TryParse(v, out _), "true or false", "false"),
        new("Privacy:Cipher", false, v => CipherSuite.Find(v) is not null, "aes or sm4", "aes"),
        new("Privacy:Keys", false, v => MasterKeys.TryParse(v) is not null, "name:key pairs, each key 32 bytes in base64, the one in use first",
            "2026:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="),
        .. RunTimeSetting.All.Where(s => s.Key is not "Bot:FlowPatience").Select(s =>
            new Rule(s.Key, false, s.IsRight, $"{s.Least} to {s.Most}", s.Most.ToString(System.Globalization.CultureInfo.InvariantCulture))),
        new("Api:RequestsPerMinute", false, v => int.TryParse(v, out var n) && n is >= 1 and <= 100_000, "1 to 100000", "3000"),
        new("Api:Team", false, IsOpenIds, "at most 1000 openids, separated by commas", "oABCD1234567890,oEFGH1234567890"),
        new("Api:PrivateWebhooks", false, v => bool.TryParse(v, out _), "true or false", "false"),
    ];

    private static IEnumerable<Rule> LogLevels(IConfiguration settings) => settings.GetSection("Logging:LogLevel").GetChildren().Select(level => new Rule(
        level.Path, false, v => Enum.GetNames<LogLevel>().Contains(v, StringComparer.OrdinalIgnoreCase), string.Join(", ", Enum.GetNames<LogLevel>()), "Information"));

    private static bool AreListened(string urls)
    {
        try
        {
            // What stands before a port that is no number passes for a host, and then all addresses are listened at.
            return urls.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(BindingAddress.Parse)
                .All(url => url.Scheme is "http" or "https" && (url.IsUnixPipe || url.Host.StartsWith('[') || !url.Host.Contains(':', StringComparison.Ordinal)));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static IEnumerable<Rule> Days(string what, int least, string example) =>
        [new($"Retention:{what}", false, v => int.TryParse(v, out var days) && days >= least && days <= 36_500, $"{least} to 36500 days", example)];

    private static bool IsAesKey(string value) => Regex.IsMatch(value, @"^[A-Za-z0-9+/]{43}\z");

    private static bool IsFolder(string value) => value.Length <= 500 && !value.Any(char.IsControl);

    private static bool IsOpenIds(string value) =>
        value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: <= 1000 } ids && ids.All(id => id.Length <= 128 && !id.Any(c => char.IsControl(c) || c == ' '));

    private static bool IsWebAddress(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    private static bool IsSpan(string value, TimeSpan least, TimeSpan most) =>
        TimeSpan.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var span) && span >= least && span <= most;

    private sealed record Rule(string Key, bool Required, Func<string, bool> IsRight, string Expected, string Example, string? Variable = null);
}
