using System.Text.Json.Nodes;
using Bot.Simulator.World;

namespace Bot.Simulator.Api;

/// <summary>Reads a message that the account sends by API, for one citizen or for many, into what the chat shows.</summary>
internal sealed class OutgoingMessages(SimulatorOptions options, MediaStore media, Drafts drafts)
{
    // Not in the documents read; the client shows no more without scrolling.
    private const int MenuLines = 10;
    private const int MenuLineBytes = 100;

    public (string Kind, JsonObject Body, int Refused) Read(JsonObject message)
    {
        var type = message["msgtype"].Text ?? "";
        var part = message[type] as JsonObject ?? message["images"] as JsonObject ?? [];
        return type switch
        {
            "text" => Text(part["content"].Text),
            "image" when part["media_ids"] is JsonArray { Count: > 0 } ids => Media("image", ids[0].Text),
            "image" => Media("image", part["media_id"].Text),
            "voice" => Media("voice", part["media_id"].Text),
            "video" or "mpvideo" => Media("video", part["media_id"].Text, part),
            "music" => Shown("music", new() { ["title"] = part["title"].Text, ["description"] = part["description"].Text, ["url"] = part["musicurl"].Text }),
            "news" => News(part["articles"] as JsonArray),
            "mpnews" => Draft(part["media_id"].Text),
            "mpnewsarticle" => Published(part["article_id"].Text),
            "msgmenu" => Menu(part),
            "wxcard" => Shown("card", new() { ["title"] = "卡券", ["id"] = part["card_id"].Text }),
            "miniprogrampage" => Shown("miniprogram", new() { ["title"] = part["title"].Text, ["page"] = part["pagepath"].Text }),
            _ => Refused(40008),
        };
    }

    private (string, JsonObject, int) Text(string? content) =>
        string.IsNullOrEmpty(content) ? Refused(44004)
        : content.Utf8Length > options.Limits.CustomTextBytes ? Refused(45002)
        : Shown("text", new() { ["text"] = content });

    private (string, JsonObject, int) Media(string type, string? id, JsonObject? part = null) =>
        media.Find(id) is not { } found || found.Type != type
            ? Refused(40007)
            : Shown(type, new() { ["mediaId"] = id, ["title"] = part?["title"].Text, ["description"] = part?["description"].Text });

    private static (string, JsonObject, int) News(JsonArray? articles) => articles switch
    {
        null or { Count: 0 } => Refused(44003),
        { Count: > 1 } => Refused(45008),
        _ => Shown("news", new()
        {
            ["articles"] = new JsonArray(new JsonObject
            {
                ["title"] = articles[0]?["title"].Text,
                ["description"] = articles[0]?["description"].Text,
                ["picUrl"] = articles[0]?["picurl"].Text,
                ["url"] = articles[0]?["url"].Text,
            }),
        }),
    };

    private (string, JsonObject, int) Draft(string? id) =>
        drafts.Find(id) is { } draft ? Shown("news", Articles(draft)) : Refused(40007);

    private (string, JsonObject, int) Published(string? id) =>
        drafts.FindPublished(id) is { } draft ? Shown("news", Articles(draft)) : Refused(40007);

    private static JsonObject Articles(Draft draft) => new()
    {
        ["articles"] = new JsonArray([.. draft.Articles.Select((a, i) => new JsonObject
        {
            ["title"] = a?["title"].Text,
            ["description"] = a?["digest"].Text,
            ["picMedia"] = a?["thumb_media_id"].Text,
            ["url"] = $"articles/{draft.Id}/{i}",
        })]),
    };

    private static (string, JsonObject, int) Menu(JsonObject part)
    {
        if (part["list"] is not JsonArray { Count: > 0 and <= MenuLines } list)
            return Refused(45098);
        if (list.Any(l => l?["content"].Text is null or "" || l["content"].Text.Utf8Length > MenuLineBytes))
            return Refused(45099);
        return Shown("menu", new()
        {
            ["head"] = part["head_content"].Text,
            ["tail"] = part["tail_content"].Text,
            ["lines"] = new JsonArray([.. list.Select(l => new JsonObject { ["id"] = l!["id"].Text, ["text"] = l["content"].Text })]),
        });
    }

    private static (string, JsonObject, int) Shown(string kind, JsonObject body) => (kind, body, 0);

    private static (string, JsonObject, int) Refused(int code) => ("", [], code);
}
