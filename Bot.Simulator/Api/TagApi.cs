using System.Text.Json.Nodes;
using Bot.Simulator.World;

namespace Bot.Simulator.Api;

/// <summary>用户标签.</summary>
internal sealed class TagApi(SimulatorOptions options, Citizens citizens, Tags tags) : IApiGroup
{
    private const int Most = 100;

    public IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Post("/cgi-bin/tags/create", Create),
        ApiRoute.Get("/cgi-bin/tags/get", List),
        ApiRoute.Post("/cgi-bin/tags/update", Rename),
        ApiRoute.Post("/cgi-bin/tags/delete", Remove),
        ApiRoute.Post("/cgi-bin/tags/members/batchtagging", call => Mark(call, on: true)),
        ApiRoute.Post("/cgi-bin/tags/members/batchuntagging", call => Mark(call, on: false)),
        ApiRoute.Post("/cgi-bin/tags/getidlist", call => citizens.Find(call.Json["openid"].Text) is { } c
            ? ApiAnswer.Plain(new JsonObject { ["tagid_list"] = new JsonArray([.. c.Tags.Order().Select(t => JsonValue.Create(t))]) })
            : ApiAnswer.Error(40003)),
    ];

    private ApiAnswer Create(ApiCall call)
    {
        var name = call.Json["tag"]?["name"].Text;
        if (tags.All.Count >= Most)
            return ApiAnswer.Error(45056);
        if (Fault(name) is not 0 and var fault)
            return ApiAnswer.Error(fault);
        return ApiAnswer.Plain(new JsonObject { ["tag"] = new JsonObject { ["id"] = tags.Add(name!), ["name"] = name } });
    }

    private ApiAnswer List(ApiCall call) => ApiAnswer.Plain(new JsonObject
    {
        ["tags"] = new JsonArray([.. tags.All.Select(t => new JsonObject
        {
            ["id"] = t.Key,
            ["name"] = t.Value,
            ["count"] = citizens.All.Count(c => c.Tags.Contains(t.Key)),
        })]),
    });

    private ApiAnswer Rename(ApiCall call)
    {
        var (id, name) = (call.Json["tag"]?["id"].Number ?? -1, call.Json["tag"]?["name"].Text);
        if (Tags.IsSystem(id))
            return ApiAnswer.Error(45058);
        if (!tags.All.ContainsKey(id))
            return ApiAnswer.Error(45159);
        if (tags.All[id] != name && Fault(name) is not 0 and var fault)
            return ApiAnswer.Error(fault);
        tags.Rename(id, name!);
        return ApiAnswer.Ok();
    }

    private ApiAnswer Remove(ApiCall call)
    {
        var id = call.Json["tag"]?["id"].Number ?? -1;
        if (Tags.IsSystem(id))
            return ApiAnswer.Error(45058);
        if (!tags.Remove(id))
            return ApiAnswer.Error(45159);
        foreach (var citizen in citizens.All)
            citizen.Tags.Remove(id);
        return ApiAnswer.Ok();
    }

    // All or none: one bad openid refuses the batch.
    private ApiAnswer Mark(ApiCall call, bool on)
    {
        var openIds = call.Json["openid_list"].Texts;
        var id = call.Json["tagid"].Number ?? -1;
        if (openIds.Count is 0 || openIds.Count > options.Limits.TagBatch)
            return ApiAnswer.Error(40032);
        if (!tags.All.ContainsKey(id))
            return ApiAnswer.Error(45159);
        var marked = openIds.Select(citizens.Find).ToList();
        if (marked.Any(c => c is not { Follows: true }))
            return ApiAnswer.Error(40003);
        if (on && marked.Any(c => !c!.Tags.Contains(id) && c.Tags.Count >= options.Limits.TagsPerCitizen))
            return ApiAnswer.Error(45059);
        foreach (var citizen in marked)
        {
            _ = on ? citizen!.Tags.Add(id) : citizen!.Tags.Remove(id);
            citizens.Changed(citizen);
        }
        return ApiAnswer.Ok();
    }

    private int Fault(string? name) =>
        string.IsNullOrWhiteSpace(name) || tags.All.Values.Contains(name) ? 45157
        : name.Utf8Length > options.Limits.TagNameBytes ? 45158 : 0;
}
