using System.Globalization;
using Bot.Data.ApiKeys;
using Bot.Data.Notices;
using Bot.Handlers.Notices;

namespace Bot.Host.Endpoints.Api;

/// <summary>What callers of the API ask of the notice office.</summary>
internal static class NoticeRequests
{
    extension(HttpContext context)
    {
        /// <summary>Whose key the request carries; every endpoint of the API asks for one.</summary>
        public ApiKey Caller => (ApiKey)context.Items[typeof(ApiKey)]!;
    }

    public static NoticeRequest By(
        ApiKey caller, NoticeLane lane, string? template, string? url, string? reference, DateTimeOffset? at, DateTimeOffset? until, Idempotency? key) => new()
    {
        Origin = NoticeOrigin.Api, Lane = lane, Template = template ?? "", MadeBy = caller.Owner, Department = caller.Department, Url = url, Reference = reference, ScheduledAt = at,
        ExpiresAt = until, AnyHour = true, Simulated = caller.Kind is ApiKeyKind.Test, Idempotency = key,
    };

    public static async IAsyncEnumerable<RequestedRow> One(RequestedRow row)
    {
        await Task.CompletedTask;
        yield return row;
    }
}

/// <summary>What the audit log calls another system.</summary>
internal static class NoticeActor
{
    public static string Of(ApiKey caller) => $"api:{caller.Owner}";
}

/// <summary>A time as other systems write it.</summary>
internal static class ScheduledTime
{
    public const string Expected = "请写成带时区的 ISO 8601 时间，例如 2026-11-22T10:00:00+08:00";

    private static readonly string[] s_formats = ["yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    /// <param name="at">Null when none was given.</param>
    public static bool TryRead(string? text, out DateTimeOffset? at)
    {
        at = null;
        if (string.IsNullOrEmpty(text))
            return true;
        var written = text.EndsWith('Z') ? text[..^1] + "+00:00" : text;
        if (!DateTimeOffset.TryParseExact(written, s_formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read))
            return false;
        at = read.ToUniversalTime();
        return true;
    }
}
