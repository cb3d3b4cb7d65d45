using System.Text.Encodings.Web;
using Bot.Simulator.Api;
using Bot.Simulator.World;

namespace Bot.Simulator;

/// <summary>An article as a citizen reads it. Its markup is the bot's own and runs no script: the page is sandboxed.</summary>
internal static class Articles
{
    private const string Policy = "sandbox allow-popups; default-src 'none'; img-src * data:; style-src 'unsafe-inline'";

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/articles/{id}/{index:int}", (string id, int index, Drafts drafts, Citizens citizens, HttpContext http) =>
    {
        lock (citizens.Gate)
        {
            if (drafts.Readable(id) is not { } draft || index < 0 || index >= draft.Articles.Count)
                return Results.NotFound();
            var article = draft.Articles[index];
            string Words(string name) => HtmlEncoder.Default.Encode(article?[name].Text ?? "");
            http.Response.Headers.ContentSecurityPolicy = Policy;
            return Results.Content($"""
                <!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
                <title>{Words("title")}</title><style>body{"{"}font:17px/1.8 sans-serif;max-width:680px;margin:0 auto;padding:20px{"}"}small{"{"}color:#666{"}"}img{"{"}max-width:100%{"}"}</style></head>
                <body><h1>{Words("title")}</h1><small>{Words("author")}</small>{article?["content"].Text}</body></html>
                """, "text/html; charset=utf-8");
        }
    });
}
