namespace Bot.Host.Settings;

/// <summary>Servers that secrets and citizens' data go to unencrypted: allowed within an office's own network, and never without a word.</summary>
internal static partial class OpenLines
{
    private static readonly string[] s_keys = ["WeChat:ApiBaseUrl", "ObjectStore:Endpoint"];

    public static IEnumerable<string> In(IConfiguration settings) => s_keys.Where(key => settings[key] is { Length: > 0 } value && !SafeAddress.Is(value));

    public static void Tell(IConfiguration settings, ILogger logger)
    {
        foreach (var key in In(settings))
            LogOpen(logger, key);
    }

    [LoggerMessage(LogLevel.Warning, "{Key} is an http address of another machine: who is on the line reads the access token and what is sent. Use https unless the network is the office's own")]
    private static partial void LogOpen(ILogger logger, string key);
}
