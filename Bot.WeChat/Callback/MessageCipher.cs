using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.ObjectPool;

namespace Bot.WeChat;

/// <summary>AES-256-CBC as the platform uses it: <c>random(16) · length(4, big-endian) · message · appid</c>, padded to 32.</summary>
/// <remarks>Source: WeChat Official Accounts documentation, “消息加解密说明”.</remarks>
internal sealed class MessageCipher
{
    public const int RandomLength = 16;

    private const int Block = 16;
    private const int Padding = 32; // not AES's own 16, which is why no PaddingMode of .NET fits
    private const int Header = RandomLength + sizeof(int);

    private readonly byte[] iv;
    private readonly byte[] appId;
    private readonly ObjectPool<Aes> lanes;

    /// <param name="encodingAesKey">43 characters of Base64; the spare bits of the last one may be set.</param>
    public MessageCipher(string encodingAesKey, ReadOnlySpan<byte> appId)
    {
        var key = Convert.FromBase64String(encodingAesKey + "=");
        iv = key[..Block];
        this.appId = appId.ToArray();
        lanes = new DefaultObjectPool<Aes>(new Keyed(key));
    }

    /// <summary>Bytes of Base64 that a message of so many bytes becomes.</summary>
    public int EncryptedLength(int messageLength) => Base64.GetMaxEncodedToUtf8Length(Padded(messageLength));

    /// <summary>Opens <paramref name="encrypt"/> inside <paramref name="buffer"/>, which must hold as many bytes.</summary>
    /// <param name="message">Where the message lies in the buffer.</param>
    public CallbackFault Decrypt(ReadOnlySpan<byte> encrypt, Span<byte> buffer, out Range message)
    {
        message = default;
        if (Base64.DecodeFromUtf8(encrypt, buffer, out var consumed, out var length) != System.Buffers.OperationStatus.Done
            || consumed != encrypt.Length || length == 0 || length % Block != 0)
            return CallbackFault.Undecryptable;

        var text = buffer[..length];
        var aes = lanes.Get();
        aes.DecryptCbc(text, iv, text, PaddingMode.None);
        lanes.Return(aes);

        var end = length - text[^1];
        if (text[^1] is < 1 or > Padding || end < Header)
            return CallbackFault.Undecryptable;
        var size = BinaryPrimitives.ReadUInt32BigEndian(text[RandomLength..]);
        if (size > end - Header)
            return CallbackFault.Undecryptable;
        var stop = Header + (int)size;
        if (!text[stop..end].SequenceEqual(appId))
            return CallbackFault.WrongAccount;
        message = Header..stop;
        return CallbackFault.None;
    }

    /// <param name="random">16 bytes, fresh for every message: the IV never changes.</param>
    /// <param name="base64">Takes <see cref="EncryptedLength"/> bytes.</param>
    public void Encrypt(ReadOnlySpan<byte> message, ReadOnlySpan<byte> random, Span<byte> base64)
    {
        // Built and encrypted at the front of the destination, then widened to Base64 where it lies.
        var length = Padded(message.Length);
        var text = base64[..length];
        random.CopyTo(text);
        BinaryPrimitives.WriteInt32BigEndian(text[RandomLength..], message.Length);
        message.CopyTo(text[Header..]);
        appId.CopyTo(text[(Header + message.Length)..]);
        var used = Header + message.Length + appId.Length;
        text[used..].Fill((byte)(length - used));

        var aes = lanes.Get();
        aes.EncryptCbc(text, iv, text, PaddingMode.None);
        lanes.Return(aes);
        Base64.EncodeToUtf8InPlace(base64, length, out _);
    }

    private int Padded(int messageLength)
    {
        var length = Header + messageLength + appId.Length;
        return length + Padding - length % Padding;
    }

    // Aes objects are not documented as thread-safe; setting a key up costs more than the cipher itself.
    private sealed class Keyed(byte[] key) : PooledObjectPolicy<Aes>
    {
        public override Aes Create()
        {
            var aes = Aes.Create();
            aes.Key = key;
            return aes;
        }

        public override bool Return(Aes aes) => true;
    }
}
