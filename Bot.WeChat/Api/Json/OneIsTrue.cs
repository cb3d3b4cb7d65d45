using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bot.WeChat.Api;

/// <summary>The platform writes 1 and 0, at times true and false.</summary>
internal sealed class OneIsTrue : JsonConverter<bool>
{
    public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.Number ? reader.GetInt32() == 1 : reader.GetBoolean();

    public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => writer.WriteNumberValue(value ? 1 : 0);
}
