using System.Security.Cryptography;

namespace Bot.Data.Privacy;

/// <summary>Seals a picture and its thumbnail under a key that is drawn for them alone, and that key as a field beside them.</summary>
/// <remarks>
/// A change of keys seals the seal anew, and the picture only where the cipher changed, too. A sealed picture is as long as it was: its tags
/// stand in the seal.
/// </remarks>
/// <param name="suite">Seals from now on; what another sealed still opens.</param>
internal sealed class PictureSeals(IFieldCiphers ciphers, CipherSuite suite)
{
    private const int KeyLength = 32;
    private const int TagLength = 16;
    private const char Between = ':';

    /// <param name="table">Has the columns content, thumbnail and seal.</param>
    /// <param name="row">What tells the row from all others.</param>
    public async ValueTask<SealedPicture> SealAsync(string table, string row, byte[] content, byte[]? thumbnail, CancellationToken ct)
    {
        var key = RandomNumberGenerator.GetBytes(KeyLength);
        var cipher = suite.SealKey(key);
        var (sealedContent, contentTag) = Sealed(cipher, Part.Content, content);
        var (sealedThumbnail, thumbnailTag) = Sealed(cipher, Part.Thumbnail, thumbnail ?? []);
        var seal = string.Join(Between, suite.Seal, Convert.ToBase64String(key), contentTag, thumbnailTag);
        return new((await ciphers.GetAsync(ct)).Seal(Field(table), row, seal), sealedContent, thumbnail is null ? null : sealedThumbnail);
    }

    /// <param name="seal">Null for what was kept before pictures were sealed: it is what it is.</param>
    /// <exception cref="CryptographicException">Of another row, changed, or the key of its seal is gone.</exception>
    public ValueTask<byte[]> OpenContentAsync(string table, string row, byte[]? seal, byte[] content, CancellationToken ct) =>
        OpenAsync(Part.Content, table, row, seal, content, ct);

    /// <inheritdoc cref="OpenContentAsync"/>
    public ValueTask<byte[]> OpenThumbnailAsync(string table, string row, byte[]? seal, byte[] thumbnail, CancellationToken ct) =>
        OpenAsync(Part.Thumbnail, table, row, seal, thumbnail, ct);

    /// <summary>False when another cipher sealed it than the one that seals now.</summary>
    /// <exception cref="CryptographicException">Of another row, changed, or its key is gone.</exception>
    public async ValueTask<bool> IsOfNowAsync(string table, string row, byte[] seal, CancellationToken ct) =>
        (await ReadAsync(table, row, seal, ct))[0] == suite.Seal;

    private async ValueTask<byte[]> OpenAsync(Part part, string table, string row, byte[]? seal, byte[] bytes, CancellationToken ct)
    {
        if (seal is null)
            return bytes;
        var opened = await ReadAsync(table, row, seal, ct);
        var plain = new byte[bytes.Length];
        CipherSuite.Of(opened[0]).SealKey(Convert.FromBase64String(opened[1]))
            .Open(Nonce(part), bytes, Convert.FromBase64String(opened[part is Part.Content ? 2 : 3]), plain, []);
        return plain;
    }

    // Cipher, key, and the tags of content and thumbnail.
    private async ValueTask<string[]> ReadAsync(string table, string row, byte[] seal, CancellationToken ct) =>
        (await ciphers.GetAsync(ct)).Open(Field(table), row, seal).Split(Between);

    private static (byte[] Sealed, string Tag) Sealed(ISealKey cipher, Part part, byte[] plain)
    {
        var (output, tag) = (new byte[plain.Length], new byte[TagLength]);
        cipher.Seal(Nonce(part), plain, output, tag, []);
        return (output, Convert.ToBase64String(tag));
    }

    // The key seals these two and nothing else, ever: a number is nonce enough, and tells them apart. The row is bound through the seal.
    private static byte[] Nonce(Part part) => [.. new byte[11], (byte)part];

    private static string Field(string table) => $"{table}.seal";

    private enum Part { Content = 1, Thumbnail = 2 }
}

/// <param name="Thumbnail">Null where there is none.</param>
internal sealed record SealedPicture(byte[] Seal, byte[] Content, byte[]? Thumbnail);
