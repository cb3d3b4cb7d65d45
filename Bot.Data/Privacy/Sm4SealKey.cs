using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Macs;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace Bot.Data.Privacy;

/// <summary>SM4-GCM (GB/T 32907), by Bouncy Castle.</summary>
/// <param name="key">32 bytes; SM4 takes 16, which are drawn from them by HMAC-SM3.</param>
internal sealed class Sm4SealKey(byte[] key) : ISealKey
{
    private const int KeyLength = 16;
    private const int TagBits = 128;
    private const int TagLength = TagBits / 8;

    private readonly byte[] _key = new Sm3LookUpKey(key).Hash("sm4"u8)[..KeyLength];

    public void Seal(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plain, Span<byte> output, Span<byte> tag, ReadOnlySpan<byte> bound)
    {
        var made = Run(encrypt: true, nonce, plain, bound);
        made.AsSpan(0, plain.Length).CopyTo(output);
        made.AsSpan(plain.Length).CopyTo(tag);
    }

    public void Open(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> input, ReadOnlySpan<byte> tag, Span<byte> plain, ReadOnlySpan<byte> bound)
    {
        var whole = new byte[input.Length + TagLength];
        input.CopyTo(whole);
        tag.CopyTo(whole.AsSpan(input.Length));
        try
        {
            Run(encrypt: false, nonce, whole, bound).CopyTo(plain);
        }
        catch (InvalidCipherTextException)
        {
            throw new AuthenticationTagMismatchException();
        }
    }

    private byte[] Run(bool encrypt, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> input, ReadOnlySpan<byte> bound)
    {
        var gcm = new GcmBlockCipher(new SM4Engine());
        gcm.Init(encrypt, new AeadParameters(new KeyParameter(_key), TagBits, nonce.ToArray(), bound.ToArray()));
        var output = new byte[gcm.GetOutputSize(input.Length)];
        var written = gcm.ProcessBytes(input, output);
        gcm.DoFinal(output.AsSpan(written));
        return output;
    }
}

/// <summary>HMAC-SM3 (GB/T 32905), by Bouncy Castle.</summary>
internal sealed class Sm3LookUpKey(byte[] key) : ILookUpKey
{
    public byte[] Hash(ReadOnlySpan<byte> text)
    {
        var hmac = new HMac(new SM3Digest());
        hmac.Init(new KeyParameter(key));
        hmac.BlockUpdate(text);
        var output = new byte[hmac.GetMacSize()];
        hmac.DoFinal(output);
        return output;
    }

    /// <summary>SM3 without a key.</summary>
    public static byte[] Digest(ReadOnlySpan<byte> text)
    {
        var digest = new SM3Digest();
        digest.BlockUpdate(text);
        var output = new byte[digest.GetDigestSize()];
        digest.DoFinal(output);
        return output;
    }
}
