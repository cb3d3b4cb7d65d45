using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using Bot.WeChat;

namespace Bot.Simulator.Callbacks;

/// <summary>Opens what the bot answered: recognises silence, unwraps the encryption, and says exactly what is wrong.</summary>
internal sealed class ReplyReader(SimulatorOptions options, Envelope envelope, ReplyRules rules)
{
    public ReplyVerdict Read(Push push, string body)
    {
        if (body.Length == 0 || body == "success")
            return new ReplyVerdict.Silent();
        try
        {
            var outer = Parse(body);
            if (outer.Element("Encrypt") is { } encrypt)
                return Open(push, outer, encrypt.Value.Trim());
            return options.Mode == WeChatMode.Safe
                ? new ReplyVerdict.Faulty("安全模式下回复必须加密（success 与空串除外）", body)
                : rules.Check(push, outer, body);
        }
        catch (Exception e) when (e is XmlException or JsonException or InvalidOperationException)
        {
            return new ReplyVerdict.Faulty($"回复不是合法的 {options.Format.ToString().ToUpperInvariant()}：{e.Message}", body);
        }
    }

    private ReplyVerdict Open(Push push, XElement outer, string encrypted)
    {
        string? Part(string name) => outer.Element(name)?.Value.Trim();

        if (options.Mode == WeChatMode.Plain)
            return new ReplyVerdict.Faulty("明文模式下回复不应加密", encrypted);
        if (Part("TimeStamp") is not { Length: > 0 } timestamp || Part("Nonce") is not { Length: > 0 } nonce)
            return new ReplyVerdict.Faulty("加密回复缺少 TimeStamp 或 Nonce", encrypted);
        if (Part("MsgSignature") != PlatformCipher.Sign(options.Token, timestamp, nonce, encrypted))
            return new ReplyVerdict.Faulty("回复的 MsgSignature 不正确", encrypted);
        var (message, fault) = envelope.Cipher.Decrypt(encrypted);
        return message is null ? new ReplyVerdict.Faulty(fault!, encrypted) : rules.Check(push, Parse(message), message);
    }

    private XElement Parse(string text)
    {
        if (options.Format == CallbackFormat.Json)
            return FromJson("xml", JsonNode.Parse(text)?.AsObject() ?? throw new JsonException("空的 JSON"));
        using var reader = XmlReader.Create(
            new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        return XElement.Load(reader);
    }

    // One shape for the rules: a JSON reply has the same names.
    private static XElement FromJson(string name, JsonNode? node) => node switch
    {
        JsonObject o => new XElement(name, o.Select(p => FromJson(p.Key, p.Value))),
        JsonArray a => new XElement(name, a.Select(item => FromJson("item", item))),
        _ => new XElement(name, node?.ToString()),
    };
}

/// <summary>What a reply came to.</summary>
internal abstract record ReplyVerdict
{
    /// <summary><c>success</c> or nothing: no reply and no further delivery.</summary>
    internal sealed record Silent : ReplyVerdict;

    /// <param name="Kind">As in the chat.</param>
    /// <param name="Plain">The reply in clear.</param>
    /// <param name="Remark">What the platform silently changed; empty when nothing.</param>
    internal sealed record Shown(string Kind, JsonObject Body, string Plain, string Remark = "") : ReplyVerdict;

    /// <summary>Handed over to the customer-service system.</summary>
    internal sealed record HandedOver(string? Account, string Plain) : ReplyVerdict;

    internal sealed record Faulty(string Reason, string Plain) : ReplyVerdict;
}
