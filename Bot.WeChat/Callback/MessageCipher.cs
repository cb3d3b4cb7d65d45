using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
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

    private readonly byte[] appId;
    private readonly DefaultObjectPool<CipherLane> lanes;

    /// <param name="encodingAesKey">43 characters of Base64; the spare bits of the last one may be set.</param>
    public MessageCipher(string encodingAesKey, ReadOnlySpan<byte> appId)
    {
        this.appId = appId.ToArray();
        lanes = new DefaultObjectPool<CipherLane>(new Lanes(Convert.FromBase64String(encodingAesKey + "=")));
    }

    /// <summary>Bytes of Base64 that a message of so many bytes becomes.</summary>
    public int EncryptedLength(int messageLength) => Base64.GetMaxEncodedToUtf8Length(Padded(messageLength));

    /// <summary>Opens <paramref name="encrypt"/> inside <paramref name="buffer"/>, which must hold as many bytes.</summary>
    /// <param name="message">Where the message lies in the buffer.</param>
    public CallbackFault Decrypt(ReadOnlySpan<byte> encrypt, byte[] buffer, out Range message)
    {
        message = default;
        if (Base64.DecodeFromUtf8(encrypt, buffer, out _, out var length) != OperationStatus.Done || length == 0 || length % Block != 0)
            return CallbackFault.Undecryptable;

        var lane = lanes.Get();
        lane.Decrypt(buffer, length);
        lanes.Return(lane);

        var text = buffer.AsSpan(0, length);
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

    /// <param name="random">16 characters; none: fresh ones, as every message needs, since the IV never changes.</param>
    /// <param name="base64">Takes <see cref="EncryptedLength"/> bytes.</param>
    public void Encrypt(ReadOnlySpan<byte> message, ReadOnlySpan<byte> random, Span<byte> base64)
    {
        var length = Padded(message.Length);
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        var lane = lanes.Get();
        var text = buffer.AsSpan(0, length);
        if (random.IsEmpty)
            lane.Draw(text[..RandomLength]);
        else
            random.CopyTo(text);
        BinaryPrimitives.WriteInt32BigEndian(text[RandomLength..], message.Length);
        message.CopyTo(text[Header..]);
        appId.CopyTo(text[(Header + message.Length)..]);
        var used = Header + message.Length + appId.Length;
        text[used..].Fill((byte)(length - used));
        lane.Encrypt(buffer, length);
        lanes.Return(lane);
        Base64.EncodeToUtf8(text, base64, out _, out _);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>Fresh letters and digits.</summary>
    public void Draw(Span<byte> characters)
    {
        var lane = lanes.Get();
        lane.Draw(characters);
        lanes.Return(lane);
    }

    private int Padded(int messageLength)
    {
        var length = Header + messageLength + appId.Length;
        return length + Padding - length % Padding;
    }

    private sealed class Lanes(byte[] key) : PooledObjectPolicy<CipherLane>
    {
        public override CipherLane Create() => new(key, key[..Block]);

        public override bool Return(CipherLane lane) => true;
    }
}
