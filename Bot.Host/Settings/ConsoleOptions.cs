namespace Bot.Host.Settings;

/// <summary>The staff console; section <c>Console</c>.</summary>
public sealed class ConsoleOptions
{
    public const string Section = "Console";

    /// <summary>Minutes that a browser may lie idle before it is signed out. 5 to 240.</summary>
    public int IdleMinutes { get; set; } = 30;
}
