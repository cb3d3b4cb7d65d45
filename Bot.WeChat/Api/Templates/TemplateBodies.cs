using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bot.WeChat.Api;

internal sealed class TemplateListAnswer : Answer
{
    public IReadOnlyList<TemplateInfo>? TemplateList { get; init; }
}

internal sealed record TemplateAddBody(string TemplateIdShort, IReadOnlyList<string>? KeywordNameList);

internal sealed class TemplateAddAnswer : Answer
{
    public string? TemplateId { get; init; }
}

internal sealed record TemplateDeleteBody(string TemplateId);

/// <summary>A view of the message in the order of the wire; nothing is copied.</summary>
internal readonly struct TemplateSendBody(TemplateMessage message)
{
    [JsonPropertyName("touser")]
    public OpenId ToUser => message.To;

    public string TemplateId => message.TemplateId;
    public string? Url => message.Url;

    [JsonPropertyName("miniprogram")]
    public MiniProgramLink? MiniProgram => message.MiniProgram;

    public string? ClientMsgId => message.ClientMsgId;

    [JsonConverter(typeof(FieldValuesConverter))]
    public IReadOnlyDictionary<string, string> Data => message.Data;
}

internal sealed class TemplateSendAnswer : Answer
{
    /// <summary>Over 2^53: a whole number, never a double.</summary>
    [JsonPropertyName("msgid")]
    public long? MsgId { get; set; }
}

/// <summary>Writes <c>{"thing1":{"value":"…"}}</c> without building an object a field.</summary>
internal sealed class FieldValuesConverter : JsonConverter<IReadOnlyDictionary<string, string>>
{
    private static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");

    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (field, text) in value)
        {
            writer.WriteStartObject(field);
            writer.WriteString(Value, text);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    public override IReadOnlyDictionary<string, string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Only written.");
}
