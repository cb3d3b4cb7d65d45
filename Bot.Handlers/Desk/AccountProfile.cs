namespace Bot.Handlers.Desk;

/// <summary>How the account calls itself, and where its public pages are.</summary>
/// <param name="Name">公众号名称.</param>
/// <param name="PublicBaseUrl">Without a slash at the end; empty when the pages cannot be reached from outside.</param>
public sealed record AccountProfile(string Name, string PublicBaseUrl)
{
    /// <summary>A demo learns its own address only when it listens, and those who wait for work are made before.</summary>
    public string PublicBaseUrl { get; set; } = PublicBaseUrl;
}
