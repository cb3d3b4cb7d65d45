using System.Security.Cryptography;

namespace Bot.Data.Privacy;

/// <summary>What personal fields are sealed and looked up with, and the audit log is chained by: setting <c>Privacy:Cipher</c>.</summary>
public sealed class CipherSuite
{
    private CipherSuite(string name, string seal, string hash, Func<byte[], ISealKey> sealKey, Func<byte[], ILookUpKey> lookUpKey, DigestOf digest) =>
        (Name, Seal, Hash, SealKey, LookUpKey, Digest) = (name, seal, hash, sealKey, lookUpKey, digest);

    internal delegate byte[] DigestOf(ReadOnlySpan<byte> text);

    /// <summary>AES-256-GCM, HMAC-SHA-256, SHA-256.</summary>
    public static CipherSuite Aes { get; } = new("aes", "aes-256-gcm", "hmac-sha256", key => new AesSealKey(key), key => new HmacLookUpKey(key), SHA256.HashData);

    /// <summary>国密: SM4-GCM, HMAC-SM3, SM3.</summary>
    public static CipherSuite Sm4 { get; } = new("sm4", "sm4-gcm", "hmac-sm3", key => new Sm4SealKey(key), key => new Sm3LookUpKey(key), Sm3LookUpKey.Digest);

    /// <summary>As in the settings.</summary>
    public string Name { get; }

    internal string Seal { get; }

    internal string Hash { get; }

    /// <summary>From 32 bytes.</summary>
    internal Func<byte[], ISealKey> SealKey { get; }

    internal Func<byte[], ILookUpKey> LookUpKey { get; }

    /// <summary>32 bytes, without a key: what chains the audit log.</summary>
    internal DigestOf Digest { get; }

    internal CipherSuite Other => this == Aes ? Sm4 : Aes;

    /// <returns>Null for a name that is none.</returns>
    public static CipherSuite? Find(string name) => name.ToLowerInvariant() switch
    {
        "" or "aes" => Aes,
        "sm4" => Sm4,
        _ => null,
    };

    /// <summary>The suite of a key that lies in the database.</summary>
    /// <exception cref="CryptographicException">A newer program made it.</exception>
    internal static CipherSuite Of(string cipher) =>
        cipher == Aes.Seal || cipher == Aes.Hash ? Aes
        : cipher == Sm4.Seal || cipher == Sm4.Hash ? Sm4
        : throw new CryptographicException($"This program does not know the cipher {cipher}");
}
