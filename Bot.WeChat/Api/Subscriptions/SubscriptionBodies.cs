using System.Text.Json.Serialization;

namespace Bot.WeChat.Api;

internal sealed record SubscriptionSendBody(
    [property: JsonPropertyName("touser")] OpenId ToUser,
    string TemplateId,
    string? Page,
    [property: JsonPropertyName("miniprogram")] MiniProgramLink? MiniProgram,
    [property: JsonConverter(typeof(FieldValuesConverter))] IReadOnlyDictionary<string, string> Data);

internal sealed class CategoriesAnswer : Answer
{
    public IReadOnlyList<ServiceCategory>? Data { get; init; }
}

internal sealed class TitlesAnswer : Answer
{
    public int Count { get; init; }
    public IReadOnlyList<PublicTitle>? Data { get; init; }
}

internal sealed class KeywordsAnswer : Answer
{
    public IReadOnlyList<PublicKeyword>? Data { get; init; }
}

internal sealed class SubscriptionTemplatesAnswer : Answer
{
    public IReadOnlyList<SubscriptionTemplate>? Data { get; init; }
}

internal sealed record SubscriptionAddBody(
    [property: JsonPropertyName("tid")] string TitleId,
    [property: JsonPropertyName("kidList")] IReadOnlyList<int> Keywords,
    [property: JsonPropertyName("sceneDesc")] string Scene);

internal sealed class SubscriptionAddAnswer : Answer
{
    [JsonPropertyName("priTmplId")]
    public string? TemplateId { get; init; }
}

internal sealed record SubscriptionDeleteBody([property: JsonPropertyName("priTmplId")] string TemplateId);
