using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bot.WeChat.Api;

/// <summary>An openid is a plain string on the wire.</summary>
internal sealed class OpenIdConverter : JsonConverter<OpenId>
{
    public override OpenId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, OpenId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
