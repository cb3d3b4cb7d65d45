using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Bot.Tests.Infrastructure;
using Bot.Tests.WeChat;
using Bot.WeChat;

namespace Bot.Tests.Endpoints;

/// <summary>The platform as the real Host hears it: signed callbacks over HTTP.</summary>
internal static class Callback
{
    public const string AppSecret = "0123456789abcdef0123456789abcdef";

    private static long s_lastMessage = 30_000_000_000;

    public static string Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    public static string NewMessage => Interlocked.Increment(ref s_lastMessage).ToString(CultureInfo.InvariantCulture);

    /// <summary>A Host for the account of the sample payloads.</summary>
    public static Task<TestHost> HostAsync(WeChatMode mode, string? redis = null, TestDatabase? database = null, params (string, string)[] settings) =>
        HostAsync(TimeProvider.System, mode, redis, database, settings);

    /// <param name="clock">By which the Host goes.</param>
    public static async Task<TestHost> HostAsync(TimeProvider clock, WeChatMode mode, string? redis, TestDatabase? database, params (string, string)[] settings) =>
        await TestHost.StartAsync(clock, redis ?? await TestRedis.FreshDatabaseAsync(), database,
        [
            ("WeChat:AppId", Fixture.AppId), ("WeChat:AppSecret", AppSecret), ("WeChat:Token", Fixture.Token),
            ("WeChat:EncodingAESKey", Fixture.Key), ("WeChat:Mode", mode.ToString()), .. settings,
        ]);

    public static string Clear(string? timestamp = null, string nonce = Fixture.Nonce)
    {
        timestamp ??= Now;
        return $"?signature={Fixture.Sign(timestamp, nonce, "")}&timestamp={timestamp}&nonce={Uri.EscapeDataString(nonce)}&openid=unsigned";
    }

    public static string Sealed(string encrypt, string? timestamp = null, string nonce = Fixture.Nonce)
    {
        timestamp ??= Now;
        return $"{Clear(timestamp, nonce)}&encrypt_type=aes&msg_signature={Fixture.Sign(timestamp, nonce, encrypt)}";
    }

    public static string Text(string words, string citizen, string? id = null) =>
        Fixture.TextXml($"<![CDATA[{words}]]>", $"<![CDATA[{citizen}]]>", id ?? NewMessage);

    public static Task<Heard> KnockAsync(this TestHost host, string query, string body) => host.KnockAsync(query, Encoding.UTF8.GetBytes(body));

    public static Task<Heard> KnockAsync(this TestHost host, string query, byte[] body) => host.KnockAsync(query, new ByteArrayContent(body));

    public static async Task<Heard> KnockAsync(this TestHost host, string query, HttpContent body)
    {
        using var response = await host.Client.PostAsync("/wechat/callback" + query, body);
        return new((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(), response.Content.Headers.ContentType?.ToString());
    }

    /// <summary>A clear text message; what the citizen reads.</summary>
    public static async Task<string> SayAsync(this TestHost host, string citizen, string words) =>
        (await host.KnockAsync(Clear(), Text(words, citizen))).Words;

    /// <summary>An encrypted message; the plain reply.</summary>
    public static async Task<string> SayEncryptedAsync(this TestHost host, string plain, string key = Fixture.Key)
    {
        var encrypt = Fixture.Encrypt(plain, key);
        var heard = await host.KnockAsync(Sealed(encrypt), Fixture.SafeBody(encrypt));
        return heard.Status == 200 && heard.Body.Length > "success".Length ? Unsealed(XElement.Parse(heard.Text), key) : heard.Text;
    }

    private static string Unsealed(XElement reply, string key)
    {
        var encrypt = reply.Element("Encrypt")!.Value;
        var signature = Fixture.Sign(reply.Element("TimeStamp")!.Value, reply.Element("Nonce")!.Value, encrypt);
        if (signature != reply.Element("MsgSignature")!.Value)
            return "(not signed by the bot)";
        var buffer = new byte[encrypt.Length];
        var fault = new MessageCipher(key, Encoding.UTF8.GetBytes(Fixture.AppId)).Decrypt(Encoding.UTF8.GetBytes(encrypt), buffer, out var text);
        return fault == CallbackFault.None ? Encoding.UTF8.GetString(buffer.AsSpan(text)) : $"({fault})";
    }
}

/// <summary>What the platform got back.</summary>
internal sealed record Heard(int Status, byte[] Body, string? ContentType)
{
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>What the citizen reads.</summary>
    public string Words => XElement.Parse(Text).Element("Content")!.Value;
}
