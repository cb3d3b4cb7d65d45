using Bot.Data.Notices;
using Bot.Handlers.Notices;
using Bot.Host.Pages.Console.Notices;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bot.Host.Endpoints.Api;

/// <summary><c>/api/v1/templates</c>: what a key may send, and how each field is filled in.</summary>
internal static class TemplateApi
{
    extension(IEndpointRouteBuilder app)
    {
        public void MapTemplateApi() => app.MapGroup("/api/v1/templates").RequireAuthorization(ApiServices.Policy).RequireRateLimiting(ApiServices.Policy).WithTags("templates")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status429TooManyRequests).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .MapGet("", ListAsync).WithSummary("这个密钥可以使用的模板及其字段").Produces<TemplatesView>();
    }

    private static async Task<Ok<TemplatesView>> ListAsync(HttpContext context, INoticeTemplates templates, CancellationToken ct) =>
        TypedResults.Ok(new TemplatesView([.. (await templates.AllAsync(ct)).Where(t => t.Active && t.IsFor(context.Caller.Department)).Select(TemplateView.Of)]));
}

internal sealed record TemplatesView(IReadOnlyList<TemplateView> Templates);

/// <param name="Code">The office's; may be used for <c>template</c> of a notice, like <paramref name="TemplateId"/>.</param>
/// <param name="Content">As WeChat shows it, with <c>{{thing1.DATA}}</c> where each field goes.</param>
/// <param name="Version">Goes up when WeChat changes its words.</param>
internal sealed record TemplateView(string Code, string TemplateId, string Title, string Content, string Category, int Version, IReadOnlyList<TemplateFieldView> Fields)
{
    public static TemplateView Of(NoticeTemplate template) => new(
        template.Code, template.TemplateId, template.Latest.Title, template.Latest.Content, template.Category, template.Latest.Version,
        [.. template.Latest.Fields.Select(field => new TemplateFieldView(field.Name, NoticePreview.Label(template.Latest, field), NoticeFieldWords.Rule(field)))]);
}

/// <param name="Label">What the notice calls it.</param>
/// <param name="Rule">What may be filled in, in words.</param>
internal sealed record TemplateFieldView(string Name, string Label, string Rule);
