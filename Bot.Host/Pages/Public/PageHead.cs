namespace Bot.Host.Pages.Public;

/// <summary>What a page tells browsers, search engines and share cards about itself.</summary>
/// <param name="Path">Its one address, from the root; null for a page that has none of its own.</param>
/// <param name="Indexed">Whether search engines may show it.</param>
internal sealed record PageHead(string Title, string Description, string? Path, bool Indexed);
