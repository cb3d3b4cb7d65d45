using System.Text.Json.Serialization;

namespace Bot.WeChat.Api;

/// <summary>自定义菜单. 1 to 3 buttons, each a key or link of its own or a group of 1 to 5.</summary>
/// <remarks>Source: WeChat Official Accounts documentation, “自定义菜单”.</remarks>
public interface IMenus
{
    /// <summary>Replaces the whole menu.</summary>
    Task<ApiResult<Done>> CreateAsync(IReadOnlyList<MenuButton> buttons, CancellationToken ct);

    /// <summary>What was made by the API; <see cref="AccountMenus.None"/> when nothing was (46003).</summary>
    Task<ApiResult<AccountMenus>> GetAsync(CancellationToken ct);

    /// <summary>Deletes the conditional menus too.</summary>
    Task<ApiResult<Done>> DeleteAsync(CancellationToken ct);

    /// <summary>A menu for some citizens only; needs a default menu (65303). The one made last wins.</summary>
    /// <returns>The menu id.</returns>
    Task<ApiResult<string>> AddConditionalAsync(IReadOnlyList<MenuButton> buttons, MenuMatch match, CancellationToken ct);

    Task<ApiResult<Done>> DeleteConditionalAsync(string menuId, CancellationToken ct);

    /// <summary>Which menu a citizen sees.</summary>
    Task<ApiResult<IReadOnlyList<MenuButton>>> TryMatchAsync(OpenId citizen, CancellationToken ct);

    /// <summary>What is shown now, be it made by the API or in the account's console.</summary>
    Task<ApiResult<CurrentMenu>> CurrentAsync(CancellationToken ct);
}

/// <param name="TagId">Citizens with this tag; null: any.</param>
/// <param name="Client">1 iOS, 2 Android, 3 other; null: any.</param>
public sealed record MenuMatch(string? TagId = null, [property: JsonPropertyName("client_platform_type")] string? Client = null);

public sealed record AccountMenus(IReadOnlyList<MenuButton> Default, IReadOnlyList<ConditionalMenu> Conditional)
{
    public static AccountMenus None { get; } = new([], []);
}

public sealed record ConditionalMenu(
    [property: JsonPropertyName("button")] IReadOnlyList<MenuButton> Buttons,
    [property: JsonPropertyName("menuid")] long MenuId,
    [property: JsonPropertyName("matchrule")] MenuMatch? Match = null);

public sealed record CurrentMenu(bool Open, IReadOnlyList<MenuButton> Buttons);
