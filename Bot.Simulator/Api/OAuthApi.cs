using System.Text.Json.Nodes;
using Bot.Simulator.World;

namespace Bot.Simulator.Api;

/// <summary>网页授权: the page learns which citizen is looking. The chosen citizen of the chat page agrees at once.</summary>
internal sealed class OAuthApi(SimulatorOptions options, Citizens citizens, VirtualClock clock, Dice dice) : IApiGroup
{
    private static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RefreshLifetime = TimeSpan.FromDays(30);

    private readonly Dictionary<string, Grant> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Grant> _tokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Grant> _refresh = new(StringComparer.Ordinal);

    public IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Get("/connect/oauth2/authorize", Authorize) with { NeedsToken = false },
        ApiRoute.Get("/sns/oauth2/access_token", Exchange) with { NeedsToken = false },
        ApiRoute.Get("/sns/oauth2/refresh_token", Refresh) with { NeedsToken = false },
        ApiRoute.Get("/sns/userinfo", UserInfo) with { NeedsToken = false },
        ApiRoute.Get("/sns/auth", call => Holder(call) is null ? ApiAnswer.Error(40003) : ApiAnswer.Ok()) with { NeedsToken = false },
    ];

    private ApiAnswer Authorize(ApiCall call)
    {
        if (call["appid"] != options.AppId)
            return Wrong("AppID 参数错误");
        if (!Uri.TryCreate(call["redirect_uri"], UriKind.Absolute, out var back) || back.Scheme is not ("http" or "https"))
            return Wrong("redirect_uri 参数错误（10003）");
        if (call["response_type"] != "code" || call["scope"] is not ("snsapi_base" or "snsapi_userinfo"))
            return Wrong("Scope 参数错误或没有 Scope 权限");
        var citizen = citizens.Find(call["openid"]) ?? citizens.Find(call.Cookies["simulator_citizen"]) ?? citizens.All[0];
        var code = "0" + dice.Text(31);
        _codes[code] = new Grant(citizen, call["scope"]!, clock.Now + CodeLifetime);
        var query = back.Query.Length > 1 ? back.Query[1..] + "&" : "";
        return ApiAnswer.Redirect(new UriBuilder(back) { Query = $"{query}code={code}&state={Uri.EscapeDataString(call["state"] ?? "")}" }.Uri.ToString());
    }

    private ApiAnswer Exchange(ApiCall call)
    {
        if (call["appid"] != options.AppId)
            return ApiAnswer.Error(40013);
        if (call["secret"] != options.AppSecret)
            return ApiAnswer.Error(40125);
        if (call["code"] is not { } code)
            return ApiAnswer.Error(41008);
        if (!_codes.TryGetValue(code, out var grant))
            return ApiAnswer.Error(40029);
        if (grant.Used)
            return ApiAnswer.Error(40163);
        if (grant.Until <= clock.Now)
            return ApiAnswer.Error(42003);
        grant.Used = true;
        var refresh = dice.Text(120);
        _refresh[refresh] = new Grant(grant.Citizen, grant.Scope, clock.Now + RefreshLifetime);
        return Token(grant, refresh);
    }

    private ApiAnswer Refresh(ApiCall call) =>
        call["appid"] != options.AppId ? ApiAnswer.Error(40013)
        : call["refresh_token"] is not { } refresh || !_refresh.TryGetValue(refresh, out var grant) ? ApiAnswer.Error(40030)
        : grant.Until <= clock.Now ? ApiAnswer.Error(42002)
        : Token(grant, refresh);

    private ApiAnswer Token(Grant grant, string refresh)
    {
        var token = dice.Text(120);
        _tokens[token] = new Grant(grant.Citizen, grant.Scope, clock.Now + Tokens.Lifetime);
        var body = new JsonObject
        {
            ["access_token"] = token,
            ["expires_in"] = (int)Tokens.Lifetime.TotalSeconds,
            ["refresh_token"] = refresh,
            ["openid"] = grant.Citizen.OpenId,
            ["scope"] = grant.Scope,
        };
        if (grant.Scope == "snsapi_userinfo")
            body["unionid"] = grant.Citizen.UnionId;
        return ApiAnswer.Plain(body);
    }

    private ApiAnswer UserInfo(ApiCall call)
    {
        if (Holder(call) is not { } grant)
            return ApiAnswer.Error(call.Token is not null && _tokens.ContainsKey(call.Token) ? 40003 : 40001);
        return grant.Scope != "snsapi_userinfo" ? ApiAnswer.Error(48001) : ApiAnswer.Plain(new JsonObject
        {
            ["openid"] = grant.Citizen.OpenId,
            ["nickname"] = grant.Citizen.Name,
            ["sex"] = 0,
            ["province"] = "",
            ["city"] = "",
            ["country"] = "",
            ["headimgurl"] = "",
            ["privilege"] = new JsonArray(),
            ["unionid"] = grant.Citizen.UnionId,
        });
    }

    private Grant? Holder(ApiCall call) =>
        call.Token is { } token && _tokens.TryGetValue(token, out var grant) && grant.Until > clock.Now && grant.Citizen.OpenId == call["openid"] ? grant : null;

    private static ApiAnswer Wrong(string words) =>
        ApiAnswer.Page($"<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>错误</title><h1>{words}</h1></html>");

    private sealed class Grant(Citizen citizen, string scope, DateTimeOffset until)
    {
        public Citizen Citizen => citizen;
        public string Scope => scope;
        public DateTimeOffset Until => until;
        public bool Used { get; set; }
    }
}
