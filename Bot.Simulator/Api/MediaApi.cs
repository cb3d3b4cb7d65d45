using System.Text.Json.Nodes;
using Bot.Simulator.World;

namespace Bot.Simulator.Api;

/// <summary>Temporary and permanent media.</summary>
internal sealed class MediaApi(SimulatorOptions options, MediaStore media) : IApiGroup
{
    private const int InArticleBytes = 1024 * 1024;

    public IEnumerable<ApiRoute> Routes =>
    [
        ApiRoute.Post("/cgi-bin/media/upload", call => Upload(call, permanent: false)),
        ApiRoute.Get("/cgi-bin/media/get", Get),
        ApiRoute.Get("/cgi-bin/media/get/jssdk", Get),
        ApiRoute.Post("/cgi-bin/media/uploadimg", UploadForArticle),
        ApiRoute.Post("/cgi-bin/material/add_material", call => Upload(call, permanent: true)),
        ApiRoute.Post("/cgi-bin/material/get_material", call => Read(call, call.Json["media_id"].Text)),
        ApiRoute.Post("/cgi-bin/material/del_material", Remove),
        ApiRoute.Get("/cgi-bin/material/get_materialcount", _ => ApiAnswer.Plain(new JsonObject
        {
            ["voice_count"] = media.Count("voice"),
            ["video_count"] = media.Count("video"),
            ["image_count"] = media.Count("image"),
            ["news_count"] = 0,
        })),
    ];

    private ApiAnswer Upload(ApiCall call, bool permanent)
    {
        var type = call["type"] ?? "";
        if (type is not ("image" or "voice" or "video" or "thumb"))
            return ApiAnswer.Error(40004);
        if (call.File is not { Bytes.Length: > 0 } file)
            return ApiAnswer.Error(41005);
        if (Media.Sniff(file.Bytes) is not { } contentType || !Allowed(type, contentType))
            return ApiAnswer.Error(40005);
        if (file.Bytes.Length > Most(type, permanent))
            return ApiAnswer.Error(type == "image" ? 40009 : 45001);
        var kept = media.Keep(type, file.FileName, contentType, file.Bytes, permanent);
        if (permanent)
            return ApiAnswer.Plain(new JsonObject { ["media_id"] = kept.Id, ["url"] = Address(call, kept) });
        return ApiAnswer.Plain(new JsonObject
        {
            ["type"] = type,
            [type == "thumb" ? "thumb_media_id" : "media_id"] = kept.Id,
            ["created_at"] = kept.Created.ToUnixTimeSeconds(),
        });
    }

    private ApiAnswer UploadForArticle(ApiCall call)
    {
        if (call.File is not { Bytes.Length: > 0 } file)
            return ApiAnswer.Error(41005);
        if (Media.Sniff(file.Bytes) is not ("image/png" or "image/jpeg"))
            return ApiAnswer.Error(40005);
        if (file.Bytes.Length >= InArticleBytes)
            return ApiAnswer.Error(40009);
        var kept = media.Keep("article", file.FileName, Media.Sniff(file.Bytes)!, file.Bytes, permanent: true);
        return ApiAnswer.Plain(new JsonObject { ["url"] = Address(call, kept) });
    }

    private ApiAnswer Get(ApiCall call) => call["media_id"] is { } id ? Read(call, id) : ApiAnswer.Error(41006);

    // The 16 kHz copy of a voice goes by its own id.
    private ApiAnswer Read(ApiCall call, string? id) => media.Find(id?.Replace("_16k", "", StringComparison.Ordinal)) is not { } found
        ? ApiAnswer.Error(40007)
        : found.Type == "video"
            ? ApiAnswer.Plain(new JsonObject { ["video_url"] = Address(call, found) })
            : ApiAnswer.File(found.Bytes, found.ContentType, $"{found.Id}.{found.ContentType.Split('/')[1].Replace("jpeg", "jpg", StringComparison.Ordinal)}");

    private ApiAnswer Remove(ApiCall call)
    {
        if (media.Find(call.Json["media_id"].Text) is not { Until: null } found)
            return ApiAnswer.Error(40007);
        media.Forget(found.Id);
        return ApiAnswer.Ok();
    }

    private static string Address(ApiCall call, Media kept) => new Uri(call.BaseUrl, $"/simulator/media/{kept.Id}").ToString();

    private static bool Allowed(string type, string contentType) => type switch
    {
        "image" => contentType.StartsWith("image/", StringComparison.Ordinal),
        "voice" => contentType.StartsWith("audio/", StringComparison.Ordinal),
        "video" => contentType == "video/mp4",
        _ => contentType == "image/jpeg",
    };

    private int Most(string type, bool permanent) => type switch
    {
        "image" => permanent ? 10 * 1024 * 1024 : options.Limits.ImageBytes,
        "voice" => options.Limits.VoiceBytes,
        "video" => options.Limits.VideoBytes,
        _ => options.Limits.ThumbBytes,
    };
}
