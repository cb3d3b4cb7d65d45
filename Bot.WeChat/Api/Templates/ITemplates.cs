namespace Bot.WeChat.Api;

/// <summary>模板消息: notices about a citizen's own business, outside any time window.</summary>
/// <remarks>Verified 服务号 only; 25 templates in use, 100,000 sends a day to begin with. Source: WeChat Official Accounts documentation, “模板消息”.</remarks>
public interface ITemplates
{
    Task<ApiResult<IReadOnlyList<TemplateInfo>>> ListAsync(CancellationToken ct);

    /// <param name="shortId">From the platform's library: a number for 类目 templates, <c>TM…</c> or <c>OPENTM…</c> for old ones.</param>
    /// <param name="keywords">The chosen keywords in order; required for 类目 templates only.</param>
    /// <returns>The template id.</returns>
    Task<ApiResult<string>> AddAsync(string shortId, IReadOnlyList<string> keywords, CancellationToken ct);

    Task<ApiResult<Done>> DeleteAsync(string templateId, CancellationToken ct);

    /// <returns>The msgid, equal to <see cref="Event.JobId"/> of the <see cref="TemplateSentEvent"/> that follows. Success means accepted, not delivered.</returns>
    Task<ApiResult<long>> SendAsync(TemplateMessage message, CancellationToken ct);
}

/// <param name="Content">Lines such as <c>申请事项:{{thing1.DATA}}</c>; <see cref="TemplateField.AllOf"/> reads the fields.</param>
/// <param name="PrimaryIndustry">Old templates only.</param>
public sealed record TemplateInfo(
    string TemplateId, string Title, string Content, string Example = "", string PrimaryIndustry = "", string DeputyIndustry = "");
