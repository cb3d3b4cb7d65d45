using System.Text.Json.Serialization;

namespace Bot.WeChat.Api;

/// <summary>订阅通知: one accepted popup is one message, or many for the long-term kind open to public services.</summary>
/// <remarks>Source: WeChat Official Accounts documentation, “订阅通知”.</remarks>
public interface ISubscriptions
{
    /// <summary>No id comes back; a <see cref="SubscriptionEvent"/> tells the outcome by openid and template. 43101: never accepted, used up or cancelled.</summary>
    Task<ApiResult<Done>> SendAsync(SubscriptionMessage message, CancellationToken ct);

    /// <summary>The account's service categories, such as 政务民生.</summary>
    Task<ApiResult<IReadOnlyList<ServiceCategory>>> CategoriesAsync(CancellationToken ct);

    /// <param name="start">From 0.</param>
    /// <param name="limit">At most 30.</param>
    Task<ApiResult<PublicTitlePage>> PublicTitlesAsync(IReadOnlyList<int> categories, int start, int limit, CancellationToken ct);

    Task<ApiResult<IReadOnlyList<PublicKeyword>>> PublicKeywordsAsync(string titleId, CancellationToken ct);

    /// <summary>The account's own subscription templates.</summary>
    Task<ApiResult<IReadOnlyList<SubscriptionTemplate>>> ListAsync(CancellationToken ct);

    /// <param name="keywords">2 to 5 ids of <see cref="PublicKeyword"/>, in the order of the notice.</param>
    /// <param name="scene">At most 15 characters.</param>
    /// <returns>The template id.</returns>
    Task<ApiResult<string>> AddAsync(string titleId, IReadOnlyList<int> keywords, string scene, CancellationToken ct);

    Task<ApiResult<Done>> DeleteAsync(string templateId, CancellationToken ct);
}

/// <param name="Data">Field name to value, as <see cref="TemplateField"/> found them fit.</param>
/// <param name="Page">The web page that a tap opens.</param>
public sealed record SubscriptionMessage(
    OpenId To, string TemplateId, IReadOnlyDictionary<string, string> Data, string? Page = null, MiniProgramLink? MiniProgram = null);

public sealed record ServiceCategory(int Id, string Name);

/// <param name="Count">Of all pages.</param>
public sealed record PublicTitlePage(int Count, IReadOnlyList<PublicTitle> Titles);

/// <param name="Type">2 one-time, 3 long-term.</param>
public sealed record PublicTitle([property: JsonPropertyName("tid")] int TitleId, string Title, int Type, [property: JsonPropertyName("categoryId")] int CategoryId);

/// <param name="Rule">The field's type, such as <c>thing</c>.</param>
public sealed record PublicKeyword([property: JsonPropertyName("kid")] int Id, string Name, string Example = "", string Rule = "");

/// <param name="Type">2 one-time, 3 long-term.</param>
public sealed record SubscriptionTemplate(
    [property: JsonPropertyName("priTmplId")] string TemplateId, string Title, string Content, string Example = "", int Type = 0);
