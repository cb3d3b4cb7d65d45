using System.Text;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.WeChat;

public class HostileCallbackTests
{
    [Test]
    public void Refuses_a_body_that_was_changed_anywhere()
    {
        var codec = Fixture.Codec(WeChatMode.Safe);
        var encrypt = Fixture.Encrypt(Fixture.TextXml());
        var query = Fixture.Encrypted(encrypt);
        for (var i = 0; i < encrypt.Length; i++)
        {
            var changed = encrypt[..i] + (encrypt[i] == 'A' ? 'B' : 'A') + encrypt[(i + 1)..];
            Assert.That(codec.Open(query, Fixture.Utf8(Fixture.SafeBody(changed)), out _), Is.EqualTo(CallbackFault.BadSignature), $"at {i}");
        }
    }

    [Test]
    public void Refuses_a_changed_ciphertext_even_when_it_is_signed()
    {
        var codec = Fixture.Codec(WeChatMode.Safe);
        var raw = Convert.FromBase64String(Fixture.Encrypt(Fixture.TextXml()));
        var accepted = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            var changed = raw.ToArray();
            changed[i] ^= 0x55;
            var encrypt = Convert.ToBase64String(changed);
            if (codec.Open(Fixture.Encrypted(encrypt), Fixture.Utf8(Fixture.SafeBody(encrypt)), out var opened) == CallbackFault.None)
            {
                accepted++;
                Assert.That(opened.Message, Is.Not.Null);
            }
        }

        // CBC alone authenticates nothing: a change inside the message may leave XML standing. The signature is what protects.
        Assert.That(accepted, Is.LessThan(raw.Length));
    }

    [Test]
    public void Never_throws_at_a_body_cut_anywhere()
    {
        foreach (var name in Fixture.Names("msg-*", "event-*", "compat-*"))
        {
            var body = Fixture.Bytes(name).AsSpan().TrimEnd("\r\n "u8);
            for (var length = 0; length < body.Length; length++)
                Assert.That(Fixture.Open(body[..length], out _), Is.EqualTo(CallbackFault.Malformed), $"{name} cut at {length}");
        }
    }

    [Test]
    public void Never_throws_at_an_encrypted_body_cut_anywhere()
    {
        var codec = Fixture.Codec(WeChatMode.Safe);
        var plain = Fixture.TextXml();
        for (var length = 0; length < plain.Length; length++)
        {
            var encrypt = Fixture.Encrypt(plain[..length]);
            Assert.That(codec.Open(Fixture.Encrypted(encrypt), Fixture.Utf8(Fixture.SafeBody(encrypt)), out _), Is.EqualTo(CallbackFault.Malformed));
        }
    }

    [Test]
    public void Never_throws_at_random_changes()
    {
        var random = new Random(20_251_122);
        var bodies = Fixture.Names("msg-*", "event-*", "compat-*", "safe-*").Select(Fixture.Bytes).ToArray();
        byte[] spice = [.. "<>/!?&;[]\"'{},:\\ \0x=-"u8, 0x80, 0xC3, 0xED, 0xF0, 0xFF];
        var plain = Fixture.Codec(WeChatMode.Plain);
        var accepted = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var body = bodies[random.Next(bodies.Length)].ToList();
            for (var changes = random.Next(1, 5); changes > 0; changes--)
                Change(body, random, spice);
            var fault = plain.Open(Fixture.Clear(), body.ToArray(), out var opened);
            if (fault != CallbackFault.None)
                continue;
            accepted++;
            Assert.That(opened.Message.From.Value, Is.Not.Empty);
            Assert.That(opened.Message.DedupeKey, Is.Not.Empty);
        }

        Assert.That(accepted, Is.InRange(1, 19_999), "some changes do no harm, most do");
    }

    [TestCase("<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;&lol;&lol;&lol;\">]><xml><Content>&lol2;</Content></xml>")]
    [TestCase("<!DOCTYPE foo [<!ENTITY xxe SYSTEM \"file:///etc/passwd\">]><xml><Content>&xxe;</Content></xml>")]
    [TestCase("<xml><Content>&xxe;</Content></xml>")]
    public void Knows_no_entities(string body) => Assert.That(Fixture.Open(body, out _), Is.EqualTo(CallbackFault.Malformed));

    [Test]
    public void Bounds_depth_and_number_of_elements()
    {
        static string Deep(int depth) => Fixture.TextXml().Replace(
            "<Content>", string.Concat(Enumerable.Repeat("<d>", depth)) + string.Concat(Enumerable.Repeat("</d>", depth)) + "<Content>");
        static string Wide(int count) => Fixture.TextXml().Replace("<Content>", string.Concat(Enumerable.Repeat("<w/>", count)) + "<Content>");
        using var _ = Assert.EnterMultipleScope();
        Assert.That(Fixture.Open(Deep(10), out var _), Is.EqualTo(CallbackFault.None));
        Assert.That(Fixture.Open(Deep(100_000), out var _), Is.EqualTo(CallbackFault.Malformed));
        Assert.That(Fixture.Open(Wide(500), out var _), Is.EqualTo(CallbackFault.None));
        Assert.That(Fixture.Open(Wide(513), out var _), Is.EqualTo(CallbackFault.Malformed));
        Assert.That(Fixture.Open("{\"a\":" + new string('[', 100_000), out var _), Is.EqualTo(CallbackFault.Malformed));
        Assert.That(Fixture.Open($"<xml><{new string('n', 129)}/></xml>", out var _), Is.EqualTo(CallbackFault.Malformed));
    }

    [Test]
    public void Reads_a_megabyte()
    {
        var text = new string('长', 350_000);
        Assert.That(Fixture.Open(Fixture.TextXml(text), out var message), Is.EqualTo(CallbackFault.None));
        Assert.That(((TextMessage)message).Content, Has.Length.EqualTo(text.Length));
    }

    [TestCase(new byte[] { 0xFF })]
    [TestCase(new byte[] { 0xC3, 0x28 })]
    [TestCase(new byte[] { 0xED, 0xA0, 0x80 })]
    [TestCase(new byte[] { 0xF4, 0x90, 0x80, 0x80 })]
    [TestCase(new byte[] { 0x00 })]
    public void Refuses_what_is_not_utf8(byte[] bytes)
    {
        var body = Encoding.Latin1.GetString(Fixture.Utf8(Fixture.TextXml("?"))).Replace("?", Encoding.Latin1.GetString(bytes));
        Assert.That(Fixture.Open(Encoding.Latin1.GetBytes(body), out _), Is.EqualTo(CallbackFault.Malformed));
    }

    private static void Change(List<byte> body, Random random, byte[] spice)
    {
        var at = random.Next(body.Count);
        switch (random.Next(5))
        {
            case 0:
                body[at] = spice[random.Next(spice.Length)];
                break;
            case 1:
                body.Insert(at, spice[random.Next(spice.Length)]);
                break;
            case 2:
                body.RemoveRange(at, Math.Min(random.Next(1, 20), body.Count - at - 1));
                break;
            case 3:
                body.InsertRange(at, body.GetRange(at, Math.Min(random.Next(1, 40), body.Count - at)));
                break;
            default:
                body[at] ^= (byte)(1 << random.Next(8));
                break;
        }
    }
}
