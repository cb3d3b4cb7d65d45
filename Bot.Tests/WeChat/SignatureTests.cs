using System.Text;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.WeChat;

public class SignatureTests
{
    private const string Ours = "c235b0378a5350ad751ad8881030f894774f54a9";

    [TestCaseSource(typeof(Vector), nameof(Vector.Signed))]
    public void Signs_three_parts_as_the_platform_does(string token, string timestamp, string nonce, string signature)
    {
        using var _ = Assert.EnterMultipleScope();
        Assert.That(Fixture.Sign(timestamp, nonce, "", token), Is.EqualTo(signature));
        Assert.That(Signature.Matches(signature, Fixture.Utf8(token), timestamp, nonce), Is.True);
    }

    [TestCaseSource(typeof(Vector), nameof(Vector.Encrypted))]
    public void Signs_four_parts_as_the_platform_does(object of)
    {
        var vector = (Vector)of;
        Assert.That(
            Fixture.Sign(vector.Timestamp, vector.Nonce, vector.Ciphertext, vector.Token), Is.EqualTo(vector.MsgSignature));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("c235b0378a5350ad751ad8881030f894774f54a")]
    [TestCase("c235b0378a5350ad751ad8881030f894774f54a90")]
    [TestCase("d235b0378a5350ad751ad8881030f894774f54a9")]
    [TestCase("c235b0378a5350ad751ad8881030f894774f54a8")]
    [TestCase("С235b0378a5350ad751ad8881030f894774f54a9")]
    public void Refuses_another_signature(string? given) =>
        Assert.That(Signature.Matches(given, "gov2024Token"u8, "1735689600", "836291047"), Is.False);

    [TestCase(null, "836291047")]
    [TestCase("1735689600", null)]
    [TestCase("", "1735689600836291047")]
    [TestCase("1735689601", "836291047")]
    [TestCase("1735689600", "836291048")]
    public void Refuses_other_parts(string? timestamp, string? nonce) =>
        Assert.That(Signature.Matches(Ours, "gov2024Token"u8, timestamp, nonce), Is.False);

    [Test]
    public void Refuses_parts_longer_than_any_that_the_platform_sends()
    {
        var nonce = new string('7', Signature.MaxPart + 1);
        Assert.That(Signature.Matches(Fixture.Sign("1735689600", nonce, ""), "gov2024Token"u8, "1735689600", nonce), Is.False);
    }

    [TestCase(1)]
    [TestCase(Signature.MaxPart)]
    public void Takes_parts_of_any_characters_up_to_the_longest(int length)
    {
        var (timestamp, nonce) = (new string('时', length), new string('\u00e9', length));
        Assert.That(Signature.Matches(Fixture.Sign(timestamp, nonce, ""), "gov2024Token"u8, timestamp, nonce), Is.True);
        Assert.That(Signature.Matches(Fixture.Sign(timestamp + "1", nonce, ""), "gov2024Token"u8, timestamp + "1", nonce), Is.EqualTo(length < Signature.MaxPart));
    }

    [Test]
    public void Signs_a_body_that_is_longer_than_fits_on_the_stack_by_all_its_bytes()
    {
        foreach (var length in new[] { 1, 1400, 1500, 1536, 5000 })
        {
            var encrypt = new string('e', length);
            var joined = string.Concat(new[] { "gov2024Token", Fixture.Timestamp, Fixture.Nonce, encrypt }.Order(StringComparer.Ordinal));
#pragma warning disable CA5350 // The platform's protocol.
            var expected = Convert.ToHexStringLower(System.Security.Cryptography.SHA1.HashData(Encoding.UTF8.GetBytes(joined)));
#pragma warning restore CA5350
            Assert.That(Fixture.Sign(Fixture.Timestamp, Fixture.Nonce, encrypt), Is.EqualTo(expected), $"{length}");
            Assert.That(Signature.Matches(expected, "gov2024Token"u8, Fixture.Timestamp, Fixture.Nonce, Fixture.Utf8(encrypt)), Is.True);
        }
    }

    [Test]
    public void Sorts_whatever_order_the_parts_have()
    {
        string[] parts = ["b", "a", "_", "Z"];
        var hex = new byte[Signature.HexLength];
        foreach (var a in parts)
        foreach (var b in parts.Except([a]))
        foreach (var c in parts.Except([a, b]))
        foreach (var d in parts.Except([a, b, c]))
        {
            Signature.Write(Fixture.Utf8(a), Fixture.Utf8(b), Fixture.Utf8(c), Fixture.Utf8(d), hex);
            Assert.That(Encoding.UTF8.GetString(hex), Is.EqualTo("7e54f84f70ef930dc258036e85348181c14daed6"));
        }
    }

    [Test]
    public void Checks_without_allocating()
    {
        Assert.That(Signature.Matches(Ours, "gov2024Token"u8, "1735689600", "836291047"), Is.True);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            Signature.Matches(Ours, "gov2024Token"u8, "1735689600", "836291047");
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }
}
