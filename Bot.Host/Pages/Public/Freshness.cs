using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Bot.Host.Pages.Public;

/// <summary>Lets browsers keep a page for a minute and ask then whether it changed.</summary>
/// <remarks>The tag is made of the finished page, so that no cause of a change can be forgotten: texts, style, linked documents, the date.</remarks>
internal static class Freshness
{
    public static async Task ServeAsync(HttpContext context, RequestDelegate next)
    {
        var (request, response) = (context.Request, context.Response);
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            await next(context);
            return;
        }

        var wire = response.Body;
        using var page = new MemoryStream(16 * 1024);
        response.Body = page;
        try
        {
            await next(context);
        }
        finally
        {
            response.Body = wire;
        }

        if (response.StatusCode == StatusCodes.Status200OK)
        {
            var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(page.GetBuffer().AsSpan(0, (int)page.Length))[..12])}\"");
            var headers = response.GetTypedHeaders();
            headers.ETag = tag;
            response.Headers.CacheControl = "public, max-age=60";
            if (IsKnown(request.GetTypedHeaders(), tag, headers.LastModified))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                response.ContentType = null;
                return;
            }
        }

        // Nothing written leaves it to others to say what is the matter.
        if (page.Length == 0)
            return;
        response.ContentLength = page.Length;
        if (!HttpMethods.IsHead(request.Method))
            await wire.WriteAsync(page.GetBuffer().AsMemory(0, (int)page.Length), context.RequestAborted);
    }

    // RFC 9110, 13.2.2: the date counts only where no tag was sent.
    private static bool IsKnown(Microsoft.AspNetCore.Http.Headers.RequestHeaders request, EntityTagHeaderValue tag, DateTimeOffset? changed) =>
        request.IfNoneMatch is { Count: > 0 } known
            ? known.Any(k => k.Equals(EntityTagHeaderValue.Any) || k.Compare(tag, useStrongComparison: false))
            : request.IfModifiedSince is { } since && changed is { } at && at.ToUnixTimeSeconds() <= since.ToUnixTimeSeconds();
}
