using System.Security.Cryptography;

namespace Bot.WeChat;

/// <summary>What one thread at a time needs to encrypt and decrypt. Kept and used again: setting up costs more than the cipher.</summary>
/// <remarks>No padding: the platform's is not AES's own. After each call both directions stand at the IV again.</remarks>
internal sealed class CipherLane : IDisposable
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private readonly ICryptoTransform decryptor;
    private readonly ICryptoTransform encryptor;

    // The system's generator takes as long for a handful of bytes as for all of these.
    private readonly byte[] random = new byte[512];
    private int drawn;

    public CipherLane(byte[] key, byte[] iv)
    {
        using var aes = Aes.Create();
        aes.Mode = CipherMode.CBC;
        aes.Padding = PaddingMode.None;
#pragma warning disable CA5401 // The protocol derives the IV from the key; its 16 random leading characters stand in for one.
        decryptor = aes.CreateDecryptor(key, iv);
        encryptor = aes.CreateEncryptor(key, iv);
#pragma warning restore CA5401
        drawn = random.Length;
    }

    /// <param name="length">A multiple of 16.</param>
    public void Decrypt(byte[] buffer, int length) => Transform(decryptor, buffer, length);

    /// <inheritdoc cref="Decrypt"/>
    public void Encrypt(byte[] buffer, int length) => Transform(encryptor, buffer, length);

    /// <summary>Fresh letters and digits, six bits of chance each, none given out twice. At most 512.</summary>
    public void Draw(Span<byte> characters)
    {
        if (drawn + characters.Length > random.Length)
        {
            RandomNumberGenerator.Fill(random);
            drawn = 0;
        }

        for (var i = 0; i < characters.Length; i++)
            characters[i] = (byte)Alphabet[random[drawn++] & 63];
    }

    public void Dispose()
    {
        decryptor.Dispose();
        encryptor.Dispose();
    }

    private static void Transform(ICryptoTransform cipher, byte[] buffer, int length)
    {
        cipher.TransformBlock(buffer, 0, length, buffer, 0);
        cipher.TransformFinalBlock(buffer, 0, 0);
    }
}
