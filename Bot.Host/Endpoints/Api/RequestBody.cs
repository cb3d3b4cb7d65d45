using System.Security.Cryptography;
using System.Text;
using Bot.Data.ApiKeys;
using Bot.Data.Notices;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Bot.Host.Endpoints.Api;

/// <summary>A request's body, whole: its hash is what makes a repeated request the same.</summary>
internal static class RequestBody
{
    private const int LongestIdempotencyKey = 255;

    // The server's own least is 240 bytes a second: 64 MiB might take days.
    private static readonly Microsoft.AspNetCore.Server.Kestrel.Core.MinDataRate s_slowest = new(bytesPerSecond: 16 * 1024, gracePeriod: TimeSpan.FromSeconds(10));

    /// <returns>Null when it is longer than that.</returns>
    public static async Task<byte[]?> ReadAsync(HttpContext context, int most)
    {
        if (!Fits(context, most))
            return null;
        using MemoryStream body = new((int)(context.Request.ContentLength ?? 0));
        try
        {
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }

        return body.Length == body.Capacity ? body.GetBuffer() : body.ToArray();
    }

    /// <summary>For a large one, which may take its time to come.</summary>
    /// <returns>One of the two.</returns>
    public static async Task<(Spool.Spooled? Body, ProblemHttpResult? Problem)> SpoolAsync(HttpContext context, int most, Spool spool, CancellationToken ct)
    {
        var tooLarge = ApiProblem.TooLarge($"请求最多 {most >> 20} MiB");
        if (!Fits(context, most))
            return (null, tooLarge);
        try
        {
            return await spool.TakeInAsync(context.Caller.Owner, context.Request.Body, ct) is { } body
                ? (body, null) : (null, ApiProblem.Busy(context, "正在接收的批量请求太多，请稍后再试"));
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, tooLarge);
        }
    }

    private static bool Fits(HttpContext context, int most)
    {
        // The server's own limit is for pages.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = most;
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } speed)
            speed.MinDataRate = s_slowest;
        return !(context.Request.ContentLength > most);
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
