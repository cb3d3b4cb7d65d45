using System.Text.Json;
using Bot.Data.Notices;
using Bot.Handlers.Notices;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bot.Host.Endpoints.Api;

/// <summary><c>POST /api/v1/notices</c>.</summary>
internal static class SendSingle
{
    private const int MaxBody = 64 * 1024;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    public static async Task<Results<Created<MadeView>, ProblemHttpResult>> HandleAsync(HttpContext context, NoticeOffice office, ApiTeam team, CancellationToken ct)
    {
        if (!context.Request.HasJsonContentType())
            return ApiProblem.Of(StatusCodes.Status415UnsupportedMediaType, "请求应为 application/json");
        if (await RequestBody.ReadAsync(context, MaxBody) is not { } bytes)
            return ApiProblem.TooLarge($"请求最多 {MaxBody / 1024} KiB");
        var caller = context.Caller;
        var key = RequestBody.KeyOf(context, caller, bytes, out var fault);
        if (fault is not null)
            return ApiProblem.Of("Idempotency-Key", fault);
        if (!TryRead(bytes, out var body, out var place))
            return ApiProblem.Of("body", $"不是合格的 JSON：{place}");
        if (!ScheduledTime.TryRead(body.ScheduledAt, out var at))
            return ApiProblem.Of("scheduledAt", ScheduledTime.Expected);
        if (!ScheduledTime.TryRead(body.ExpiresAt, out var until))
            return ApiProblem.Of("expiresAt", ScheduledTime.Expected);
        if ((await team.StrangersAsync(caller, ct))(body.Openid))
            return ApiProblem.Of("openid", ApiTeam.Refusal);

        var request = NoticeRequests.By(caller, NoticeLane.Single, body.Template, body.Url, body.Reference, at, until, key);
        return await office.SendAsync(request, NoticeRequests.One(new(1, body.Openid, body.Data)), ct) switch
        {
            NoticeAnswer.Accepted { Notice: var made } => TypedResults.Created($"/api/v1/notices/{made.Id}", new MadeView(made.Id, NoticeView.Spelled(made.Status))),
            NoticeAnswer.Refused refused => ApiProblem.Of(refused.Problems),
            _ => ApiProblem.KeyReused(),
        };
    }

    private static bool TryRead(byte[] bytes, out SingleBody body, out string place)
    {
        (body, place) = (new(null, null, null, null, null, null, null), "");
        try
        {
            body = JsonSerializer.Deserialize<SingleBody>(bytes, s_json) ?? body;
            return true;
        }
        catch (JsonException e)
        {
            place = $"{(e.Path is { Length: > 0 } path ? path : "$")}，第 {e.LineNumber + 1} 行";
            return false;
        }
    }
}
