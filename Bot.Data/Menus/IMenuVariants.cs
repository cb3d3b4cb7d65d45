using Bot.WeChat.Api;

namespace Bot.Data.Menus;

/// <summary>个性化菜单 as staff work on them; they reach WeChat when the menu is published.</summary>
public interface IMenuVariants
{
    const int Most = 10;

    /// <summary>The upper one first.</summary>
    Task<IReadOnlyList<MenuVariant>> ListAsync(CancellationToken ct);

    Task<VariantSaved> SaveAsync(MenuVariant variant, string actor, CancellationToken ct);

    /// <returns>False when it is gone or was changed meanwhile.</returns>
    Task<bool> DeleteAsync(long id, int version, string actor, CancellationToken ct);
}

public enum VariantSaved { Saved, NameTaken, ChangedMeanwhile, TooMany }

/// <param name="Id">0 for a new one.</param>
/// <param name="Place">1 to 99; the lower wins where two fit.</param>
/// <param name="Tag">The platform's tag; null: any.</param>
/// <param name="Client">1 iOS, 2 Android, 3 others; null: any.</param>
public sealed record MenuVariant(long Id, string Name, int Place, int? Tag, string TagName, int? Client, IReadOnlyList<MenuButton> Buttons, int Version);
