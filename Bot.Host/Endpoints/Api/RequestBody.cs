using System.Security.Cryptography;
using System.Text;
using Bot.Data.ApiKeys;
using Bot.Data.Notices;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Bot.Host.Endpoints.Api;

/// <summary>A request's body, whole: its hash is what makes a repeated request the same.</summary>
internal static class RequestBody
{
    private const int LongestIdempotencyKey = 255;

    // The server's own least is 240 bytes a second: 64 MiB might hold a place for days.
    private static readonly Microsoft.AspNetCore.Server.Kestrel.Core.MinDataRate s_slowest = new(bytesPerSecond: 16 * 1024, gracePeriod: TimeSpan.FromSeconds(10));

    /// <returns>Null when it is longer than that.</returns>
    public static async Task<byte[]?> ReadAsync(HttpContext context, int most)
    {
        var request = context.Request;
        // The server's own limit is for pages.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = most + 1L;
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } speed)
            speed.MinDataRate = s_slowest;
        if (request.ContentLength > most)
            return null;
        using MemoryStream body = new((int)(request.ContentLength ?? 0));
        try
        {
            await request.Body.CopyToAsync(body, context.RequestAborted);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }

        return body.Length > most ? null : body.Length == body.Capacity ? body.GetBuffer() : body.ToArray();
    }

    /// <param name="fault">In words, for a key that no request may have.</param>
    /// <returns>Null without a key.</returns>
    public static Idempotency? KeyOf(HttpContext context, ApiKey caller, byte[] body, out string? fault)
    {
        fault = null;
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length == 0)
            return null;
        if (key.Length > LongestIdempotencyKey || key.Any(char.IsControl))
        {
            fault = $"Idempotency-Key 最多 {LongestIdempotencyKey} 个字符，不能含控制字符";
            return null;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{context.Request.Path}{context.Request.QueryString}\n"));
        hash.AppendData(body);
        return new(caller.Owner, key, hash.GetHashAndReset());
    }
}
