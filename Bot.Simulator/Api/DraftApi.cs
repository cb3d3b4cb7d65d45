using System.Text.Json.Nodes;
using Bot.Simulator.World;

namespace Bot.Simulator.Api;

/// <summary>草稿箱.</summary>
internal sealed class DraftApi(SimulatorOptions options, Drafts drafts, MediaStore media, VirtualClock clock) : IApiGroup
{
    public IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Post("/cgi-bin/draft/add", Add),
        ApiRoute.Post("/cgi-bin/draft/get", call => drafts.Find(call.Json["media_id"].Text) is { } d
            ? ApiAnswer.Plain(new JsonObject { ["news_item"] = d.Articles.DeepClone() }) : ApiAnswer.Error(40007)),
        ApiRoute.Post("/cgi-bin/draft/update", Update),
        ApiRoute.Post("/cgi-bin/draft/delete", Remove),
        ApiRoute.Get("/cgi-bin/draft/count", _ => ApiAnswer.Plain(new JsonObject { ["total_count"] = drafts.All.Count })),
        ApiRoute.Post("/cgi-bin/draft/batchget", List),
    ];

    private ApiAnswer Add(ApiCall call)
    {
        if (call.Json["articles"] is not JsonArray { Count: >= 1 and <= 8 } articles)
            return ApiAnswer.Error(44003);
        var fault = articles.Select(a => Fault(a as JsonObject)).FirstOrDefault(f => f != 0);
        return fault != 0 ? ApiAnswer.Error(fault) : ApiAnswer.Plain(new JsonObject { ["media_id"] = drafts.Keep(articles).Id });
    }

    // One article by its place; here "articles" is an object.
    private ApiAnswer Update(ApiCall call)
    {
        if (drafts.Find(call.Json["media_id"].Text) is not { } draft)
            return ApiAnswer.Error(40007);
        var index = call.Json["index"].Number ?? 0;
        if (index < 0 || index >= draft.Articles.Count)
            return ApiAnswer.Error(40035);
        if (call.Json["articles"] is not JsonObject article)
            return ApiAnswer.Error(44003);
        if (Fault(article) is not 0 and var fault)
            return ApiAnswer.Error(fault);
        draft.Articles[index] = article.DeepClone();
        draft.Changed = clock.Now;
        return ApiAnswer.Ok();
    }

    private ApiAnswer Remove(ApiCall call)
    {
        if (drafts.Find(call.Json["media_id"].Text) is not { } draft)
            return ApiAnswer.Error(40007);
        drafts.Remove(draft.Id);
        return ApiAnswer.Ok();
    }

    private ApiAnswer List(ApiCall call)
    {
        var page = drafts.All.Skip(call.Json["offset"].Number ?? 0).Take(Math.Clamp(call.Json["count"].Number ?? 20, 1, 20)).ToList();
        return ApiAnswer.Plain(new JsonObject
        {
            ["total_count"] = drafts.All.Count,
            ["item_count"] = page.Count,
            ["item"] = new JsonArray([.. page.Select(d => new JsonObject
            {
                ["media_id"] = d.Id,
                ["content"] = new JsonObject { ["news_item"] = d.Articles.DeepClone() },
                ["update_time"] = d.Changed.ToUnixTimeSeconds(),
            })]),
        });
    }

    private int Fault(JsonObject? article) =>
        article?["title"].Text is not { Length: > 0 } title || title.Length > options.Limits.DraftTitleCharacters ? 45003
        : article["content"].Text is not { Length: > 0 } content ? 44004
        : content.Length >= options.Limits.DraftContentCharacters ? 45002
        : media.Find(article["thumb_media_id"].Text) is not { Until: null } ? 40007
        : 0;
}
