namespace Bot.Handlers.Desk;

/// <summary>How the account calls itself, and where its public pages are.</summary>
/// <param name="Name">公众号名称.</param>
/// <param name="PublicBaseUrl">Without a slash at the end; empty when the pages cannot be reached from outside.</param>
public sealed record AccountProfile(string Name, string PublicBaseUrl)
{
    // A demo's own address is known only once its server listens.
    public string PublicBaseUrl { get; set; } = PublicBaseUrl;
}
