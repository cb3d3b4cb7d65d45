using System.Text.Json.Nodes;
using System.Xml.Linq;
using Bot.Simulator.World;
using Bot.WeChat;

namespace Bot.Simulator.Callbacks;

/// <summary>Puts a push into the form of the account's settings, freshly signed for every delivery; or forges it on request.</summary>
internal sealed class Envelope(SimulatorOptions options, VirtualClock clock, Dice dice)
{
    private const int Huge = 1024 * 1024;

    private readonly PlatformCipher _cipher = new(options.EncodingAESKey, options.AppId);

    public PlatformCipher Cipher => _cipher;

    /// <param name="forgery">Null for an honest delivery.</param>
    public Sealed Seal(Push push, FaultKind? forgery = null)
    {
        var timestamp = $"{clock.WireSeconds - (forgery == FaultKind.StaleTimestamp ? 3600 : 0)}";
        var nonce = dice.Digits(9);
        var plain = push.Write(options.Format);
        if (forgery == FaultKind.HugeBody)
            plain = push.Write(options.Format).Replace("伪造", new string('大', Huge / 3), StringComparison.Ordinal);
        var query = $"signature={PlatformCipher.Sign(options.Token, timestamp, nonce)}&timestamp={timestamp}&nonce={nonce}&openid={Uri.EscapeDataString(push.OpenId)}";
        if (options.Mode == WeChatMode.Plain)
            return new(forgery == FaultKind.Tampered ? query.Replace("signature=", "signature=0", StringComparison.Ordinal) : query, Outer(plain), plain);

        var cipher = forgery == FaultKind.WrongAppId ? new PlatformCipher(options.EncodingAESKey, "wxffffffffffffffff") : _cipher;
        var encrypted = cipher.Encrypt(plain, dice.Bytes(16));
        query += $"&encrypt_type=aes&msg_signature={PlatformCipher.Sign(options.Token, timestamp, nonce, encrypted)}";
        if (forgery == FaultKind.Tampered)
            encrypted = Tamper(encrypted);
        return new(query, Outer(Encrypted(plain, encrypted)), plain);

        string Outer(string body) => forgery == FaultKind.Dtd
            ? $"<!DOCTYPE xml [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>{body}"
            : body;
    }

    /// <summary>The query of the 服务器配置 check, and the text that must come back.</summary>
    public (string Query, string Echo) Verification()
    {
        var (timestamp, nonce, echo) = ($"{clock.WireSeconds}", dice.Digits(9), dice.Digits(19));
        return ($"signature={PlatformCipher.Sign(options.Token, timestamp, nonce)}&echostr={echo}&timestamp={timestamp}&nonce={nonce}", echo);
    }

    private string Encrypted(string plain, string encrypted)
    {
        var compat = options.Mode == WeChatMode.Compat;
        if (options.Format == CallbackFormat.Json)
        {
            var json = compat ? JsonNode.Parse(plain)!.AsObject() : new JsonObject { ["ToUserName"] = options.Account };
            json["Encrypt"] = encrypted;
            return json.ToJsonString(Json.Wire);
        }
        var xml = compat ? XElement.Parse(plain) : new XElement("xml", new XElement("ToUserName", new XCData(options.Account)));
        xml.Add(new XElement("Encrypt", new XCData(encrypted)));
        return xml.ToString(SaveOptions.DisableFormatting);
    }

    private static string Tamper(string encrypted)
    {
        var middle = encrypted.Length / 2;
        return string.Concat(encrypted.AsSpan(0, middle), encrypted[middle] == 'A' ? "B" : "A", encrypted.AsSpan(middle + 1));
    }
}

/// <param name="Body">As it goes over the wire.</param>
/// <param name="Plain">The same before it was encrypted, for the journal.</param>
internal sealed record Sealed(string Query, string Body, string Plain);
