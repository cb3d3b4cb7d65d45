using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Bot.WeChat;

/// <summary>The encrypted form of a reply, in XML or JSON.</summary>
/// <remarks>Source: WeChat Official Accounts documentation, “消息加解密说明”.</remarks>
internal static class SealedReply
{
    private static readonly SearchValues<char> PlainCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static void Write(
        MessageCipher cipher, ReadOnlySpan<byte> token, ReadOnlySpan<byte> plain, in Envelope envelope, long time, IBufferWriter<byte> output)
    {
        Span<byte> nonce = stackalloc byte[Signature.MaxPart];
        nonce = nonce[..PutNonce(envelope.Nonce, cipher, nonce)];
        Span<byte> timestamp = stackalloc byte[20];
        Utf8Formatter.TryFormat(time, timestamp, out var digits);
        Write(cipher, token, plain, random: default, envelope.Format, timestamp[..digits], nonce, output);
    }

    /// <param name="random">16 characters; none: fresh ones.</param>
    public static void Write(
        MessageCipher cipher, ReadOnlySpan<byte> token, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> random,
        DataFormat format, ReadOnlySpan<byte> timestamp, ReadOnlySpan<byte> nonce, IBufferWriter<byte> output)
    {
        var json = format == DataFormat.Json;
        var start = json ? "{\"Encrypt\":\""u8 : "<xml><Encrypt><![CDATA["u8;
        var beforeSignature = json ? "\",\"MsgSignature\":\""u8 : "]]></Encrypt><MsgSignature><![CDATA["u8;
        var beforeTime = json ? "\",\"TimeStamp\":"u8 : "]]></MsgSignature><TimeStamp>"u8;
        var beforeNonce = json ? ",\"Nonce\":\""u8 : "</TimeStamp><Nonce><![CDATA["u8;
        var end = json ? "\"}"u8 : "]]></Nonce></xml>"u8;

        var length = cipher.EncryptedLength(plain.Length);
        var total = start.Length + length + beforeSignature.Length + Signature.HexLength
            + beforeTime.Length + timestamp.Length + beforeNonce.Length + nonce.Length + end.Length;
        var room = output.GetSpan(total);
        var rest = Put(room, start);
        var encrypt = rest[..length];
        cipher.Encrypt(plain, random, encrypt);
        rest = Put(rest[length..], beforeSignature);
        Signature.Write(token, timestamp, nonce, encrypt, rest);
        rest = Put(rest[Signature.HexLength..], beforeTime);
        rest = Put(rest, timestamp);
        rest = Put(rest, beforeNonce);
        rest = Put(rest, nonce);
        Put(rest, end);
        output.Advance(total);
    }

    // The request's own, as the platform's samples do; but nothing that would need escaping gets into our XML.
    private static int PutNonce(string nonce, MessageCipher cipher, Span<byte> room)
    {
        if (nonce.Length is > 0 and <= Signature.MaxPart && !nonce.AsSpan().ContainsAnyExcept(PlainCharacters))
            return Encoding.ASCII.GetBytes(nonce, room);
        const int length = 10;
        cipher.Draw(room[..length]);
        return length;
    }

    private static Span<byte> Put(Span<byte> room, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(room);
        return room[bytes.Length..];
    }
}
