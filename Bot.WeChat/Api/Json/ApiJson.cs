using System.Text.Json.Serialization;

namespace Bot.WeChat.Api;

/// <summary>Source-generated contracts of everything that goes over the wire; used through <see cref="Wire"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    // menuid, tid and msg_id come as numbers in one answer and as strings in another.
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(Answer))]
[JsonSerializable(typeof(StableTokenBody))]
[JsonSerializable(typeof(StableTokenAnswer))]
[JsonSerializable(typeof(CustomSendBody))]
[JsonSerializable(typeof(TypingBody))]
internal sealed partial class ApiJson : JsonSerializerContext;
