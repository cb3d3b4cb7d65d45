using Bot.Data.Menus;
using Bot.WeChat.Api;

namespace Bot.Host.Pages.Console;

/// <summary>Brings the menu and the personalised ones to WeChat: all of it, or nothing. Done again it leaves the same.</summary>
internal sealed class MenuPublisher(IMenus menus, IMenuVariants variants, ITags tags)
{
    /// <returns>Null when all of it is there; else why not, and what followers see now.</returns>
    public async Task<string?> PublishAsync(IReadOnlyList<MenuButton> buttons, CancellationToken ct)
    {
        var wanted = await variants.ListAsync(ct);
        if (await MissingTagAsync(wanted, ct) is { } missing)
            return missing;
        var before = await menus.GetAsync(ct);
        if (!before.Ok)
            return $"没有发布：读不到微信上现在的菜单（{Words(before.Error)}），请稍后再试";
        if ((await menus.CreateAsync(buttons, ct)).Error is { } refused)
            return $"没有发布，原来的菜单没有变：{Words(refused)}";

        // The new ones first: they win over the old ones as soon as they are there. The one made last wins: the uppermost.
        HashSet<string> made = [];
        foreach (var variant in wanted.Reverse())
        {
            var added = await menus.AddConditionalAsync(variant.Buttons, MatchOf(variant), ct);
            if (!added.Ok)
            {
                var undone = await PutBackAsync(before.Value, made, ct);
                return $"没有发布，微信没有接受个性化菜单“{variant.Name}”（{Words(added.Error)}）；{(undone ? "原来的菜单没有变" : "原来的菜单没能全部恢复，请尽快改正后再发布一次")}";
            }

            made.Add(added.Value);
        }

        return await DeleteAsync(id => !made.Contains(id), ct) is { } stays ? $"新的菜单已发布，但旧的个性化菜单没有删完（{Words(stays)}），请再发布一次" : null;
    }

    /// <summary>Whether WeChat shows just these, in this order: the newest is the uppermost.</summary>
    public static bool Same(AccountMenus live, IReadOnlyList<MenuButton> buttons, IReadOnlyList<MenuVariant> variants) =>
        Same(live.Default, buttons) && live.Conditional.Count == variants.Count
        && live.Conditional.OrderByDescending(c => c.MenuId).Zip(variants).All(pair => pair.First.Match == MatchOf(pair.Second) && Same(pair.First.Buttons, pair.Second.Buttons));

    // What WeChat does with a rule for a tag that is gone is not written down: looked at before anything is touched.
    private async Task<string?> MissingTagAsync(IReadOnlyList<MenuVariant> wanted, CancellationToken ct)
    {
        if (wanted.All(v => v.Tag is null))
            return null;
        var live = await tags.ListAsync(ct);
        if (!live.Ok)
            return $"没有发布：读不到微信上的标签（{Words(live.Error)}），请稍后再试";
        return wanted.FirstOrDefault(v => v.Tag is { } tag && live.Value.All(t => t.Id != tag)) is { } orphan
            ? $"没有发布：个性化菜单“{orphan.Name}”用的标签“{orphan.TagName}”在微信上已经删除，请换一个标签或删除这个菜单"
            : null;
    }

    private async Task<bool> PutBackAsync(AccountMenus before, HashSet<string> made, CancellationToken ct)
    {
        if (before.Default.Count == 0)
            return (await menus.DeleteAsync(ct)).Ok;
        if (!(await menus.CreateAsync(before.Default, ct)).Ok || await DeleteAsync(made.Contains, ct) is not null)
            return false;
        // Those that went with the default menu, the oldest first.
        var left = await menus.GetAsync(ct);
        if (!left.Ok)
            return false;
        foreach (var old in before.Conditional.OrderBy(c => c.MenuId).Where(old => left.Value.Conditional.All(c => c.MenuId != old.MenuId)))
        {
            if (old.Match is null || !(await menus.AddConditionalAsync(old.Buttons, old.Match, ct)).Ok)
                return false;
        }

        return true;
    }

    private async Task<ApiError?> DeleteAsync(Predicate<string> which, CancellationToken ct)
    {
        var live = await menus.GetAsync(ct);
        if (!live.Ok)
            return live.Error;
        foreach (var id in live.Value.Conditional.Select(c => c.MenuId.ToString(null, null)).Where(id => which(id)))
        {
            if ((await menus.DeleteConditionalAsync(id, ct)).Error is { } stays)
                return stays;
        }

        return null;
    }

    private static string Words(ApiError fault) => $"{fault.ForStaff}，错误码 {fault.Code}";

    private static MenuMatch MatchOf(MenuVariant variant) => new(variant.Tag?.ToString(null, null), variant.Client?.ToString(null, null));

    private static bool Same(IReadOnlyList<MenuButton> one, IReadOnlyList<MenuButton> other) => one.Count == other.Count && one.Zip(other).All(pair =>
        pair.First.Name == pair.Second.Name && (pair.First.Key ?? "") == (pair.Second.Key ?? "") && (pair.First.Url ?? "") == (pair.Second.Url ?? "")
        && Same(pair.First.Buttons ?? [], pair.Second.Buttons ?? []));
}
