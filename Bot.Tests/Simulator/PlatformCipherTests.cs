using System.Text;
using Bot.Simulator.Callbacks;
using NUnit.Framework;

namespace Bot.Tests.Simulator;

public sealed class PlatformCipherTests
{
    // Vector 1 of the fact sheet, which two other libraries computed.
    private const string Key = "q1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6j7k8l9z0x1A";
    private const string AppId = "wx1234567890abcdef";

    private const string Message =
        "<xml><ToUserName><![CDATA[gh_0123456789ab]]></ToUserName><FromUserName><![CDATA[oGov0Test0User0000000000001x]]></FromUserName><CreateTime>1735689600</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[我要办理居住证，需要什么材料？]]></Content><MsgId>24876543210987654</MsgId></xml>";

    private const string Encrypted =
        "dXDtfIVdg8xNsh/0NX0+D595/+GkoNNU9eM4N+O+NEFdEAavgwCYqlTQg1iz+W+sjueqpbSWZLBMOsIf1wWDRPYN7RtHj4lSqsWO7eG9GirrkdTnXPQu7cOhMQ8pOGf2WxVlTTWE64aBdhURNhlJLz5DvRtw9LL/GCwmeW1SllzfZZ0eTQqtiaRtddigfe1I6usV4vtl80ECkRJ6GjpVHhlBVrGsAkjbAUEC6wjjbTmgmyB70mUAN6wcAuHrSMuBMv3m0+54g29S2ulrTdYTsgf0fQsFae0AlPvu+9V2jVyx7RbCZaJUkhBFdrZNK+k3yfn8vmjq2TS+6aOzk6yu4joOOZ1gC0ZIALjAlU+/QBK82n0+Bz5LjGC2Y6U6cXQUwcA5YqyZLKibXyoSz8Wwq3BSDITc9YTpJJA1hYqM+r4bmxnCzCjlkm9+xQX7eSFMMG6wgAvwDJ5LBSYndHEG6g==";

    [Test]
    public void Encrypts_as_the_published_vector() =>
        Assert.That(new PlatformCipher(Key, AppId).Encrypt(Message, Encoding.ASCII.GetBytes("0123456789abcdef")), Is.EqualTo(Encrypted));

    [Test]
    public void Reads_the_published_vector() =>
        Assert.That(new PlatformCipher(Key, AppId).Decrypt(Encrypted), Is.EqualTo((Message, (string?)null)));

    [Test]
    public void Signs_in_byte_order() => Assert.Multiple(() =>
    {
        Assert.That(PlatformCipher.Sign("gov2024Token", "1735689601", "836291047", Encrypted), Is.EqualTo("443d4adb7de5f3de4d75447bde8749c2383be513"));
        Assert.That(PlatformCipher.Sign("_Tk9a", "1735689600", "Zeta42"), Is.EqualTo("427abb461fff1e73ec4c6d00f83658512297f0ae"));
    });

    [Test]
    public void Names_the_foreign_appid() =>
        Assert.That(new PlatformCipher(Key, "wx0000000000000000").Decrypt(Encrypted).Fault, Does.Contain(AppId));

    [TestCase("")]
    [TestCase("AAAA")]
    [TestCase("不是密文")]
    public void Refuses_what_is_no_ciphertext(string text) =>
        Assert.That(new PlatformCipher(Key, AppId).Decrypt(text).Fault, Is.Not.Null);
}
