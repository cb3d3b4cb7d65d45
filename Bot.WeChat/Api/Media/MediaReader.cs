using System.Buffers;

namespace Bot.WeChat.Api;

/// <summary>Copies a file as it comes, unless the answer is JSON: an error, with status 200, or the address of a video.</summary>
internal sealed class MediaReader(Stream destination, long maxBytes) : AnswerReader<MediaFound>
{
    private const int TooLarge = 45001;

    public override async ValueTask<Heard<MediaFound>> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var content = response.Content;
        var type = content.Headers.ContentType?.MediaType ?? "";
        if (!response.IsSuccessStatusCode || IsText(type))
            return await ReadJsonAsync(content, ct);
        if (content.Headers.ContentLength > maxBytes)
            return new(TooLarge, "the file is larger than wanted", null);

        var chunk = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            return await CopyAsync(content, type, chunk, ct);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    private async Task<Heard<MediaFound>> CopyAsync(HttpContent content, string type, byte[] chunk, CancellationToken ct)
    {
        var stream = await content.ReadAsStreamAsync(ct);
        var total = 0L;
        while (await stream.ReadAsync(chunk, ct) is var read and > 0)
        {
            // No picture, sound or film begins with a brace, and some proxies lose the content type.
            if (total == 0 && chunk[0] == '{' && content.Headers.ContentLength is null or < 4096)
                return JsonHeard(await RestAsync(stream, chunk.AsMemory(0, read), ct));
            total += read;
            if (total > maxBytes)
                return new(TooLarge, "the file is larger than wanted", null);
            await destination.WriteAsync(chunk.AsMemory(0, read), ct);
        }
        if (content.Headers.ContentLength is { } promised && promised != total)
            throw new IOException("The file came in part.");
        return new(0, null, new(new(type, NameOf(content), total), null));
    }

    private static bool IsText(string type) =>
        type.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || type.Contains("json", StringComparison.OrdinalIgnoreCase);

    private static string? NameOf(HttpContent content) =>
        content.Headers.ContentDisposition is { } disposition ? (disposition.FileNameStar ?? disposition.FileName)?.Trim('"') : null;

    private static async Task<Heard<MediaFound>> ReadJsonAsync(HttpContent content, CancellationToken ct)
    {
        using var body = await BoundedBody.ReadAsync(content, 64 * 1024, ct);
        return JsonHeard(body.Written.ToArray());
    }

    private static async Task<byte[]> RestAsync(Stream stream, ReadOnlyMemory<byte> first, CancellationToken ct)
    {
        using var whole = new MemoryStream();
        whole.Write(first.Span);
        var chunk = new byte[4096];
        while (whole.Length <= 64 * 1024 && await stream.ReadAsync(chunk, ct) is var read and > 0)
            whole.Write(chunk, 0, read);
        return whole.ToArray();
    }

    private static Heard<MediaFound> JsonHeard(byte[] json)
    {
        var heard = JsonReader<VideoUrlAnswer>.Parse(json);
        return heard.Value is { } found
            ? found.VideoUrl is { Length: > 0 } url ? new(0, null, new(null, url)) : throw new InvalidDataException("Neither a file nor an error.")
            : new(heard.ErrCode, heard.ErrMsg, null);
    }
}
