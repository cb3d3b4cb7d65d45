using System.Security.Cryptography;
using System.Text;
using Bot.Data.Privacy;
using NUnit.Framework;

namespace Bot.Tests.Privacy;

public sealed class CipherSuiteTests
{
    private static readonly byte[] s_key = Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdef");

    private static IEnumerable<CipherSuite> Suites() => [CipherSuite.Aes, CipherSuite.Sm4];

    [TestCaseSource(nameof(Suites))]
    public void Opens_what_it_sealed_and_nothing_that_was_changed(CipherSuite suite)
    {
        var (key, nonce, plain) = (suite.SealKey(s_key), new byte[12], Encoding.UTF8.GetBytes("13800138000"));
        var (output, tag, opened) = (new byte[plain.Length], new byte[16], new byte[plain.Length]);
        key.Seal(nonce, plain, output, tag, "field"u8);
        key.Open(nonce, output, tag, opened, "field"u8);
        Assert.That(opened, Is.EqualTo(plain));

        Assert.That(() => key.Open(nonce, output, tag, opened, "other"u8), Throws.InstanceOf<CryptographicException>(), "another field");
        output[3] ^= 1;
        Assert.That(() => key.Open(nonce, output, tag, opened, "field"u8), Throws.InstanceOf<CryptographicException>(), "a changed bit");
    }

    [TestCaseSource(nameof(Suites))]
    public void Seals_an_empty_text_and_a_long_one(CipherSuite suite)
    {
        var key = suite.SealKey(s_key);
        foreach (var length in new[] { 0, 1, 15, 16, 17, 30_000 })
        {
            var (plain, output, tag, opened) = (RandomNumberGenerator.GetBytes(length), new byte[length], new byte[16], new byte[length]);
            key.Seal(new byte[12], plain, output, tag, []);
            key.Open(new byte[12], output, tag, opened, []);
            Assert.That(opened, Is.EqualTo(plain), $"{length} bytes");
        }
    }

    [Test]
    public void The_digests_of_both_are_32_bytes_and_differ()
    {
        var (aes, sm4) = (CipherSuite.Aes.LookUpKey(s_key).Hash("text"u8), CipherSuite.Sm4.LookUpKey(s_key).Hash("text"u8));
        Assert.That((aes.Length, sm4.Length), Is.EqualTo((32, 32)));
        Assert.That(aes, Is.Not.EqualTo(sm4));
        // The example of GB/T 32905, and that of FIPS 180-4.
        Assert.That(Convert.ToHexStringLower(CipherSuite.Sm4.Digest("abc"u8)), Is.EqualTo("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"));
        Assert.That(Convert.ToHexStringLower(CipherSuite.Aes.Digest("abc"u8)), Is.EqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }
}
