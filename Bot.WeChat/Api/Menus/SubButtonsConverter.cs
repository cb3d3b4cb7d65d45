using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bot.WeChat.Api;

/// <summary>Buttons below a button are an array in menu/get and <c>{"list":[…]}</c> in get_current_selfmenu_info.</summary>
internal sealed class SubButtonsConverter : JsonConverter<IReadOnlyList<MenuButton>>
{
    public override IReadOnlyList<MenuButton>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.StartObject
            ? JsonSerializer.Deserialize(ref reader, Wire.Of<SubButtonList>())?.List
            : JsonSerializer.Deserialize(ref reader, Wire.Of<IReadOnlyList<MenuButton>>());

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<MenuButton> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, Wire.Of<IReadOnlyList<MenuButton>>());
}

internal sealed record SubButtonList(IReadOnlyList<MenuButton>? List);
