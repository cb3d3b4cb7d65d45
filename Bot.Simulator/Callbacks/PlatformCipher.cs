using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Bot.Simulator.Callbacks;

/// <summary>The platform's side of signing and encrypting, written apart from the bot's own so that each checks the other.</summary>
/// <remarks>Source: “消息加解密说明”: AES-256-CBC, IV = first half of the key, padding to 32 bytes.</remarks>
internal sealed class PlatformCipher(string encodingAesKey, string appId)
{
    private const int Block = 32;

    private readonly byte[] _key = Convert.FromBase64String(encodingAesKey + "=");

#pragma warning disable CA5350 // The protocol prescribes SHA-1.
    /// <summary>SHA-1 of the parts in byte order, lower-case hexadecimal.</summary>
    public static string Sign(params string[] parts)
    {
        Array.Sort(parts, StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(string.Concat(parts))));
    }
#pragma warning restore CA5350

    /// <param name="random">16 bytes, fresh for every message.</param>
    public string Encrypt(string message, ReadOnlySpan<byte> random)
    {
        var (body, owner) = (Encoding.UTF8.GetBytes(message), Encoding.UTF8.GetBytes(appId));
        var length = 20 + body.Length + owner.Length;
        var pad = Block - length % Block;
        var plain = new byte[length + pad];
        random.CopyTo(plain);
        BinaryPrimitives.WriteInt32BigEndian(plain.AsSpan(16), body.Length);
        body.CopyTo(plain, 20);
        owner.CopyTo(plain, 20 + body.Length);
        plain.AsSpan(length).Fill((byte)pad);
        using var aes = Aes.Create();
        aes.Key = _key;
        return Convert.ToBase64String(aes.EncryptCbc(plain, _key.AsSpan(0, 16), PaddingMode.None));
    }

    /// <returns>The message, or why it cannot be read, in words for the journal.</returns>
    public (string? Message, string? Fault) Decrypt(string encrypted)
    {
        var cipher = new byte[encrypted.Length];
        if (!Convert.TryFromBase64String(encrypted, cipher, out var size) || size == 0 || size % 16 != 0)
            return (null, "密文不是完整的 Base64/AES 数据");
        using var aes = Aes.Create();
        aes.Key = _key;
        var plain = aes.DecryptCbc(cipher.AsSpan(0, size), _key.AsSpan(0, 16), PaddingMode.None);
        int pad = plain[^1];
        var end = plain.Length - pad;
        if (pad is < 1 or > Block || end < 20)
            return (null, "解密后填充不正确，EncodingAESKey 可能不一致");
        var length = BinaryPrimitives.ReadInt32BigEndian(plain.AsSpan(16));
        if (length < 0 || length > end - 20)
            return (null, "解密后长度字段不正确");
        var owner = Encoding.UTF8.GetString(plain.AsSpan(20 + length, end - 20 - length));
        return owner == appId
            ? (Encoding.UTF8.GetString(plain.AsSpan(20, length)), null)
            : (null, $"密文中的 AppId 是 {owner}，应为 {appId}");
    }
}
