using System.Runtime.CompilerServices;
using System.Text.Json;
using Bot.Data.Notices;
using Bot.Handlers.Notices;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bot.Host.Endpoints.Api;

/// <summary><c>POST /api/v1/notices/bulk</c>, as JSON, CSV or XLSX.</summary>
internal static class SendBulk
{
    public const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const int MaxBody = 64 << 20;
    private const int MostRows = 100_000;

    public static async Task<Results<Accepted<BulkMadeView>, ProblemHttpResult>> HandleAsync(
        HttpContext context, Spool spool, BulkRoom room, NoticeOffice office, INoticeTemplates templates, ApiTeam team, CancellationToken ct)
    {
        var type = context.Request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();
        if (type is not ("application/json" or "text/csv" or Workbook))
            return ApiProblem.Of(StatusCodes.Status415UnsupportedMediaType, "请求应为 application/json、text/csv 或 XLSX");
        // Whole before it takes a place that others wait for.
        var (body, problem) = await RequestBody.SpoolAsync(context, MaxBody, spool, ct);
        if (problem is not null)
            return problem;
        await using var spooled = body;
        using var place = await room.EnterAsync(context.Caller.Owner, ct);
        if (place is null)
            return ApiProblem.Busy(context, "正在处理其他批量请求，请稍后再试");
        try
        {
            return await SendAsync(context, type, await body!.ReadAsync(ct), office, templates, team, ct);
        }
        catch (InvalidDataException e)
        {
            return ApiProblem.Of("recipients", e.Message);
        }
    }

    private static async Task<Results<Accepted<BulkMadeView>, ProblemHttpResult>> SendAsync(
        HttpContext context, string type, byte[] bytes, NoticeOffice office, INoticeTemplates templates, ApiTeam team, CancellationToken ct)
    {
        var caller = context.Caller;
        var key = RequestBody.KeyOf(context, caller, bytes, out var fault);
        if (fault is not null)
            return ApiProblem.Of("Idempotency-Key", fault);

        BulkBody head;
        IAsyncEnumerable<RequestedRow> rows;
        if (type is "application/json")
        {
            if (!TryRead(bytes, out var json, out var problem))
                return ApiProblem.Of("body", problem);
            if (json.Count > MostRows)
                return TooMany();
            (head, rows) = (json.Head, json.RowsAsync());
        }
        else
        {
            var file = await RecipientFile.OpenAsync(bytes, ct);
            head = Query(context.Request.Query);
            if (await templates.FindAsync(head.Template ?? "", ct) is { } template && template.IsFor(caller.Department) && file.ColumnProblems(template.Latest) is { Count: > 0 } problems)
                return ApiProblem.Of("columns", string.Join('；', problems));
            rows = file.RowsAsync(ct);
        }

        if (!ScheduledTime.TryRead(head.ScheduledAt, out var at))
            return ApiProblem.Of("scheduledAt", ScheduledTime.Expected);
        if (!ScheduledTime.TryRead(head.ExpiresAt, out var until))
            return ApiProblem.Of("expiresAt", ScheduledTime.Expected);
        var request = NoticeRequests.By(caller, NoticeLane.Bulk, head.Template, head.Url, head.Reference, at, until, key);
        return await office.SendAsync(request, Allowed(rows, await team.StrangersAsync(caller, ct), ct), ct) switch
        {
            NoticeAnswer.Accepted { Notice: var made } => TypedResults.Accepted($"/api/v1/notices/{made.Id}",
                new BulkMadeView(made.Id, made.Accepted, [.. made.Rejected.Select(row => new RejectedView(row.Row, row.Reason))])),
            NoticeAnswer.Refused refused => ApiProblem.Of(refused),
            _ => ApiProblem.KeyReused(),
        };
    }

    private static async IAsyncEnumerable<RequestedRow> Allowed(
        IAsyncEnumerable<RequestedRow> rows, Func<string?, bool> isStranger, [EnumeratorCancellation] CancellationToken ct)
    {
        var count = 0;
        await foreach (var row in rows.WithCancellation(ct))
        {
            if (++count > MostRows)
                throw new InvalidDataException($"最多 {MostRows} 行");
            yield return isStranger(row.To) ? row with { Problem = ApiTeam.Refusal } : row;
        }
    }

    private static bool TryRead(byte[] bytes, out BulkJson json, out string problem)
    {
        try
        {
            (json, problem) = (BulkJson.Read(bytes), "");
            return true;
        }
        catch (JsonException e)
        {
            (json, problem) = (null!, e.LineNumber is { } line ? $"不是合格的 JSON：第 {line + 1} 行第 {e.BytePositionInLine + 1} 个字节处" : e.Message);
            return false;
        }
    }

    private static BulkBody Query(IQueryCollection query) => new(query["template"], null, query["url"], query["reference"], query["scheduledAt"], query["expiresAt"]);

    private static ProblemHttpResult TooMany() => ApiProblem.Of("recipients", $"最多 {MostRows} 位接收人");
}
