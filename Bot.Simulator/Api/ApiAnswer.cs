using System.Text.Json.Nodes;
using Bot.Simulator.World;

namespace Bot.Simulator.Api;

/// <summary>What the platform answers; errors too have HTTP status 200.</summary>
internal sealed record ApiAnswer
{
    /// <summary>0 for success; decides the journal's verdict.</summary>
    public int Code { get; private init; }

    public JsonObject? Body { get; private init; }

    public byte[]? Bytes { get; private init; }

    public string ContentType { get; private init; } = "application/json; encoding=utf-8";

    public string? FileName { get; private init; }

    public string? Location { get; private init; }

    public int Status { get; private init; } = 200;

    /// <summary>How long the answer is held back, so that a result can overtake it.</summary>
    public TimeSpan HeldBack { get; init; }

    public static ApiAnswer Ok(params (string Name, JsonNode? Value)[] fields)
    {
        var body = new JsonObject { ["errcode"] = 0, ["errmsg"] = "ok" };
        foreach (var (name, value) in fields)
            body[name] = value;
        return new() { Body = body };
    }

    /// <summary>A success without <c>errcode</c>, as the older calls answer.</summary>
    public static ApiAnswer Plain(JsonObject body) => new() { Body = body };

    /// <param name="text">Null: the code's usual words.</param>
    public static ApiAnswer Error(int code, string? text = null) => new()
    {
        Code = code,
        Body = new JsonObject { ["errcode"] = code, ["errmsg"] = text ?? ErrorTexts.Of(code) },
    };

    public static ApiAnswer File(byte[] bytes, string contentType, string? fileName) =>
        new() { Bytes = bytes, ContentType = contentType, FileName = fileName };

    public static ApiAnswer Page(string html) =>
        new() { Bytes = System.Text.Encoding.UTF8.GetBytes(html), ContentType = "text/html; charset=utf-8" };

    public static ApiAnswer Redirect(string location) => new() { Location = location, Status = 302 };

    public static ApiAnswer NotFound() => new() { Status = 404, Bytes = [], ContentType = "text/plain", Code = 404 };

    public ApiAnswer WithRid(string rid)
    {
        if (Code != 0 && Body is not null)
            Body["errmsg"] = $"{(string?)Body["errmsg"]} rid: {rid}";
        return this;
    }

    public string Text => Body?.ToJsonString(Json.Wire) ?? (Location is not null ? $"302 {Location}" : $"（{ContentType}，{Bytes?.Length} 字节）");
}
