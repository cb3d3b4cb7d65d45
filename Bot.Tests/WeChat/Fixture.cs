using System.Text;
using Bot.WeChat;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Bot.Tests.WeChat;

/// <summary>Sample payloads, and an account that receives them.</summary>
internal static class Fixture
{
    public const string Token = "gov2024Token";
    public const string Key = "q1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6j7k8l9z0x1A";
    public const string OtherKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
    public const string AppId = "wx1234567890abcdef";
    public const string Timestamp = "1735689601";
    public const string Nonce = "836291047";
    public const string Citizen = "oGov0Test0User0000000000001x";
    public const string Account = "gh_0123456789ab";

    public static string Directory { get; } = Path.Combine(AppContext.BaseDirectory, "WeChat", "fixtures");

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Directory, name));

    public static IEnumerable<string> Names(params string[] patterns) => patterns
        .SelectMany(pattern => System.IO.Directory.EnumerateFiles(Directory, pattern))
        .Select(path => Path.GetFileName(path))
        .Order(StringComparer.Ordinal);

    public static CallbackCodec Codec(WeChatMode mode, Action<WeChatOptions>? change = null)
    {
        var options = new WeChatOptions { AppId = AppId, Token = Token, EncodingAESKey = Key, Mode = mode };
        change?.Invoke(options);
        return new CallbackCodec(options, Clock());
    }

    /// <summary>Stands at the timestamp of the sample requests.</summary>
    public static FakeTimeProvider Clock() => new(DateTimeOffset.FromUnixTimeSeconds(1735689601));

    public static CallbackQuery Clear(string timestamp = Timestamp, string nonce = Nonce) =>
        new(Sign(timestamp, nonce, ""), timestamp, nonce, null, null);

    public static CallbackQuery Encrypted(string encrypt, string timestamp = Timestamp, string nonce = Nonce) =>
        new(null, timestamp, nonce, "aes", Sign(timestamp, nonce, encrypt));

    public static string Sign(string timestamp, string nonce, string encrypt, string token = Token)
    {
        Span<byte> hex = stackalloc byte[Signature.HexLength];
        Signature.Write(Utf8(token), Utf8(timestamp), Utf8(nonce), Utf8(encrypt), hex);
        return Encoding.UTF8.GetString(hex);
    }

    /// <summary>What a plain account makes of a body whose address is signed.</summary>
    public static CallbackFault Open(ReadOnlySpan<byte> body, out Inbound message)
    {
        var fault = Codec(WeChatMode.Plain).Open(Clear(), body, out var opened);
        message = opened.Message;
        return fault;
    }

    public static CallbackFault Open(string body, out Inbound message) => Open(Utf8(body), out message);

    public static T Opened<T>(string fixture)
        where T : Inbound
    {
        Assert.That(Open(Bytes(fixture), out var message), Is.EqualTo(CallbackFault.None));
        Assert.That(message, Is.TypeOf<T>());
        return (T)message;
    }

    public static string Encrypt(string plain, string key = Key, string appId = AppId)
    {
        var cipher = new MessageCipher(key, Utf8(appId));
        var base64 = new byte[cipher.EncryptedLength(Encoding.UTF8.GetByteCount(plain))];
        cipher.Encrypt(Utf8(plain), "0123456789abcdef"u8, base64);
        return Encoding.UTF8.GetString(base64);
    }

    public static string SafeBody(string encrypt) =>
        $"<xml><ToUserName><![CDATA[{Account}]]></ToUserName><Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>";

    /// <summary>A text message; each part as it stands in the XML.</summary>
    public static string TextXml(
        string content = "<![CDATA[你好]]>", string from = $"<![CDATA[{Citizen}]]>", string id = "24876543210987654", string time = "1735689600") =>
        $"<xml><ToUserName><![CDATA[{Account}]]></ToUserName><FromUserName>{from}</FromUserName><CreateTime>{time}</CreateTime>"
        + $"<MsgType><![CDATA[text]]></MsgType><Content>{content}</Content><MsgId>{id}</MsgId></xml>";

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
