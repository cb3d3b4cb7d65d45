using System.Globalization;
using System.Text.Json.Nodes;
using Bot.Data.ApiKeys;
using Bot.Data.Cases;
using Bot.Data.Numbers;
using Bot.Handlers;
using Bot.Handlers.Desk;
using Bot.Host.Pages.Public;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Endpoints.Open311;

/// <summary>Open311 GeoReport v2: what can be filed, what became public, and a way for other systems to file.</summary>
/// <remarks>Reports (举报) are not part of it. What a citizen filed appears once it is public, never before.</remarks>
internal static class Open311Api
{
    private const string Changeset = "2026-11-28T00:00:00Z";
    private const int PageLength = 50;
    private const int LongestSpan = 90;                 // days, as the specification says
    private const int LongestStory = 4000;
    private const int LongestAddress = 200;
    private const int LargestForm = 64 * 1024;          // bytes

    extension(IEndpointRouteBuilder app)
    {
        public void MapOpen311()
        {
            var api = app.MapGroup("/open311/v2").RequireRateLimiting(PublicPages.RateLimit).ExcludeFromDescription();
            api.MapGet("/discovery.{format:regex(^(json|xml)$)}", Discovery);
            api.MapGet("/services.{format:regex(^(json|xml)$)}", Services);
            api.MapGet("/services/{code}.{format:regex(^(json|xml)$)}", Service);
            api.MapGet("/requests.{format:regex(^(json|xml)$)}", RequestsAsync);
            api.MapGet("/requests/{id}.{format:regex(^(json|xml)$)}", RequestAsync);
            api.MapPost("/requests.{format:regex(^(json|xml)$)}", FileAsync).DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(LargestForm));
        }
    }

    private static IResult Discovery(string format, AccountProfile account, HttpRequest request) => Open311Answer.One(format, "discovery", new JsonObject
    {
        ["changeset"] = Changeset, ["contact"] = account.Name, ["key_service"] = "向本单位申请 api_key",
        ["endpoints"] = new JsonArray(new JsonObject
        {
            ["specification"] = "http://wiki.open311.org/GeoReport_v2", ["url"] = $"{(account.PublicBaseUrl is { Length: > 0 } own ? own : $"{request.Scheme}://{request.Host}")}/open311/v2", ["changeset"] = Changeset,
            ["type"] = "production", ["formats"] = new JsonArray("text/xml", "application/json"),
        }),
    });

    private static IResult Services(string format, CaseCatalogue catalogue) =>
        Open311Answer.List(format, "services", "service", catalogue.Categories.Where(IsOffered).Select(c => new JsonObject
        {
            ["service_code"] = c.Code, ["service_name"] = c.Name, ["description"] = $"{c.Kind.Shown}：{c.Name}", ["metadata"] = c.Questions.Length > 0,
            ["type"] = "realtime", ["keywords"] = string.Join(',', c.Keywords), ["group"] = c.Kind.Shown,
        }));

    private static IResult Service(string code, string format, CaseCatalogue catalogue) =>
        catalogue.Find(code) is not { } category || !IsOffered(category)
            ? Open311Answer.Error(format, StatusCodes.Status404NotFound, "service_code 不存在")
            : Open311Answer.One(format, "service_definition", new JsonObject
            {
                ["service_code"] = category.Code,
                ["attributes"] = new JsonArray([.. category.Questions.Select((q, i) => new JsonObject
                {
                    ["variable"] = true, ["code"] = $"q{i + 1}", ["datatype"] = q.Options.Length > 0 ? "singlevaluelist" : "string", ["datatype_description"] = q.Options.Length > 0 ? "任选一项" : "最多 300 字",
                    ["required"] = true,
                    ["order"] = i + 1, ["description"] = q.Prompt,
                    ["values"] = new JsonArray([.. q.Options.Select(o => new JsonObject { ["key"] = o, ["name"] = o })]),
                })]),
            });

    private static async Task<IResult> RequestsAsync(
        string format, IPublicCases cases, CaseCatalogue catalogue, TimeProvider clock, [FromQuery(Name = "service_request_id")] string? ids,
        [FromQuery(Name = "service_code")] string? code, [FromQuery(Name = "start_date")] DateTimeOffset? from,
        [FromQuery(Name = "end_date")] DateTimeOffset? to, string? status, CancellationToken ct)
    {
        if (ids is { Length: > 0 })
        {
            List<JsonObject> some = [];
            foreach (var id in ids.Split(',').Take(PageLength))
            {
                if (PublicNumber.TryParse(id) is { } number && await cases.FindAsync(number.Text, ct) is { } found)
                    some.Add(Shown(found, catalogue));
            }

            return Open311Answer.List(format, "service_requests", "request", some);
        }

        if ((from is not null && Beijing.Meant(from) is null) || (to is not null && Beijing.Meant(to) is null))
            return Open311Answer.Error(format, StatusCodes.Status400BadRequest, "start_date 与 end_date 须在 2000 年至 2100 年之间");
        var end = to ?? clock.GetUtcNow().AddDays(1);
        var start = from ?? end.AddDays(-LongestSpan);
        if (end - start > TimeSpan.FromDays(LongestSpan + 1))
            return Open311Answer.Error(format, StatusCodes.Status400BadRequest, $"start_date 与 end_date 最多相差 {LongestSpan} 天");
        bool? open = status switch { "open" => true, "closed" => false, _ => null };
        var codes = code?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var listed = await cases.ListAsync(new(codes, open, start, end), null, PageLength, ct);
        return Open311Answer.List(format, "service_requests", "request", listed.Select(c => Shown(c, catalogue)));
    }

    private static async Task<IResult> RequestAsync(string id, string format, IPublicCases cases, CaseCatalogue catalogue, CancellationToken ct) =>
        PublicNumber.TryParse(id) is { } number && (await cases.FindAsync(number.Text, ct) ?? await cases.FindFiledBySystemAsync(number.Text, ct)) is { } found
            ? Open311Answer.List(format, "service_requests", "request", [Shown(found, catalogue)])
            : Open311Answer.Error(format, StatusCodes.Status404NotFound, "没有这个 service_request_id，或它没有公开");

    private static async Task<IResult> FileAsync(
        HttpRequest request, string format, IPublicCases cases, CaseCatalogue catalogue, IApiKeys keys, KeyBrake brake, CancellationToken ct)
    {
        if (!request.HasFormContentType)
            return Open311Answer.Error(format, StatusCodes.Status400BadRequest, "请以 application/x-www-form-urlencoded 提交");
        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(ct);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return Open311Answer.Error(format, StatusCodes.Status413PayloadTooLarge, $"请求过大或不完整，最多 {LargestForm / 1024} KB");
        }

        var shown = form["api_key"].ToString();
        if (brake.Begin(request.HttpContext, shown) is not { } look)
            return Open311Answer.Error(format, StatusCodes.Status429TooManyRequests, "无效的 api_key 过多，请一分钟后再试");
        var known = look.IsUnknown ? null : await keys.FindAsync(shown, ct);
        look.End(known is not null);
        if (known is not { Kind: not ApiKeyKind.Test } key)
            return Open311Answer.Error(format, StatusCodes.Status403Forbidden, "api_key 缺失或无效");
        if (catalogue.Find(form["service_code"].ToString()) is not { } category || !IsOffered(category))
            return Open311Answer.Error(format, StatusCodes.Status404NotFound, "service_code 不存在");
        var (story, address) = (Clean(form["description"].ToString()), Clean(form["address_string"].ToString()));
        var (north, east) = (Degrees(form["lat"].ToString(), 90), Degrees(form["long"].ToString(), 180));
        if (story.Length is 0 or > LongestStory)
            return Open311Answer.Error(format, StatusCodes.Status400BadRequest, $"description 必填，最多 {LongestStory} 字");
        if (address.Length > LongestAddress || (address.Length == 0 && (north is null || east is null)))
            return Open311Answer.Error(format, StatusCodes.Status400BadRequest, "lat 与 long，或 address_string 必填");
        CaseAnswer[] answers = [.. category.Questions.Select((q, i) => new CaseAnswer(q.Prompt, Clean(form[$"attribute[q{i + 1}]"].ToString())))];
        if (answers.FirstOrDefault(a => a.Answer.Length is 0 or > 300) is { } missing)
            return Open311Answer.Error(format, StatusCodes.Status400BadRequest, $"缺少 attribute：{missing.Prompt}");
        if (category.Questions.Zip(answers).FirstOrDefault(p => p.First.Options.Length > 0 && !p.First.Options.Contains(p.Second.Answer)) is { First: { } question })
            return Open311Answer.Error(format, StatusCodes.Status400BadRequest, $"attribute 只能是所列的一项：{question.Prompt}");
        var contact = Clean($"{form["last_name"]}{form["first_name"]} {form["phone"]}").Trim();
        // A caller that repeats its own request is recognised by the id that it gives.
        var run = Guid.TryParse(form["request_key"].ToString(), out var own)
            ? new Guid(System.Security.Cryptography.SHA256.HashData([.. own.ToByteArray(), .. BitConverter.GetBytes(key.Id)]).AsSpan(0, 16)) : Guid.NewGuid();
        var filed = await cases.FileAsync(
            new(run, null, category.Kind, category.Code, story, answers, north is null || east is null ? null : north, north is null || east is null ? null : east,
                address, Anonymous: false, contact.Length > 60 ? contact[..60] : contact, Publish: false), ct);
        return Open311Answer.List(format, "service_requests", "request",
        [
            new JsonObject
            {
                ["service_request_id"] = filed.Number, ["service_notice"] = $"答复期限：{Bot.Handlers.Complaints.CaseDates.By(filed.AnswerBy)}前", ["account_id"] = "",
            },
        ], StatusCodes.Status201Created);
    }

    private static JsonObject Shown(PublicCase shown, CaseCatalogue catalogue) => new()
    {
        ["service_request_id"] = shown.Number, ["status"] = shown.State.IsOpen ? "open" : "closed", ["status_notes"] = shown.State.Shown,
        ["service_name"] = catalogue.Find(shown.Category)?.Name, ["service_code"] = shown.Category, ["description"] = shown.Story,
        ["agency_responsible"] = catalogue.NameOf(shown.Department), ["service_notice"] = shown.Reply ?? "",
        ["requested_datetime"] = Open311Answer.Time(shown.FiledAt), ["updated_datetime"] = Open311Answer.Time(shown.UpdatedAt),
        ["expected_datetime"] = Open311Answer.Time(shown.AnswerBy), ["address"] = "",
    };

    private static bool IsOffered(CaseCategory category) => category.Active && category.Kind is not (CaseKind.Report or CaseKind.Disclosure);

    private static string Clean(string text) => text.Replace("\0", "", StringComparison.Ordinal).Trim();

    private static double? Degrees(string text, int most) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) && Math.Abs(degrees) <= most ? degrees : null;
}
