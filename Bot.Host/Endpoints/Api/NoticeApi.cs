using System.Globalization;
using Bot.Data.Notices;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bot.Host.Endpoints.Api;

/// <summary><c>/api/v1/notices</c>: other systems send notices and ask what became of them.</summary>
internal static class NoticeApi
{
    private const int PageLength = 100;
    private const int LongestPage = 1000;
    private const int LongestList = 100;

    extension(IEndpointRouteBuilder app)
    {
        public void MapNoticeApi()
        {
            var api = app.MapGroup("/api/v1/notices").RequireAuthorization(ApiServices.Policy).RequireRateLimiting(ApiServices.Policy).WithTags("notices")
                .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status429TooManyRequests).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
            api.MapPost("", SendSingle.HandleAsync).WithSummary("给一位市民发送通知")
                .WithDescription("Idempotency-Key 头相同且内容相同的请求得到相同的答复，不会重复发送。")
                .Accepts<SingleBody>("application/json", ApiServices.AnyType).Produces<MadeView>(StatusCodes.Status201Created)
                .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
                .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
            api.MapPost("/bulk", SendBulk.HandleAsync).WithSummary("给多位市民发送同一模板的通知，最多 100000 位")
                .WithDescription("也可上传 text/csv 或 XLSX：首行为 openid 和模板字段名，模板等写在查询参数 template、url、reference、scheduledAt、expiresAt 中。")
                .Accepts<BulkBody>("application/json", "text/csv", SendBulk.Workbook, ApiServices.AnyType).Produces<BulkMadeView>(StatusCodes.Status202Accepted)
                .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status413PayloadTooLarge)
                .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
            api.MapGet("", ListAsync).WithSummary("自己发送的通知，新的在前，可按 reference 和状态查找")
                .Produces<NoticesView>().ProducesProblem(StatusCodes.Status400BadRequest);
            api.MapGet("/{id}", FindAsync).WithSummary("通知的状态和数量").Produces<NoticeView>().ProducesProblem(StatusCodes.Status404NotFound);
            api.MapGet("/{id}/recipients", RecipientsAsync).WithSummary("每位接收人的结果，分页")
                .Produces<RecipientsView>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
            api.MapPost("/{id}/cancel", CancelAsync).WithSummary("取消尚未发出的部分")
                .Produces<MadeView>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        }
    }

    private static async Task<Results<Ok<NoticeView>, ProblemHttpResult>> FindAsync(string id, HttpContext context, INotices notices, CancellationToken ct) =>
        await OwnAsync(id, context, notices, ct) is { } notice ? TypedResults.Ok(NoticeView.Of(notice)) : ApiProblem.NoSuchNotice();

    private static async Task<Results<Ok<NoticesView>, ProblemHttpResult>> ListAsync(
        string? reference, string? status, string? cursor, string? limit, HttpContext context, INotices notices, CancellationToken ct)
    {
        if (!TryRead(status, out NoticeStatus? wanted))
            return ApiProblem.Of("status", "应为 scheduled、sending、paused、done 或 cancelled");
        if (reference?.Length > NewNotice.LongestReference || reference?.Any(char.IsControl) == true)
            return ApiProblem.Of("reference", $"最多 {NewNotice.LongestReference} 个字符，不能含控制字符");
        if (!TryRead(limit, LongestList, LongestList, out var page))
            return ApiProblem.Of("limit", $"应为 1 到 {LongestList}");
        if (!string.IsNullOrEmpty(cursor) && await OwnAsync(cursor, context, notices, ct) is null)
            return ApiProblem.Of("cursor", "请使用上一页返回的 next");
        var found = await notices.ListAsync(
            new NoticeFilter(wanted, NoticeOrigin.Api, Before: string.IsNullOrEmpty(cursor) ? null : cursor, Limit: page, Maker: context.Caller.Owner, Reference: string.IsNullOrEmpty(reference) ? null : reference), ct);
        return TypedResults.Ok(new NoticesView([.. found.Select(NoticeView.Of)], found.Count == page ? found[^1].Id : null));
    }

    private static async Task<Results<Ok<RecipientsView>, ProblemHttpResult>> RecipientsAsync(
        string id, string? status, string? cursor, string? limit, HttpContext context, INotices notices, CancellationToken ct)
    {
        if (!TryRead(status, out RecipientStatus? wanted))
            return ApiProblem.Of("status", "应为 queued、sent、delivered、refused、failed 或 cancelled");
        var after = 0;
        if (!string.IsNullOrEmpty(cursor) && !(int.TryParse(cursor, out after) && after >= 0))
            return ApiProblem.Of("cursor", "请使用上一页返回的 next");
        if (!TryRead(limit, PageLength, LongestPage, out var page))
            return ApiProblem.Of("limit", $"应为 1 到 {LongestPage}");
        if (await OwnAsync(id, context, notices, ct) is null)
            return ApiProblem.NoSuchNotice();
        var rows = await notices.RecipientsAsync(id, wanted, after, page, ct);
        return TypedResults.Ok(new RecipientsView([.. rows.Select(RecipientView.Of)], rows.Count == page ? $"{rows[^1].Row}" : null));
    }

    private static async Task<Results<Ok<MadeView>, ProblemHttpResult>> CancelAsync(string id, HttpContext context, INotices notices, CancellationToken ct)
    {
        if (await OwnAsync(id, context, notices, ct) is null)
            return ApiProblem.NoSuchNotice();
        var change = await notices.CancelAsync(id, NoticeActor.Of(context.Caller), "由 API 取消", ct);
        return change switch
        {
            { Kind: NoticeChangeKind.NotFound } => ApiProblem.NoSuchNotice(),
            // Cancelled before: asking again is no mistake.
            { Ok: true } or { Status: NoticeStatus.Cancelled } => TypedResults.Ok(new MadeView(id, NoticeView.Spelled(change.Status!.Value))),
            _ => ApiProblem.Of(StatusCodes.Status409Conflict, "通知已经结束，不能取消"),
        };
    }

    // A notice of another caller is not there.
    private static async Task<Notice?> OwnAsync(string id, HttpContext context, INotices notices, CancellationToken ct) =>
        await notices.FindAsync(id, ct) is { } notice && notice.MadeBy == context.Caller.Owner && notice.Origin is NoticeOrigin.Api ? notice : null;

    private static bool TryRead(string? number, int otherwise, int most, out int limit)
    {
        limit = otherwise;
        return string.IsNullOrEmpty(number) || int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit >= 1 && limit <= most;
    }

    private static bool TryRead(string? word, out NoticeStatus? status)
    {
        status = word switch
        {
            "scheduled" => NoticeStatus.Scheduled,
            "sending" => NoticeStatus.Sending,
            "paused" => NoticeStatus.Paused,
            "done" => NoticeStatus.Done,
            "cancelled" => NoticeStatus.Cancelled,
            _ => null,
        };
        return status is not null || string.IsNullOrEmpty(word);
    }

    private static bool TryRead(string? word, out RecipientStatus? status)
    {
        status = word switch
        {
            "queued" => RecipientStatus.Queued,
            "sent" => RecipientStatus.Sent,
            "delivered" => RecipientStatus.Delivered,
            "refused" => RecipientStatus.Refused,
            "failed" => RecipientStatus.Failed,
            "cancelled" => RecipientStatus.Cancelled,
            _ => null,
        };
        return status is not null || string.IsNullOrEmpty(word);
    }
}
