using System.Text.Json.Nodes;
using Bot.Simulator.World;

namespace Bot.Simulator.Api;

/// <summary>The two issuers of access tokens.</summary>
internal sealed class TokenApi(SimulatorOptions options, Tokens tokens, VirtualClock clock) : IApiGroup
{
    public IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Get("/cgi-bin/token", Classic) with { NeedsToken = false },
        ApiRoute.Post("/cgi-bin/stable_token", Stable) with { NeedsToken = false },
    ];

    private ApiAnswer Classic(ApiCall call) =>
        Refusal(call["grant_type"], call["appid"], call["secret"]) ?? Issued(tokens.IssueClassic());

    private ApiAnswer Stable(ApiCall call)
    {
        var force = call.Json["force_refresh"]?.GetValue<bool>() ?? false;
        return Refusal(call.Json["grant_type"].Text, call.Json["appid"].Text, call.Json["secret"].Text) ?? Issued(tokens.IssueStable(force));
    }

    private ApiAnswer? Refusal(string? grant, string? appId, string? secret) =>
        appId is null ? ApiAnswer.Error(41002)
        : secret is null ? ApiAnswer.Error(41004)
        : grant != "client_credential" ? ApiAnswer.Error(40002)
        : appId != options.AppId ? ApiAnswer.Error(40013)
        : secret != options.AppSecret ? ApiAnswer.Error(40125)
        : null;

    private ApiAnswer Issued(Tokens.Issued token) => ApiAnswer.Plain(new JsonObject
    {
        ["access_token"] = token.Value,
        ["expires_in"] = (int)(token.Expires - clock.Now).TotalSeconds,
    });
}
