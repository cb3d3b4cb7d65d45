using System.Text.Json.Nodes;
using Bot.Simulator.World;

namespace Bot.Simulator.Api;

/// <summary>Followers and what is known of them.</summary>
internal sealed class UserApi(Citizens citizens) : IApiGroup
{
    private const int Page = 10_000;
    private const int Batch = 100;
    private const int RemarkCharacters = 30;

    public IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Get("/cgi-bin/user/info", call => citizens.Find(call["openid"]) is { } c ? ApiAnswer.Plain(Told(c)) : ApiAnswer.Error(40003)),
        ApiRoute.Post("/cgi-bin/user/info/batchget", Several),
        ApiRoute.Get("/cgi-bin/user/get", call => List(citizens.All.Where(c => c.Follows), call["next_openid"])),
        ApiRoute.Post("/cgi-bin/user/info/updateremark", Remark),
        ApiRoute.Either("/cgi-bin/user/tag/get", call => List(
            citizens.All.Where(c => c.Tags.Contains(call.Json["tagid"].Number ?? -1)), call.Json["next_openid"].Text)),
        ApiRoute.Post("/cgi-bin/tags/members/getblacklist", call => List(citizens.All.Where(c => c.Blacklisted), call.Json["begin_openid"].Text)),
        ApiRoute.Post("/cgi-bin/tags/members/batchblacklist", call => Blacklist(call, true)),
        ApiRoute.Post("/cgi-bin/tags/members/batchunblacklist", call => Blacklist(call, false)),
    ];

    private ApiAnswer Several(ApiCall call)
    {
        if (call.Json["user_list"] is not JsonArray { Count: > 0 and <= Batch } list)
            return ApiAnswer.Error(40032);
        var found = list.Select(u => citizens.Find(u?["openid"].Text)).ToList();
        return found.Contains(null)
            ? ApiAnswer.Error(40003)
            : ApiAnswer.Plain(new JsonObject { ["user_info_list"] = new JsonArray([.. found.Select(c => Told(c!))]) });
    }

    private ApiAnswer Remark(ApiCall call)
    {
        if (citizens.Find(call.Json["openid"].Text) is not { } citizen)
            return ApiAnswer.Error(40003);
        if (call.Json["remark"].Text is not { Length: < RemarkCharacters } remark)
            return ApiAnswer.Error(40035);
        citizen.Remark = remark;
        return ApiAnswer.Ok();
    }

    private ApiAnswer Blacklist(ApiCall call, bool on)
    {
        var openIds = call.Json["openid_list"].Texts;
        if (openIds.Count is 0 or > 20)
            return ApiAnswer.Error(40032);
        foreach (var openId in openIds)
        {
            if (citizens.Find(openId) is not { } citizen)
                return ApiAnswer.Error(40003);
            citizen.Blacklisted = on;
            citizens.Changed(citizen);
        }
        return ApiAnswer.Ok();
    }

    // Nickname and portrait are no longer told.
    private static JsonObject Told(Citizen c) => !c.Follows
        ? new JsonObject { ["subscribe"] = 0, ["openid"] = c.OpenId, ["unionid"] = c.UnionId }
        : new JsonObject
        {
            ["subscribe"] = 1,
            ["openid"] = c.OpenId,
            ["language"] = "zh_CN",
            ["subscribe_time"] = c.FollowedAt?.ToUnixTimeSeconds() ?? 0,
            ["unionid"] = c.UnionId,
            ["remark"] = c.Remark,
            ["groupid"] = 0,
            ["tagid_list"] = new JsonArray([.. c.Tags.Order().Select(t => JsonValue.Create(t))]),
            ["subscribe_scene"] = c.Came,
            ["qr_scene"] = int.TryParse(c.Scene, out var number) ? number : 0,
            ["qr_scene_str"] = int.TryParse(c.Scene, out _) ? "" : c.Scene,
        };

    // An empty page has no data at all.
    private static ApiAnswer List(IEnumerable<Citizen> who, string? after)
    {
        var all = who.Select(c => c.OpenId).ToList();
        var from = string.IsNullOrEmpty(after) ? 0 : all.IndexOf(after) + 1;
        if (from == 0 && !string.IsNullOrEmpty(after))
            return ApiAnswer.Error(40003);
        var page = all.Skip(from).Take(Page).ToList();
        var body = new JsonObject { ["total"] = all.Count, ["count"] = page.Count };
        if (page.Count > 0)
            body["data"] = new JsonObject { ["openid"] = new JsonArray([.. page.Select(o => JsonValue.Create(o))]) };
        body["next_openid"] = page.LastOrDefault() ?? "";
        return ApiAnswer.Plain(body);
    }
}
