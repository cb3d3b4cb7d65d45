using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Bot.Simulator.Api;

/// <summary>One call of the bot, wholly read.</summary>
/// <param name="Path">From the root of the API: <c>/cgi-bin/token</c>.</param>
/// <param name="BaseUrl">The address that the API was called under, without the path; for addresses that the platform hands out.</param>
internal sealed record ApiCall(string Method, string Path, IQueryCollection Query, byte[] Body, Upload? File, Uri BaseUrl, IRequestCookieCollection Cookies)
{
    public const int BodyBytes = 12 * 1024 * 1024;

    private JsonObject? _json;

    public string? Token => this["access_token"];

    /// <summary>A value of the query; null when absent or empty.</summary>
    public string? this[string name] =>
        Query.TryGetValue(name, out var value) && !StringValues.IsNullOrEmpty(value) ? value.ToString() : null;

    /// <exception cref="JsonException">The body is no JSON object.</exception>
    public JsonObject Json => _json ??= JsonNode.Parse(Body) as JsonObject ?? throw new JsonException("no object");

    /// <summary>Whether the text holds <c>\uXXXX</c>, which the platform's documents forbid.</summary>
    public bool HasEscapes
    {
        get
        {
            for (var i = 0; i + 1 < Body.Length; i++)
            {
                if (Body[i] != '\\')
                    continue;
                if (Body[i + 1] == 'u')
                    return true;
                i++;
            }
            return false;
        }
    }

    public static async Task<ApiCall> ReadAsync(HttpContext context, string path)
    {
        var request = context.Request;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = BodyBytes;
        var baseUrl = new Uri($"{request.Scheme}://{request.Host}{request.PathBase}/");
        if (request.HasFormContentType && request.ContentType!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
        {
            var form = await request.ReadFormAsync(context.RequestAborted);
            return new(request.Method, path, request.Query, [], await Upload.ReadAsync(form, context.RequestAborted), baseUrl, request.Cookies);
        }
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, context.RequestAborted);
        return new(request.Method, path, request.Query, body.ToArray(), null, baseUrl, request.Cookies);
    }
}

/// <summary>The file of a multipart call, from the part named <c>media</c>.</summary>
internal sealed record Upload(string FileName, byte[] Bytes, string? Description)
{
    public static async Task<Upload?> ReadAsync(IFormCollection form, CancellationToken ct)
    {
        if (form.Files.GetFile("media") is not { } file)
            return null;
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, ct);
        return new(Path.GetFileName(file.FileName), bytes.ToArray(), form["description"]);
    }
}
