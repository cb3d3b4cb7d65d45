using System.Security.Cryptography;

namespace Bot.Data.Privacy;

/// <summary>An authenticated cipher with its key: AES-256-GCM, or SM4-GCM where the office must use it (密评).</summary>
internal interface ISealKey
{
    void Seal(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plain, Span<byte> output, Span<byte> tag, ReadOnlySpan<byte> bound);

    /// <exception cref="AuthenticationTagMismatchException">Not what was sealed.</exception>
    void Open(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> input, ReadOnlySpan<byte> tag, Span<byte> plain, ReadOnlySpan<byte> bound);
}

internal interface ILookUpKey
{
    byte[] Hash(ReadOnlySpan<byte> text);
}

/// <param name="key">32 bytes.</param>
internal sealed class AesSealKey(byte[] key) : ISealKey
{
    private const int TagLength = 16;

    public void Seal(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plain, Span<byte> output, Span<byte> tag, ReadOnlySpan<byte> bound)
    {
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, plain, output, tag, bound);
    }

    public void Open(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> input, ReadOnlySpan<byte> tag, Span<byte> plain, ReadOnlySpan<byte> bound)
    {
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(nonce, input, tag, plain, bound);
    }
}

internal sealed class HmacLookUpKey(byte[] key) : ILookUpKey
{
    public byte[] Hash(ReadOnlySpan<byte> text) => HMACSHA256.HashData(key, text);
}
