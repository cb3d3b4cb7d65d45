using System.Text;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.WeChat;

public class MessageCipherTests
{
    [TestCaseSource(typeof(Vector), nameof(Vector.Encrypted))]
    public void Opens_what_the_platform_and_others_encrypted(object of)
    {
        var vector = (Vector)of;
        var encrypt = Fixture.Utf8(vector.Ciphertext);
        var buffer = new byte[encrypt.Length];
        var fault = Cipher(vector).Decrypt(encrypt, buffer, out var message);

        using var _ = Assert.EnterMultipleScope();
        Assert.That(fault, Is.EqualTo(CallbackFault.None));
        Assert.That(Encoding.UTF8.GetString(buffer.AsSpan(message)), Is.EqualTo(vector.Plaintext));
    }

    [TestCaseSource(typeof(Vector), nameof(Vector.Encrypted))]
    public void Encrypts_byte_for_byte_as_the_platform_does(object of)
    {
        var vector = (Vector)of;
        var plain = Fixture.Utf8(vector.Plaintext);
        var base64 = new byte[Cipher(vector).EncryptedLength(plain.Length)];
        Cipher(vector).Encrypt(plain, Fixture.Utf8(vector.Random16), base64);
        Assert.That(Encoding.UTF8.GetString(base64), Is.EqualTo(vector.Ciphertext));
    }

    [Test]
    public void Opens_what_it_encrypted_at_every_length_of_padding()
    {
        var cipher = new MessageCipher(Fixture.Key, Fixture.Utf8(Fixture.AppId));
        for (var length = 0; length <= 96; length++)
        {
            var plain = Fixture.Utf8(new string('x', length));
            var base64 = new byte[cipher.EncryptedLength(length)];
            cipher.Encrypt(plain, "0123456789abcdef"u8, base64);
            var buffer = new byte[base64.Length];
            Assert.That(cipher.Decrypt(base64, buffer, out var message), Is.EqualTo(CallbackFault.None), $"{length} bytes");
            Assert.That(buffer[message], Is.EqualTo(plain), $"{length} bytes");
        }
    }

    [TestCase("")]
    [TestCase("AAAA")]
    [TestCase("AAAAAAAAAAAAAAAAAAAAAA==")]
    [TestCase("not Base64 at all!!")]
    [TestCase("TQg+W+Rkc2q7zglX9NvkyeC6YZ2htaNwpsMtJHOeNBQ=====")]
    public void Refuses_what_is_no_ciphertext(string encrypt) =>
        Assert.That(
            new MessageCipher(Fixture.Key, Fixture.Utf8(Fixture.AppId)).Decrypt(Fixture.Utf8(encrypt), new byte[encrypt.Length], out _),
            Is.EqualTo(CallbackFault.Undecryptable));

    [Test]
    public void Knows_a_message_for_another_account()
    {
        var encrypt = Fixture.Utf8(Fixture.Encrypt("<xml/>", appId: "wx9999999999999999"));
        Assert.That(
            new MessageCipher(Fixture.Key, Fixture.Utf8(Fixture.AppId)).Decrypt(encrypt, new byte[encrypt.Length], out _),
            Is.EqualTo(CallbackFault.WrongAccount));
    }

    [Test]
    public void Serves_many_threads_at_once()
    {
        var cipher = new MessageCipher(Fixture.Key, Fixture.Utf8(Fixture.AppId));
        var encrypt = Fixture.Utf8(Fixture.Encrypt(new string('字', 200)));
        var wrong = 0;
        Parallel.For(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            var buffer = new byte[encrypt.Length];
            var again = new byte[encrypt.Length];
            if (cipher.Decrypt(encrypt, buffer, out var message) == CallbackFault.None)
                cipher.Encrypt(buffer.AsSpan(message), "0123456789abcdef"u8, again);
            if (!again.AsSpan().SequenceEqual(encrypt))
                Interlocked.Increment(ref wrong);
        });
        Assert.That(wrong, Is.Zero);
    }

    private static MessageCipher Cipher(Vector vector) => new(vector.EncodingAesKey, Fixture.Utf8(vector.AppId));
}
