using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Bot.WeChat.Api;

namespace Bot.Data.Redis;

/// <summary>Seals a token with AES-256-GCM under a key that follows from the account's secret.</summary>
/// <param name="secret">AppSecret.</param>
internal sealed class TokenCipher(byte[] secret)
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly byte[] _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: "bot token seal"u8.ToArray());
    private readonly byte[] _digestKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: "bot token digest"u8.ToArray());

    /// <summary>Tells secrets apart and nothing else about them.</summary>
    public string Fingerprint { get; } = Convert.ToHexStringLower(HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 8, info: "bot token name"u8.ToArray()));

    public string Digest(string token) => Convert.ToHexStringLower(HMACSHA256.HashData(_digestKey, Encoding.UTF8.GetBytes(token)));

    /// <returns>Nonce, tag, and the sealed expiry and token.</returns>
    public byte[] Seal(string name, StoredToken token)
    {
        var plain = new byte[sizeof(long) + Encoding.UTF8.GetByteCount(token.Value)];
        BinaryPrimitives.WriteInt64BigEndian(plain, token.ExpiresAt.UtcTicks);
        Encoding.UTF8.GetBytes(token.Value, plain.AsSpan(sizeof(long)));
        var seal = new byte[NonceLength + TagLength + plain.Length];
        RandomNumberGenerator.Fill(seal.AsSpan(0, NonceLength));
        using var aes = new AesGcm(_key, TagLength);
        aes.Encrypt(
            seal.AsSpan(0, NonceLength), plain, seal.AsSpan(NonceLength + TagLength), seal.AsSpan(NonceLength, TagLength), Encoding.UTF8.GetBytes(name));
        return seal;
    }

    /// <returns>Null when it was sealed under another secret or name, or changed: as if there were none.</returns>
    public StoredToken? Open(string name, byte[] seal)
    {
        if (seal.Length < NonceLength + TagLength + sizeof(long))
            return null;
        var plain = new byte[seal.Length - NonceLength - TagLength];
        try
        {
            using var aes = new AesGcm(_key, TagLength);
            aes.Decrypt(
                seal.AsSpan(0, NonceLength), seal.AsSpan(NonceLength + TagLength), seal.AsSpan(NonceLength, TagLength), plain, Encoding.UTF8.GetBytes(name));
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        return new(Encoding.UTF8.GetString(plain.AsSpan(sizeof(long))), new DateTimeOffset(BinaryPrimitives.ReadInt64BigEndian(plain), TimeSpan.Zero));
    }
}
