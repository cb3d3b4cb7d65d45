using Bot.Handlers.Notices;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bot.Host.Endpoints.Api;

/// <summary>What went wrong, as <c>application/problem+json</c>. The words are for a developer of another office.</summary>
internal static class ApiProblem
{
    /// <summary>Of a status that nobody gave words to.</summary>
    public static ProblemHttpResult Of(int status) => TypedResults.Problem(statusCode: status, detail: status switch
    {
        StatusCodes.Status400BadRequest => "请求里有无法保存的字符",
        StatusCodes.Status404NotFound => "没有这个接口",
        StatusCodes.Status405MethodNotAllowed => "这个接口不支持这种请求方法",
        StatusCodes.Status408RequestTimeout => "请求内容传得太慢，请换个网络或分批重试",
        StatusCodes.Status500InternalServerError => "我们这边出了故障，已经记录；请稍后原样重试，Idempotency-Key 不变就不会重复发送",
        StatusCodes.Status503ServiceUnavailable => "系统暂时繁忙，请过几秒原样重试；Idempotency-Key 不变就不会重复发送",
        _ => null,
    });

    public static ProblemHttpResult Of(int status, string words) => TypedResults.Problem(statusCode: status, detail: words);

    /// <param name="errors">By field of the request.</param>
    public static ProblemHttpResult Of(IReadOnlyDictionary<string, string> errors, IReadOnlyList<RejectedView>? rejected = null)
    {
        Dictionary<string, object?> more = new() { ["errors"] = errors.ToDictionary(e => e.Key, e => new[] { e.Value }) };
        if (rejected is { Count: > 0 })
            more["rejected"] = rejected;
        return TypedResults.Problem(statusCode: StatusCodes.Status400BadRequest, detail: "请求有误，请按 errors 逐项修改", extensions: more);
    }

    public static ProblemHttpResult Of(string field, string words) => Of(new Dictionary<string, string> { [field] = words });

    public static ProblemHttpResult Of(NoticeAnswer.Refused refused) =>
        Of(refused.Problems, [.. refused.Rows.Select(row => new RejectedView(row.Row, row.Reason))]);

    public static ProblemHttpResult KeyReused() =>
        Of(StatusCodes.Status409Conflict, "同一个 Idempotency-Key 已用于内容不同的请求，请换一个新的键");

    public static ProblemHttpResult TooLarge(string words) => Of(StatusCodes.Status413PayloadTooLarge, words);

    public static ProblemHttpResult Busy(HttpContext context, string words)
    {
        context.Response.Headers.RetryAfter = Faults.Pause;
        return Of(StatusCodes.Status503ServiceUnavailable, words);
    }

    public static ProblemHttpResult NoSuchNotice() => Of(StatusCodes.Status404NotFound, "没有这个通知");
}
