using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Bot.Handlers.Conversation;

/// <summary>Sessions as the bytes that a store keeps.</summary>
public static class SessionJson
{
    private static readonly SessionContext s_json = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });

    // A writer costs more than writing one session.
    [ThreadStatic]
    private static Utf8JsonWriter? t_writer;

    /// <summary>What cannot be read any more counts as no session: better a conversation begun again than a citizen without an answer.</summary>
    public static Session Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return Session.New;
        try
        {
            return JsonSerializer.Deserialize(bytes, s_json.Session) ?? Session.New;
        }
        catch (JsonException)
        {
            return Session.New;
        }
    }

    public static void Write(Session session, IBufferWriter<byte> output)
    {
        var json = t_writer ??= new(output, new JsonWriterOptions { Encoder = s_json.Options.Encoder, SkipValidation = true });
        json.Reset(output);
        JsonSerializer.Serialize(json, session, s_json.Session);
        json.Flush();
    }
}

[JsonSerializable(typeof(Session))]
internal sealed partial class SessionContext : JsonSerializerContext;
