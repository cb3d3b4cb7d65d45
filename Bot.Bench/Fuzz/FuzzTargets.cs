using System.Buffers;
using System.Text;
using System.Text.Json;
using Bot.Bench.Micro;
using Bot.Handlers.Conversation;
using Bot.Handlers.Notices;
using Bot.Handlers.Policies.Import;
using Bot.Handlers.Routing;
using Bot.Host.Endpoints.Api;
using Bot.WeChat;

namespace Bot.Bench.Fuzz;

/// <summary>Every place where bytes of strangers are first read.</summary>
internal static class FuzzTargets
{
    private const int LongestCallback = 64 * 1024;
    private const int LongestFile = 16 * 1024;

    private static readonly CallbackCodec s_clear = CodecMicro.Codec(WeChatMode.Plain);
    private static readonly CallbackCodec s_safe = CodecMicro.Codec(WeChatMode.Safe);
    private static readonly ArrayBufferWriter<byte> s_output = new(LongestCallback);

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("xml", "xml", LongestCallback, body => Opened(s_clear, CodecMicro.Signed(""), body)),
        new("json", "json", LongestCallback, body => Opened(s_clear, CodecMicro.Signed(""), body)),
        new("decrypt", "xml", LongestCallback, Decrypted),
        new("decrypted", "xml", LongestCallback / 2, plain => plain.Length == 0 ? "" : CodecMicro.Sealed(s_safe, Encoding.Latin1.GetString(plain)) is var (query, body)
            ? Opened(s_safe, query, Encoding.UTF8.GetBytes(body)) : ""),
        new("session", "session", LongestFile, bytes => SessionJson.Read(bytes) is { } session ? $"{session.Flow is null} {session.Screen?.Choices.Length}" : ""),
        new("csv", "csv", LongestFile, file => CsvAsync(file).GetAwaiter().GetResult(), typeof(InvalidDataException)),
        new("bulk", "bulk", LongestFile, body => BulkAsync(body).GetAwaiter().GetResult(), typeof(JsonException)),
        new("policies", "policies", LongestFile, file => PoliciesAsync(file).GetAwaiter().GetResult()),
        new("words", "words", 4096, bytes => Utterance.Of(Encoding.UTF8.GetString(bytes)) is var said ? $"{said.Number} {said.Words.Length}" : ""),
    ];

    // What opens is answered, too: the reply holds what the message said.
    private static string Opened(CallbackCodec codec, CallbackQuery query, byte[] body)
    {
        var fault = codec.Open(query, body, out var opened);
        if (fault != CallbackFault.None)
            return fault.ToString()!;
        s_output.ResetWrittenCount();
        codec.WriteReply(opened.Message, Reply.Say(opened.Message.From.Value), opened.Envelope.Format, s_output);
        var reply = s_output.WrittenSpan.ToArray();
        s_output.ResetWrittenCount();
        codec.Seal(reply, opened.Envelope, s_output);
        return $"{opened.Message.Kind} {opened.Message.DedupeKey.Length > 0} {opened.Envelope.Encrypted}";
    }

    // Signed, though nobody encrypted it: what only the platform could send, and must not break us all the same.
    private static string Decrypted(byte[] raw)
    {
        var encrypt = Convert.ToBase64String(raw.AsSpan(0, raw.Length & ~15));
        return Opened(s_safe, CodecMicro.Signed(encrypt), Encoding.UTF8.GetBytes($"<xml><Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>"));
    }

    private static async Task<string> CsvAsync(byte[] bytes)
    {
        var file = await RecipientFile.OpenAsync(bytes, CancellationToken.None);
        var (rows, fields) = (0, 0);
        await foreach (var row in file.RowsAsync(CancellationToken.None))
        {
            rows++;
            fields += row.Data?.Count ?? 0;
        }

        return $"{rows} {fields}";
    }

    private static async Task<string> BulkAsync(byte[] bytes)
    {
        var body = BulkJson.Read(bytes);
        var rows = 0;
        await foreach (var _ in body.RowsAsync())
            rows++;
        return $"{body.Count} {rows} {body.Head.Template is null}";
    }

    private static async Task<string> PoliciesAsync(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        var file = await PolicyImport.ReadJsonAsync(stream, CancellationToken.None);
        return $"{file.Errors.Count} {file.Policies.Count}";
    }
}
