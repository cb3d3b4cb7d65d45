namespace Bot.WeChat.Api;

/// <summary>How long an errcode asks us to stay away from its API.</summary>
internal enum Pause { None, Minute, Hour, TwentyFourHours, Day }

internal static class Pauses
{
    /// <summary>China has one zone and no summer time, and daily quotas start again at midnight there.</summary>
    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    public static DateTimeOffset? Until(this Pause pause, DateTimeOffset now) => pause switch
    {
        Pause.None => null,
        Pause.Minute => now.AddTicks(TimeSpan.TicksPerMinute - now.Ticks % TimeSpan.TicksPerMinute),
        Pause.Hour => now.AddHours(1),
        Pause.TwentyFourHours => now.AddHours(24),
        Pause.Day => new DateTimeOffset(now.ToOffset(Beijing).Date.AddDays(1), Beijing),
    };

    public static Pause Parse(string text) => text switch
    {
        "-" => Pause.None,
        "minute" => Pause.Minute,
        "1h" => Pause.Hour,
        "24h" => Pause.TwentyFourHours,
        "day" => Pause.Day,
        _ => throw new FormatException($"no pause is called {text}"),
    };
}
