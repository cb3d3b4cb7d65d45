using System.Text.Json.Nodes;
using Bot.Simulator.Callbacks;
using Bot.Simulator.World;

namespace Bot.Simulator.Api;

/// <summary>发布: a draft becomes an article when its job ends.</summary>
internal sealed class PublishApi(Citizens citizens, Drafts drafts, PushFactory pushes, JobResults results) : IApiGroup
{
    public IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Post("/cgi-bin/freepublish/submit", Submit),
        ApiRoute.Post("/cgi-bin/freepublish/get", Get),
        ApiRoute.Post("/cgi-bin/freepublish/getarticle", call => drafts.FindPublished(call.Json["article_id"].Text) is { } d
            ? ApiAnswer.Plain(new JsonObject { ["news_item"] = Items(d, call) }) : ApiAnswer.Error(40007)),
        ApiRoute.Post("/cgi-bin/freepublish/delete", Remove),
        ApiRoute.Post("/cgi-bin/freepublish/batchget", List),
    ];

    private ApiAnswer Submit(ApiCall call)
    {
        if (drafts.Find(call.Json["media_id"].Text) is not { } draft)
            return ApiAnswer.Error(40007);
        var job = drafts.Submit(draft);
        var address = new Uri(call.BaseUrl, $"/simulator/articles/{draft.Id}/0").ToString();
        var held = results.PushLater(() => Result(job, address), () =>
        {
            lock (citizens.Gate)
                drafts.Finish(job);
        });
        return ApiAnswer.Ok(("publish_id", job.Id), ("msg_data_id", long.Parse(job.Id, null))) with { HeldBack = held };
    }

    private Push Result(Publication job, string address) => pushes.Job(PushFactory.Administrator, "PUBLISHJOBFINISH", new Field("PublishEventInfo", new Field[]
    {
        new("publish_id", long.Parse(job.Id, null)),
        new("publish_status", 0L),
        new("article_id", job.ArticleId ?? ""),
        new("article_detail", new Field[]
        {
            new("count", 1L), new("item", new Field[] { new("idx", 1L), new("article_url", address) }),
        }),
    }));

    private ApiAnswer Get(ApiCall call)
    {
        if (drafts.Publication(call.Json["publish_id"].Text) is not { } job)
            return ApiAnswer.Error(40035);
        if (job.ArticleId is null)
            return ApiAnswer.Plain(new JsonObject { ["publish_id"] = job.Id, ["publish_status"] = 1, ["fail_idx"] = new JsonArray() });
        return ApiAnswer.Plain(new JsonObject
        {
            ["publish_id"] = job.Id,
            ["publish_status"] = 0,
            ["article_id"] = job.ArticleId,
            ["article_detail"] = new JsonObject
            {
                ["count"] = job.Draft.Articles.Count,
                ["item"] = new JsonArray([.. job.Draft.Articles.Select((_, i) => new JsonObject
                {
                    ["idx"] = i + 1,
                    ["article_url"] = new Uri(call.BaseUrl, $"/simulator/articles/{job.Draft.Id}/{i}").ToString(),
                })]),
            },
            ["fail_idx"] = new JsonArray(),
        });
    }

    private ApiAnswer Remove(ApiCall call)
    {
        if (drafts.Published.FirstOrDefault(p => p.ArticleId == call.Json["article_id"].Text) is not { } found)
            return ApiAnswer.Error(40007);
        found.ArticleId = null;
        return ApiAnswer.Ok();
    }

    private ApiAnswer List(ApiCall call)
    {
        var page = drafts.Published.Skip(call.Json["offset"].Number ?? 0).Take(Math.Clamp(call.Json["count"].Number ?? 20, 1, 20)).ToList();
        return ApiAnswer.Plain(new JsonObject
        {
            ["total_count"] = drafts.Published.Count,
            ["item_count"] = page.Count,
            ["item"] = new JsonArray([.. page.Select(p => new JsonObject
            {
                ["article_id"] = p.ArticleId,
                ["content"] = new JsonObject { ["news_item"] = Items(p.Draft, call) },
                ["update_time"] = p.Draft.Changed.ToUnixTimeSeconds(),
            })]),
        });
    }

    // What is published has an address.
    private static JsonArray Items(Draft draft, ApiCall call)
    {
        var articles = (JsonArray)draft.Articles.DeepClone();
        foreach (var (i, article) in articles.Index())
            article!["url"] = new Uri(call.BaseUrl, $"/simulator/articles/{draft.Id}/{i}").ToString();
        return articles;
    }
}
