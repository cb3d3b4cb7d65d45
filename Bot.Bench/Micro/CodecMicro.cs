using System.Buffers;
using System.Text;
using Bot.WeChat;

namespace Bot.Bench.Micro;

/// <summary>What the protocol costs for one message and its answer, in clear and encrypted.</summary>
internal static class CodecMicro
{
    private const string Token = "gov2024Token";
    private const string Nonce = "836291047";

    private static readonly string Message = Text("我要办理居住证，需要什么材料？");

    private const string Tap =
        "<xml><ToUserName><![CDATA[gh_0123456789ab]]></ToUserName><FromUserName><![CDATA[oGov0Test0User0000000000001x]]></FromUserName>"
        + "<CreateTime>1735689600</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[CLICK]]></Event><EventKey><![CDATA[BOOK]]></EventKey></xml>";

    private const string Json =
        """{"ToUserName":"gh_0123456789ab","FromUserName":"oGov0Test0User0000000000001x","CreateTime":1735689600,"MsgType":"text","Content":"我要办理居住证，需要什么材料？","MsgId":24876543210987654}""";

    private static readonly Reply Answer = Reply.Say(
        "您好！居住证办理材料：\n1. 身份证原件\n2. 住址证明\n<a href=\"https://www.example.gov.cn/jzz\">点击查看办事指南</a>");

    public static string Text(string words) =>
        "<xml><ToUserName><![CDATA[gh_0123456789ab]]></ToUserName><FromUserName><![CDATA[oGov0Test0User0000000000001x]]></FromUserName>"
        + $"<CreateTime>1735689600</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{words}]]></Content>"
        + "<MsgId>24876543210987654</MsgId></xml>";

    public static async Task<int> RunAsync(string[] args)
    {
        Timing.PrintHeading();
        var clear = Codec(WeChatMode.Plain);
        var safe = Codec(WeChatMode.Safe);
        var signed = Signed("");
        Print("plain text, XML", clear, signed, Message);
        Print("plain tap, XML", clear, signed, Tap);
        Print("plain text, JSON", clear, signed, Json);
        PrintParts(clear, signed);

        var (query, body) = Sealed(safe, Message);
        Print("safe text, XML", safe, query, body);
        await TurnMicro.RunAsync(clear, safe);
        return 0;
    }

    public static (CallbackQuery Query, string Body) Sealed(CallbackCodec safe, string message)
    {
        var sealedBody = new ArrayBufferWriter<byte>();
        safe.Seal(Encoding.UTF8.GetBytes(message), new Envelope(true, DataFormat.Xml, false, Nonce), sealedBody);
        var body = Encoding.UTF8.GetString(sealedBody.WrittenSpan);
        return (Signed(Between(body, "<Encrypt><![CDATA[", "]]>")), body);
    }

    private static void Print(string name, CallbackCodec codec, CallbackQuery query, string text)
    {
        var body = Encoding.UTF8.GetBytes(text);
        var kept = new ArrayBufferWriter<byte>(4096);
        var sent = new ArrayBufferWriter<byte>(8192);
        Timing.Print(name, () =>
        {
            if (codec.Open(query, body, out var opened) != CallbackFault.None)
                throw new InvalidOperationException($"{name} was refused");
            kept.ResetWrittenCount();
            codec.WriteReply(opened.Message, Answer, opened.Envelope.Format, kept);
            sent.ResetWrittenCount();
            codec.Seal(kept.WrittenSpan, opened.Envelope, sent);
        });
    }

    private static void PrintParts(CallbackCodec codec, CallbackQuery query)
    {
        var body = Encoding.UTF8.GetBytes(Message);
        Timing.Print("  signature alone", () => codec.Verifies(query));
        Timing.Print("  open alone", () => codec.Open(query, body, out _));
        codec.Open(query, body, out var opened);
        var kept = new ArrayBufferWriter<byte>(4096);
        Timing.Print("  reply alone", () =>
        {
            kept.ResetWrittenCount();
            codec.WriteReply(opened.Message, Answer, DataFormat.Xml, kept);
        });
    }

    public static CallbackCodec Codec(WeChatMode mode) => new(
        new WeChatOptions
        {
            AppId = "wx1234567890abcdef",
            Token = Token,
            EncodingAESKey = "q1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6j7k8l9z0x1A",
            Mode = mode,
        },
        TimeProvider.System);

    public static CallbackQuery Signed(string encrypt)
    {
        var time = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        Span<byte> hex = stackalloc byte[Signature.HexLength];
        Signature.Write(
            Encoding.UTF8.GetBytes(Token), Encoding.UTF8.GetBytes(time), Encoding.UTF8.GetBytes(Nonce), Encoding.UTF8.GetBytes(encrypt), hex);
        var signature = Encoding.UTF8.GetString(hex);
        return encrypt.Length == 0
            ? new CallbackQuery(signature, time, Nonce, null, null)
            : new CallbackQuery(null, time, Nonce, "aes", signature);
    }

    private static string Between(string text, string before, string after)
    {
        var start = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return text[start..text.IndexOf(after, start, StringComparison.Ordinal)];
    }
}
