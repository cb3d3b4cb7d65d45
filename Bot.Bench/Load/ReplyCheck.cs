using System.Net;
using System.Text;
using System.Xml.Linq;
using Bot.Simulator.Callbacks;
using Bot.WeChat;

namespace Bot.Bench.Load;

/// <summary>Before anything is measured: sends messages one by one and reads every reply as the platform would.</summary>
internal static class ReplyCheck
{
    /// <exception cref="LoadException">A reply is wrong; the message says how.</exception>
    public static async Task RunAsync(Uri callback, WeChatMode mode, IEnumerable<string> lines, CancellationToken ct)
    {
        using var http = new HttpClient();
        foreach (var line in lines)
        {
            var (query, body) = line.Split('\t') is [var q, var b] ? (q, b) : throw new InvalidDataException(line);
            using var content = new StringContent(body, Encoding.UTF8, "text/xml");
            using var response = await http.PostAsync(new Uri($"{callback}?{query}"), content, ct);
            var reply = await response.Content.ReadAsStringAsync(ct);
            if ((response.StatusCode is HttpStatusCode.OK ? Fault(body, reply, mode) : $"status {(int)response.StatusCode}") is { } fault)
                throw new LoadException($"A reply is wrong: {fault}.\nSent: {body}\nReply: {reply}");
        }
    }

    private static string? Fault(string body, string reply, WeChatMode mode)
    {
        if (!reply.StartsWith("<xml>", StringComparison.Ordinal))
            return "it is no XML";
        var (sent, got) = (XElement.Parse(body), XElement.Parse(reply));
        if (mode is WeChatMode.Safe)
        {
            var encrypted = Field(got, "Encrypt");
            if (PlatformCipher.Sign(Account.Token, Field(got, "TimeStamp"), Field(got, "Nonce"), encrypted) != Field(got, "MsgSignature"))
                return "its signature does not fit";
            if (Account.Cipher.Decrypt(encrypted) is not ({ } clear, _))
                return "it cannot be decrypted";
            got = XElement.Parse(clear);
            sent = XElement.Parse(Account.Cipher.Decrypt(Field(sent, "Encrypt")).Message!);
        }

        return Field(got, "ToUserName") != Field(sent, "FromUserName") ? "it is for somebody else"
            : Field(got, "FromUserName") != Field(sent, "ToUserName") ? "it is from somebody else"
            : Field(got, "MsgType") != "text" || Field(got, "Content").Length == 0 ? "it says nothing"
            : null;
    }

    private static string Field(XElement xml, string name) => xml.Element(name)?.Value ?? "";
}
