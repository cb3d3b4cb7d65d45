using System.Net.Http.Headers;
using System.Text.Json;

namespace Bot.WeChat.Api;

/// <summary>JSON in pooled memory, written once and sent as often as needed.</summary>
internal sealed class JsonBody : RequestBody
{
    private static readonly JsonWriterOptions Raw = new() { Encoder = Wire.Encoder, SkipValidation = true };

    [ThreadStatic]
    private static Utf8JsonWriter? t_writer;

    private readonly PooledBytes _bytes = new();

    public static JsonBody Of<T>(T value)
    {
        var body = new JsonBody();
        var writer = t_writer ??= new Utf8JsonWriter(Stream.Null, Raw);
        writer.Reset(body._bytes);
        JsonSerializer.Serialize(writer, value, Wire.Of<T>());
        writer.Flush();
        writer.Reset(Stream.Null);
        return body;
    }

    public override SentContent Open() => new Content(_bytes.Written);

    public override void Dispose()
    {
        if (!Broken)
            _bytes.Dispose();
    }

    private sealed class Content : SentContent
    {
        private static readonly MediaTypeHeaderValue Json = new("application/json");

        private readonly ReadOnlyMemory<byte> _json;

        public Content(ReadOnlyMemory<byte> json)
        {
            _json = json;
            Headers.ContentType = Json;
        }

        protected override Task WriteAsync(Stream stream, CancellationToken ct) => stream.WriteAsync(_json, ct).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = _json.Length;
            return true;
        }
    }
}
