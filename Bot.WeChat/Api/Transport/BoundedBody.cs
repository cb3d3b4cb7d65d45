namespace Bot.WeChat.Api;

/// <summary>Reads a response into pooled memory, but never more than expected: a broken proxy must not fill ours.</summary>
internal static class BoundedBody
{
    /// <summary>A page of 10,000 openids takes 0.3 MB; twenty drafts with their texts may take several.</summary>
    public const int MaxJson = 8 * 1024 * 1024;

    public static async Task<PooledBytes> ReadAsync(HttpContent content, int max, CancellationToken ct)
    {
        var expected = content.Headers.ContentLength ?? 1024;
        if (expected > max)
            throw new InvalidDataException("The answer is too large.");
        var stream = await content.ReadAsStreamAsync(ct);
        var body = new PooledBytes((int)expected + 1);
        try
        {
            while (true)
            {
                var read = await stream.ReadAsync(body.GetMemory(512), ct);
                if (read == 0)
                    return body;
                body.Advance(read);
                if (body.Length > max)
                    throw new InvalidDataException("The answer is too large.");
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public static ReadOnlySpan<byte> WithoutBom(ReadOnlySpan<byte> json) =>
        json.StartsWith("\uFEFF"u8) ? json[3..] : json;
}
