using System.Text.Json.Nodes;
using Bot.Simulator.World;

namespace Bot.Simulator.Api;

/// <summary>Addresses, quotas and tickets of the account.</summary>
internal sealed class AccountApi(SimulatorOptions options, Quotas quotas, Dice dice, VirtualClock clock, Lazy<ApiDesk> desk) : IApiGroup
{
    private readonly Dictionary<string, (string Ticket, DateTimeOffset Until)> _tickets = new(StringComparer.Ordinal);

    public IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Get("/cgi-bin/getcallbackip", _ => ApiAnswer.Plain(new JsonObject { ["ip_list"] = new JsonArray("127.0.0.1", "198.51.100.0/25") })),
        ApiRoute.Get("/cgi-bin/get_api_domain_ip", _ => ApiAnswer.Plain(new JsonObject { ["ip_list"] = new JsonArray("127.0.0.1") })),
        ApiRoute.Post("/cgi-bin/callback/check", Check),
        ApiRoute.Post("/cgi-bin/clear_quota", call => call.Json["appid"].Text == options.AppId ? Clear() : ApiAnswer.Error(40013)),
        ApiRoute.Post("/cgi-bin/clear_quota/v2", ClearBySecret) with { NeedsToken = false },
        ApiRoute.Post("/cgi-bin/openapi/quota/get", Quota),
        ApiRoute.Get("/cgi-bin/ticket/getticket", Ticket),
    ];

    private static ApiAnswer Check(ApiCall call)
    {
        if (call.Json["action"].Text is not ("dns" or "ping" or "all"))
            return ApiAnswer.Error(40202);
        if (call.Json["check_operator"].Text is not ("CHINANET" or "UNICOM" or "CAP" or "DEFAULT"))
            return ApiAnswer.Error(40203);
        return ApiAnswer.Plain(new JsonObject
        {
            ["dns"] = new JsonArray(new JsonObject { ["ip"] = "127.0.0.1", ["real_operator"] = "DEFAULT" }),
            ["ping"] = new JsonArray(new JsonObject
            {
                ["ip"] = "127.0.0.1", ["from_operator"] = "DEFAULT", ["package_loss"] = "0%", ["time"] = "0.100ms",
            }),
        });
    }

    private ApiAnswer Clear() => quotas.Clear() ? ApiAnswer.Ok() : ApiAnswer.Error(48006);

    // An older page has the parameters in the query, a newer one in the body.
    private ApiAnswer ClearBySecret(ApiCall call)
    {
        var body = call.Body.Length > 0 ? call.Json : [];
        var (appId, secret) = (body["appid"].Text ?? call["appid"], body["appsecret"].Text ?? call["appsecret"]);
        return appId is null ? ApiAnswer.Error(41002)
            : secret is null ? ApiAnswer.Error(41004)
            : appId != options.AppId ? ApiAnswer.Error(40013)
            : secret != options.AppSecret ? ApiAnswer.Error(40125)
            : Clear();
    }

    private ApiAnswer Quota(ApiCall call)
    {
        var path = call.Json["cgi_path"].Text ?? "";
        if (!desk.Value.Paths.Contains(path))
            return ApiAnswer.Error(76022);
        var (limit, used) = (quotas.Limit(path), quotas.Used(path));
        return ApiAnswer.Ok(("quota", new JsonObject { ["daily_limit"] = limit, ["used"] = used, ["remain"] = limit - used }));
    }

    private ApiAnswer Ticket(ApiCall call)
    {
        if (call["type"] is not ("jsapi" or "wx_card") || call["type"] is not { } type)
            return ApiAnswer.Error(40035);
        if (!_tickets.TryGetValue(type, out var held) || held.Until <= clock.Now)
            _tickets[type] = held = (dice.Text(86), clock.Now + Tokens.Lifetime);
        return ApiAnswer.Ok(("ticket", held.Ticket), ("expires_in", (int)(held.Until - clock.Now).TotalSeconds));
    }
}
