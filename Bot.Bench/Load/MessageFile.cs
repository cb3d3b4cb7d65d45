using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bot.Simulator.Callbacks;
using Bot.WeChat;

namespace Bot.Bench.Load;

/// <summary>Callbacks made before a round, a line each: the query, a tab, the body. Signed now, so that the bot's usual freshness check stays on.</summary>
/// <remarks>Every line has a message id of its own, never used before: no reply comes out of the store of those given already.</remarks>
internal sealed class MessageFile : IDisposable
{
    // Above every id of an earlier run on the same servers.
    private static long s_lastId = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1_000_000;

    private MessageFile(string path) => Path = path;

    public string Path { get; }

    public static MessageFile Write(string folder, WeChatMode mode, Workload workload, int count, Func<int, string> sender)
    {
        var path = System.IO.Path.Combine(folder, $"{Guid.NewGuid():N}.tsv");
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(false), bufferSize: 1 << 20);
        foreach (var line in Lines(mode, workload, count, sender))
            file.Write(line + "\n");
        return new(path);
    }

    public static IEnumerable<string> Lines(WeChatMode mode, Workload workload, int count, Func<int, string> sender)
    {
        var time = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var random = new byte[16];
        for (var i = 0; i < count; i++)
        {
            var from = sender(i);
            var nonce = RandomNumberGenerator.GetInt32(100_000_000, int.MaxValue).ToString(CultureInfo.InvariantCulture);
            var query = $"signature={PlatformCipher.Sign(Account.Token, time, nonce)}&timestamp={time}&nonce={nonce}&openid={from}";
            var body =
                $"<xml><ToUserName><![CDATA[{Account.Name}]]></ToUserName><FromUserName><![CDATA[{from}]]></FromUserName><CreateTime>{time}</CreateTime>"
                + $"<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{workload.Words(i)}]]></Content><MsgId>{Interlocked.Increment(ref s_lastId)}</MsgId></xml>";
            if (mode is WeChatMode.Safe)
            {
                RandomNumberGenerator.Fill(random);
                var encrypted = Account.Cipher.Encrypt(body, random);
                query += $"&encrypt_type=aes&msg_signature={PlatformCipher.Sign(Account.Token, time, nonce, encrypted)}";
                body = $"<xml><ToUserName><![CDATA[{Account.Name}]]></ToUserName><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>";
            }

            yield return $"{query}\t{body}";
        }
    }

    public void Dispose() => File.Delete(Path);
}
