using Bot.WeChat.Api;

namespace Bot.Data.Menus;

/// <summary>自定义菜单 as staff work on it. WeChat has the one that was published.</summary>
public interface IMenuDrafts
{
    /// <returns>Null: nobody has worked on it yet.</returns>
    Task<MenuDraft?> FindAsync(CancellationToken ct);

    /// <param name="version">Of the draft that was edited; 0 for the first one.</param>
    /// <returns>False when somebody else changed it in between.</returns>
    Task<bool> SaveAsync(IReadOnlyList<MenuButton> buttons, int version, string actor, CancellationToken ct);

    /// <summary>WeChat took this version.</summary>
    Task PublishedAsync(int version, string actor, CancellationToken ct);
}

/// <param name="Published">The version that WeChat has; null: never published from here.</param>
public sealed record MenuDraft(
    IReadOnlyList<MenuButton> Buttons, int Version, string ChangedBy, DateTimeOffset ChangedAt, int? Published, string? PublishedBy, DateTimeOffset? PublishedAt);
