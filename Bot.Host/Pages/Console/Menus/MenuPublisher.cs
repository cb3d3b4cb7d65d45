using Bot.Data.Menus;
using Bot.WeChat.Api;

namespace Bot.Host.Pages.Console;

/// <summary>Brings the menu and the personalised ones to WeChat. Done again it leaves the same.</summary>
internal sealed class MenuPublisher(IMenus menus, IMenuVariants variants)
{
    /// <returns>Null when all of it is there.</returns>
    public async Task<ApiError?> PublishAsync(IReadOnlyList<MenuButton> buttons, CancellationToken ct)
    {
        if ((await menus.CreateAsync(buttons, ct)).Error is { } refused)
            return refused;
        var live = await menus.GetAsync(ct);
        if (!live.Ok)
            return live.Error;
        foreach (var old in live.Value.Conditional)
        {
            if ((await menus.DeleteConditionalAsync(old.MenuId.ToString(null, null), ct)).Error is { } stays)
                return stays;
        }

        // The one made last wins: the uppermost.
        foreach (var variant in (await variants.ListAsync(ct)).Reverse())
        {
            if ((await menus.AddConditionalAsync(variant.Buttons, MatchOf(variant), ct)).Error is { } fault)
                return fault;
        }

        return null;
    }

    /// <summary>Whether WeChat shows just these, in this order: the newest is the uppermost.</summary>
    public static bool Same(AccountMenus live, IReadOnlyList<MenuButton> buttons, IReadOnlyList<MenuVariant> variants) =>
        Same(live.Default, buttons) && live.Conditional.Count == variants.Count
        && live.Conditional.OrderByDescending(c => c.MenuId).Zip(variants).All(pair => pair.First.Match == MatchOf(pair.Second) && Same(pair.First.Buttons, pair.Second.Buttons));

    private static MenuMatch MatchOf(MenuVariant variant) => new(variant.Tag?.ToString(null, null), variant.Client?.ToString(null, null));

    private static bool Same(IReadOnlyList<MenuButton> one, IReadOnlyList<MenuButton> other) => one.Count == other.Count && one.Zip(other).All(pair =>
        pair.First.Name == pair.Second.Name && (pair.First.Key ?? "") == (pair.Second.Key ?? "") && (pair.First.Url ?? "") == (pair.Second.Url ?? "")
        && Same(pair.First.Buttons ?? [], pair.Second.Buttons ?? []));
}
