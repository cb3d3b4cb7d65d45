using System.Text.Json.Serialization;

namespace Bot.WeChat.Api;

internal sealed class Menus(WeChatApi api) : IMenus
{
    private const int NoMenu = 46003;

    private static readonly ApiCall Create = ApiCall.Repeat("/cgi-bin/menu/create");
    private static readonly ApiCall Read = ApiCall.Get("/cgi-bin/menu/get");
    private static readonly ApiCall Delete = ApiCall.Get("/cgi-bin/menu/delete");
    private static readonly ApiCall AddConditional = ApiCall.Once("/cgi-bin/menu/addconditional");
    private static readonly ApiCall DeleteConditional = ApiCall.Once("/cgi-bin/menu/delconditional");
    private static readonly ApiCall TryMatch = ApiCall.Repeat("/cgi-bin/menu/trymatch");
    private static readonly ApiCall Current = ApiCall.Get("/cgi-bin/get_current_selfmenu_info");

    public Task<ApiResult<Done>> CreateAsync(IReadOnlyList<MenuButton> buttons, CancellationToken ct) =>
        api.DoAsync(Create, new MenuBody(buttons), ct);

    public async Task<ApiResult<AccountMenus>> GetAsync(CancellationToken ct)
    {
        var answer = await api.AskAsync<MenuAnswer>(Read, ct);
        return answer.Error is { Code: NoMenu }
            ? AccountMenus.None
            : answer.Map(a => new AccountMenus(a.Menu?.Button ?? [], a.ConditionalMenu ?? []));
    }

    public async Task<ApiResult<Done>> DeleteAsync(CancellationToken ct) =>
        (await api.AskAsync<Answer>(Delete, ct)).Pick<Done>(_ => default(Done));

    public async Task<ApiResult<string>> AddConditionalAsync(IReadOnlyList<MenuButton> buttons, MenuMatch match, CancellationToken ct) =>
        (await api.PostAsync<MenuBody, MenuIdAnswer>(AddConditional, new(buttons, match), ct)).Map(a => a.MenuId);

    public Task<ApiResult<Done>> DeleteConditionalAsync(string menuId, CancellationToken ct) =>
        api.DoAsync(DeleteConditional, new MenuIdBody(menuId), ct);

    public async Task<ApiResult<IReadOnlyList<MenuButton>>> TryMatchAsync(OpenId citizen, CancellationToken ct) =>
        (await api.PostAsync<TryMatchBody, TryMatchAnswer>(TryMatch, new(citizen), ct)).Map(a => a.Button);

    public async Task<ApiResult<CurrentMenu>> CurrentAsync(CancellationToken ct) =>
        (await api.AskAsync<CurrentMenuAnswer>(Current, ct)).Map(a => new CurrentMenu(a.IsMenuOpen == 1, a.SelfMenu?.Button ?? []));
}

internal sealed record MenuBody(IReadOnlyList<MenuButton> Button, [property: JsonPropertyName("matchrule")] MenuMatch? Match = null);

internal sealed record MenuButtons(IReadOnlyList<MenuButton>? Button = null);

internal sealed record MenuIdBody([property: JsonPropertyName("menuid")] string MenuId);

internal sealed record TryMatchBody(OpenId UserId);

internal sealed class MenuAnswer : Answer
{
    public MenuButtons? Menu { get; init; }

    [JsonPropertyName("conditionalmenu")]
    public IReadOnlyList<ConditionalMenu>? ConditionalMenu { get; init; }
}

internal sealed class MenuIdAnswer : Answer
{
    [JsonPropertyName("menuid")]
    public string? MenuId { get; init; }
}

internal sealed class TryMatchAnswer : Answer
{
    public IReadOnlyList<MenuButton>? Button { get; init; }
}

internal sealed class CurrentMenuAnswer : Answer
{
    public int IsMenuOpen { get; init; }

    [JsonPropertyName("selfmenu_info")]
    public MenuButtons? SelfMenu { get; init; }
}
