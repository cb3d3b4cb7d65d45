using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Bot.Handlers.Flows;

namespace Bot.Handlers.Conversation;

/// <summary>Sessions as the bytes that a store keeps.</summary>
/// <remarks>
/// Members are read and written one by one: every message does both, and the serializer takes four times as long for it. An
/// open form, which few messages meet, is left to the serializer.
/// </remarks>
public static class SessionJson
{
    private const int MostChoices = 64;

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
            var json = new Utf8JsonReader(bytes);
            json.Read();
            return Read(ref json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return Session.New;
        }
    }

    public static void Write(Session session, IBufferWriter<byte> output)
    {
        var json = t_writer ??= new(output, new JsonWriterOptions { Encoder = s_json.Options.Encoder, SkipValidation = true });
        json.Reset(output);
        json.WriteStartObject();
        json.WriteNumber("turn"u8, session.Turn);
        if (session.Flow is { } flow)
        {
            json.WritePropertyName("flow"u8);
            JsonSerializer.Serialize(json, flow, s_json.FlowState);
        }

        if (session.Screen is { } screen)
            Write(json, screen);
        if (session.AtDesk)
            json.WriteBoolean("desk"u8, true);
        json.WriteNumber("causedAt"u8, session.CausedAt);
        json.WriteStartObject("pace"u8);
        json.WriteNumber("since"u8, session.Pace.Since);
        json.WriteNumber("count"u8, session.Pace.Count);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
    }

    /// <summary>An open form alone, for whoever keeps it beside the session.</summary>
    internal static string WriteForm(FlowState form) => JsonSerializer.Serialize(form, s_json.FlowState);

    /// <returns>Null when it cannot be read any more.</returns>
    internal static FlowState? ReadForm(string form)
    {
        try
        {
            return JsonSerializer.Deserialize(form, s_json.FlowState);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter json, Screen screen)
    {
        json.WriteStartObject("screen"u8);
        Write(json, "choices"u8, screen.Choices);
        Write(json, "trail"u8, screen.Trail);
        if (screen.Page > 0)
            json.WriteNumber("page"u8, screen.Page);
        if (screen.More)
            json.WriteBoolean("more"u8, true);
        if (screen.SentAt is { } sent)
            json.WriteNumber("sentAt"u8, sent.ToUnixTimeMilliseconds());
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, ImmutableArray<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static Session Read(ref Utf8JsonReader json)
    {
        var (turn, flow, screen, desk, causedAt, pace) = (0L, (FlowState?)null, (Screen?)null, false, 0L, default(Pace));
        while (NextMember(ref json))
        {
            if (Is(ref json, "turn"u8))
                turn = json.GetInt64();
            else if (Is(ref json, "flow"u8))
                flow = JsonSerializer.Deserialize(ref json, s_json.FlowState);
            else if (Is(ref json, "screen"u8))
                screen = ReadScreen(ref json);
            else if (Is(ref json, "desk"u8))
                desk = json.GetBoolean();
            else if (Is(ref json, "causedAt"u8))
                causedAt = json.GetInt64();
            else if (Is(ref json, "pace"u8))
                pace = ReadPace(ref json);
            else
                Pass(ref json);
        }

        return new() { Turn = turn, Flow = flow, Screen = screen, AtDesk = desk, CausedAt = causedAt, Pace = pace };
    }

    private static Screen ReadScreen(ref Utf8JsonReader json)
    {
        var (choices, trail, page, more, sent) = (ImmutableArray<string>.Empty, ImmutableArray<string>.Empty, 0, false, (DateTimeOffset?)null);
        while (NextMember(ref json))
        {
            if (Is(ref json, "choices"u8))
                choices = ReadTexts(ref json);
            else if (Is(ref json, "trail"u8))
                trail = ReadTexts(ref json);
            else if (Is(ref json, "page"u8))
                page = json.GetInt32();
            else if (Is(ref json, "more"u8))
                more = json.GetBoolean();
            else if (Is(ref json, "sentAt"u8))
                sent = SentAt(json.GetInt64());
            else
                Pass(ref json);
        }

        return new(choices, trail, page, more) { SentAt = sent };
    }

    private static DateTimeOffset SentAt(long milliseconds) => milliseconds is >= 0 and < 253_402_300_800_000
        ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : throw new JsonException("Not a time");

    private static Pace ReadPace(ref Utf8JsonReader json)
    {
        var (since, count) = (0L, 0);
        while (NextMember(ref json))
        {
            if (Is(ref json, "since"u8))
                since = json.GetInt64();
            else if (Is(ref json, "count"u8))
                count = json.GetInt32();
            else
                Pass(ref json);
        }

        return new(since, count);
    }

    private static ImmutableArray<string> ReadTexts(ref Utf8JsonReader json)
    {
        var ahead = json;
        var count = 0;
        while (ahead.Read() && ahead.TokenType is JsonTokenType.String)
            count++;
        if (count > MostChoices)
            throw new JsonException("More lines than any list has");
        var texts = new string[count];
        for (var i = 0; i < count && json.Read(); i++)
            texts[i] = json.GetString()!;
        if (!json.Read() || json.TokenType is not JsonTokenType.EndArray)
            throw new JsonException("Not a list of texts");
        return ImmutableCollectionsMarshal.AsImmutableArray(texts);
    }

    private static bool NextMember(ref Utf8JsonReader json)
    {
        if (!json.Read())
            throw new JsonException("Cut short");
        return json.TokenType is JsonTokenType.PropertyName;
    }

    // Stands on the value afterwards.
    private static bool Is(ref Utf8JsonReader json, ReadOnlySpan<byte> name) => json.ValueTextEquals(name) && json.Read();

    private static void Pass(ref Utf8JsonReader json)
    {
        json.Read();
        json.Skip();
    }
}

[JsonSerializable(typeof(FlowState))]
internal sealed partial class SessionContext : JsonSerializerContext;
