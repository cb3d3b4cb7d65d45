using System.Runtime.CompilerServices;
using Bot.Data.Notices;
using Bot.WeChat;

namespace Bot.Handlers.Notices;

/// <summary>Takes a notice in: checks the request and every row, and keeps what is good. The one way in for REST, console and flows.</summary>
public sealed class NoticeOffice(INotices notices, INoticeTemplates templates, TimeProvider clock)
{
    private const string ToField = "openid";

    /// <summary>Rows are read one by one as they are written, so that their number costs no memory.</summary>
    public async Task<NoticeAnswer> SendAsync(NoticeRequest request, IAsyncEnumerable<RequestedRow> rows, CancellationToken ct)
    {
        var (template, problems) = await LookAsync(request, ct);
        if (template is null || problems.Count > 0)
        {
            // A template may have gone since a request was taken; repeated, it gets the same answer all the same.
            return request.Idempotency is { } key && await notices.RecallAsync(key, ct) is { } before
                ? Answer(before)
                : new NoticeAnswer.Refused(problems, []);
        }

        return Answer(await notices.MakeAsync(Notice(request, template), CheckAsync(template.Latest, request.Fit, rows, ct), ct));
    }

    /// <returns>What is wrong with a request whoever its recipients are, by field; empty when nothing is.</returns>
    public async Task<IReadOnlyDictionary<string, string>> ProblemsAsync(NoticeRequest request, CancellationToken ct) => (await LookAsync(request, ct)).Problems;

    private async Task<(NoticeTemplate? Template, Dictionary<string, string> Problems)> LookAsync(NoticeRequest request, CancellationToken ct)
    {
        Dictionary<string, string> problems = new(StringComparer.Ordinal);
        var template = IsPlain(request.Template) ? await templates.FindAsync(request.Template, ct) : null;
        if (template is null)
            problems["template"] = "没有这个模板";
        else if (!template.Active)
            problems["template"] = "模板已停用，微信公众平台上已没有这个模板";
        // A clerk's right to it depends on more, and is looked at where the notice is written; our own flows may use all.
        else if (request.Origin is NoticeOrigin.Api && !template.IsFor(request.Department))
            problems["template"] = "这个模板只限指定的部门使用，您的密钥不属于其中的部门，请联系管理员";
        if (request.Url is { Length: > 0 } url && (!IsPlain(url) || WebLink.Read(url) is null))
            problems["url"] = $"请填写 http 或 https 网址，最多 {WebLink.Longest} 个字符";
        if (request.Reference?.Length > NewNotice.LongestReference)
            problems["reference"] = $"最多 {NewNotice.LongestReference} 个字符";
        else if (!IsPlain(request.Reference ?? ""))
            problems["reference"] = "含有不允许的字符";
        if (request.ScheduledAt > clock.GetUtcNow() + NoticeLimits.ScheduledWithin)
            problems["scheduledAt"] = "最多可预定七天之内的时间";
        if (request.ExpiresAt <= clock.GetUtcNow() || request.ExpiresAt <= request.ScheduledAt)
            problems["expiresAt"] = "应晚于现在和预定发送的时间";
        return (template, problems);
    }

    private static bool IsPlain(string text) => !text.Any(char.IsControl);

    private static NoticeAnswer Answer(NoticeMade made) => made switch
    {
        NoticeMade.Made kept => new NoticeAnswer.Accepted(kept),
        NoticeMade.NothingToSend { Rejected: [var only] } => new NoticeAnswer.Refused(new Dictionary<string, string> { [only.Reason.StartsWith(ToField, StringComparison.Ordinal) ? ToField : "data"] = only.Reason }, [only]),
        NoticeMade.NothingToSend none => new NoticeAnswer.Refused(
            new Dictionary<string, string> { ["recipients"] = none.Rejected.Count == 0 ? "没有接收人" : "没有一行可以发送" }, none.Rejected),
        _ => new NoticeAnswer.KeyReused(),
    };

    /// <summary>For one recipient.</summary>
    public Task<NoticeAnswer> SendAsync(NoticeRequest request, OpenId to, IReadOnlyDictionary<string, string> data, CancellationToken ct) =>
        SendAsync(request, One(new(1, to.Value, data)), ct);

    private static async IAsyncEnumerable<RequestedRow> One(RequestedRow row)
    {
        await Task.CompletedTask;
        yield return row;
    }

    private static async IAsyncEnumerable<NoticeRow> CheckAsync(
        TemplateVersion template, bool fit, IAsyncEnumerable<RequestedRow> rows, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var row in rows.WithCancellation(ct))
            yield return Check(template, fit, row);
    }

    private static NoticeRow Check(TemplateVersion template, bool fit, RequestedRow row)
    {
        if (row.Problem is not null)
            return Bad(row, row.Problem);
        if (string.IsNullOrWhiteSpace(row.To))
            return Bad(row, "openid：不能为空");
        if (row.To.Length > OpenId.MaxLength)
            return Bad(row, $"openid：最多 {OpenId.MaxLength} 个字符");
        if (row.To.Contains('\0', StringComparison.Ordinal))
            return Bad(row, "openid：含有不允许的字符");
        var (data, problem) = NoticeFields.Check(template, row.Data ?? new Dictionary<string, string>(), fit);
        if (problem is null && data.Values.Any(value => value.Contains('\0', StringComparison.Ordinal)))
            problem = "内容含有不允许的字符";
        return problem is null ? new(row.Row, new OpenId(row.To), data) : Bad(row, problem);
    }

    // It may name a field of theirs, as they wrote it.
    private static NoticeRow Bad(RequestedRow row, string problem) =>
        new(row.Row, default, new Dictionary<string, string>(), (problem.Length <= 300 ? problem : problem[..299] + "…").Replace('\0', ' '));

    private static NewNotice Notice(NoticeRequest request, NoticeTemplate template) => new()
    {
        Origin = request.Origin, Lane = request.Lane, TemplateVersion = template.Latest.Id, MadeBy = request.MadeBy, Url = request.Url ?? "",
        Reference = request.Reference ?? "", ScheduledAt = request.ScheduledAt, ExpiresAt = request.ExpiresAt, AnyHour = request.AnyHour, Simulated = request.Simulated,
        Idempotency = request.Idempotency, SourceHash = request.SourceHash, Audience = request.Audience, Group = request.Group,
        Department = request.Department,
    };
}
