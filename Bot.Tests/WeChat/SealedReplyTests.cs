using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.WeChat;

public class SealedReplyTests
{
    [Test]
    public void Writes_the_encrypted_reply_byte_for_byte()
    {
        var vector = Vector.Encrypted.Single(v => v.Name == "own-2-text-reply");
        var output = new ArrayBufferWriter<byte>();
        SealedReply.Write(
            new MessageCipher(vector.EncodingAesKey, Fixture.Utf8(vector.AppId)), Fixture.Utf8(vector.Token), Fixture.Utf8(vector.Plaintext),
            Fixture.Utf8(vector.Random16), DataFormat.Xml, Fixture.Utf8(vector.Timestamp), Fixture.Utf8(vector.Nonce), output);
        Assert.That(Encoding.UTF8.GetString(output.WrittenSpan), Is.EqualTo(Encoding.UTF8.GetString(Fixture.Bytes("safe-mode-reply.xml")).Trim()));
    }

    [Test]
    public void Signs_a_json_reply_as_the_official_sample_does()
    {
        var vector = Vector.Encrypted.Single(v => v.Name == "official-safe-reply-json");
        var output = new ArrayBufferWriter<byte>();
        SealedReply.Write(
            new MessageCipher(vector.EncodingAesKey, Fixture.Utf8(vector.AppId)), Fixture.Utf8(vector.Token), Fixture.Utf8(vector.Plaintext),
            Fixture.Utf8(vector.Random16), DataFormat.Json, Fixture.Utf8(vector.Timestamp), Fixture.Utf8(vector.Nonce), output);
        var reply = JsonDocument.Parse(output.WrittenMemory).RootElement;
        using var _ = Assert.EnterMultipleScope();
        Assert.That(reply.GetProperty("Encrypt").GetString(), Is.EqualTo(vector.Ciphertext));
        Assert.That(reply.GetProperty("MsgSignature").GetString(), Is.EqualTo(vector.MsgSignature));
        Assert.That(reply.GetProperty("TimeStamp").GetInt64(), Is.EqualTo(1713424427));
        Assert.That(reply.GetProperty("Nonce").GetString(), Is.EqualTo(vector.Nonce));
    }

    [TestCase("836291047")]
    [TestCase("]]><evil/>")]
    [TestCase("\"},{")]
    [TestCase("随机数")]
    public void Seals_so_that_the_platform_can_open_it(string nonce)
    {
        var codec = Fixture.Codec(WeChatMode.Safe);
        foreach (var format in Enum.GetValues<DataFormat>())
        {
            var opened = new Opened(null!, new Envelope(true, format, false, nonce));
            Assert.That(Unsealed(codec, opened, "<xml>您好😀</xml>", Fixture.Key), Is.EqualTo("<xml>您好😀</xml>"));
        }
    }

    [Test]
    public void Never_seals_alike_twice() =>
        Assert.That(Enumerable.Range(0, 100).Select(_ => Sealed(Envelope())), Is.Unique);

    [Test]
    public void Puts_the_requests_nonce_back() =>
        Assert.That(XElement.Parse(Sealed(Envelope())).Element("Nonce")!.Value, Is.EqualTo(Fixture.Nonce));

    [Test]
    public void Leaves_success_and_clear_replies_as_they_are()
    {
        using var _ = Assert.EnterMultipleScope();
        Assert.That(Sealed(Envelope(), "success"), Is.EqualTo("success"));
        Assert.That(Sealed(Envelope(), ""), Is.Empty);
        Assert.That(Sealed(Envelope() with { Encrypted = false }, "<xml/>"), Is.EqualTo("<xml/>"));
    }

    /// <summary>Checks the signature as the platform would, and opens the reply.</summary>
    internal static string Unsealed(CallbackCodec codec, Opened opened, string plain, string key)
    {
        var output = new ArrayBufferWriter<byte>();
        codec.Seal(Fixture.Utf8(plain), opened.Envelope, output);
        var text = Encoding.UTF8.GetString(output.WrittenSpan);
        var part = opened.Envelope.Format == DataFormat.Xml
            ? XElement.Parse(text).Elements().ToDictionary(e => e.Name.LocalName, e => e.Value)
            : JsonDocument.Parse(text).RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ToString());
        Assert.That(part["TimeStamp"], Is.EqualTo("1735689601"));
        Assert.That(part["MsgSignature"], Is.EqualTo(Fixture.Sign(part["TimeStamp"], part["Nonce"], part["Encrypt"])));
        var buffer = new byte[part["Encrypt"].Length];
        var fault = new MessageCipher(key, Fixture.Utf8(Fixture.AppId)).Decrypt(Fixture.Utf8(part["Encrypt"]), buffer, out var message);
        Assert.That(fault, Is.EqualTo(CallbackFault.None));
        return Encoding.UTF8.GetString(buffer.AsSpan(message));
    }

    private static Envelope Envelope() => new(true, DataFormat.Xml, false, Fixture.Nonce);

    private static string Sealed(Envelope envelope, string plain = "<xml>您好</xml>")
    {
        var output = new ArrayBufferWriter<byte>();
        Fixture.Codec(WeChatMode.Safe).Seal(Fixture.Utf8(plain), envelope, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
