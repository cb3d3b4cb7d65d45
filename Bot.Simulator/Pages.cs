using System.Collections.Frozen;
using Bot.Simulator.World;

namespace Bot.Simulator;

/// <summary>The chat page, its scripts and styles, from inside the assembly; and the pictures of the chats.</summary>
internal static class Pages
{
    private const string Policy = "default-src 'self'; img-src 'self' data: blob: http: https:; style-src 'self'; script-src 'self'; frame-ancestors 'self'";

    private static readonly FrozenDictionary<string, Resource> Files = typeof(Pages).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith("simulator/", StringComparison.Ordinal))
        .ToFrozenDictionary(n => n["simulator/".Length..].Replace('\\', '/'), Read, StringComparer.Ordinal);

    public static void Map(IEndpointRouteBuilder app)
    {
        // Relative addresses need the slash.
        app.MapGet("", (HttpContext http) => http.Request.Path.Value!.EndsWith('/')
            ? Serve("index.html", http)
            : TypedResults.Redirect($"{http.Request.PathBase}{http.Request.Path}/"));
        app.MapGet("/assets/{**file}", (string file, HttpContext http) => Serve(file, http));
        app.MapGet("/media/{id}", (string id, MediaStore media, Citizens citizens, HttpContext http) =>
        {
            lock (citizens.Gate)
            {
                if (media.Find(id) is not { } found)
                    return Results.NotFound();
                http.Response.Headers.XContentTypeOptions = "nosniff";
                return TypedResults.Bytes(found.Bytes, found.ContentType);
            }
        });
    }

    private static IResult Serve(string file, HttpContext http)
    {
        if (!Files.TryGetValue(file, out var resource))
            return TypedResults.NotFound();
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-cache";
        if (headers.ContentSecurityPolicy.Count == 0)
            headers.ContentSecurityPolicy = Policy;
        return TypedResults.Bytes(resource.Bytes, resource.ContentType, entityTag: new($"\"{resource.Tag}\""));
    }

    private static Resource Read(string name)
    {
        using var stream = typeof(Pages).Assembly.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        var tag = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes.ToArray()))[..16];
        return new(bytes.ToArray(), tag, Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "application/octet-stream",
        });
    }

    private sealed record Resource(byte[] Bytes, string Tag, string ContentType);
}
