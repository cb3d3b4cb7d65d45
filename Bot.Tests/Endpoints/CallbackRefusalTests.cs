using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Bot.Tests.Delivery;
using Bot.Tests.Infrastructure;
using Bot.Tests.WeChat;
using Bot.WeChat;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace Bot.Tests.Endpoints;

public sealed class CallbackRefusalTests
{
    private const int Limit = 64 * 1024;

    private TestHost _host = null!;
    private TestHost _safe = null!;
    private LogLines _log = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _host = await Callback.HostAsync(WeChatMode.Compat, null, null, ("Logging:LogLevel:Default", "Information"));
        _safe = await Callback.HostAsync(WeChatMode.Safe);
        _log = new LogLines();
        _host.Services.GetRequiredService<ILoggerFactory>().AddProvider(_log);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _host.DisposeAsync();
        await _safe.DisposeAsync();
        _log.Dispose();
    }

    private static string At(int seconds) => (DateTimeOffset.UtcNow.ToUnixTimeSeconds() + seconds).ToString(CultureInfo.InvariantCulture);

    [Test]
    public async Task Tells_a_stranger_nothing_at_the_address()
    {
        foreach (var query in new[]
        {
            "", "?echostr=1", Callback.Clear(At(-400)) + "&echostr=1", Callback.Clear(At(400)) + "&echostr=1",
            Callback.Clear().Replace("nonce=", "nonce=0", StringComparison.Ordinal) + "&echostr=1",
            $"?signature={new string('0', 40)}&timestamp={Callback.Now}&nonce=1&echostr=1", "?signature=%zz&timestamp=&nonce=%00&echostr=%ff",
        })
        {
            using var response = await _host.Client.GetAsync("/wechat/callback" + query);
            Assert.That(((int)response.StatusCode, await response.Content.ReadAsStringAsync()), Is.EqualTo((403, "")), query);
        }
    }

    [TestCase("", Description = "nothing at all")]
    [TestCase("?signature=0000000000000000000000000000000000000000&timestamp=1&nonce=1")]
    [TestCase("?signature=&timestamp=&nonce=")]
    [TestCase("?encrypt_type=aes&msg_signature=0000000000000000000000000000000000000000&timestamp=1&nonce=1")]
    public Task Refuses_a_bad_signature(string query) => IsRefusedAsync(_host, query, Callback.Text("帮助", "oA"), 403);

    [Test]
    public async Task Refuses_a_signature_for_another_moment()
    {
        await IsRefusedAsync(_host, Callback.Clear(At(-400)), Callback.Text("帮助", "oA"), 403);
        await IsRefusedAsync(_host, Callback.Clear(At(400)), Callback.Text("帮助", "oA"), 403);
        await IsRefusedAsync(_host, Callback.Clear("soon"), Callback.Text("帮助", "oA"), 403);
        var encrypt = Fixture.Encrypt(Callback.Text("帮助", "oA"));
        await IsRefusedAsync(_safe, Callback.Sealed(encrypt, At(-400)), Fixture.SafeBody(encrypt), 403);
    }

    [Test]
    public async Task Refuses_what_was_sealed_for_another_account_or_with_another_key()
    {
        foreach (var encrypt in new[] { Fixture.Encrypt(Callback.Text("帮助", "oA"), appId: "wx0000000000000000"), Fixture.Encrypt(Callback.Text("帮助", "oA"), Fixture.OtherKey), "AAAA", "!" })
        {
            await IsRefusedAsync(_safe, Callback.Sealed(encrypt), Fixture.SafeBody(encrypt), 403);
            await IsRefusedAsync(_host, Callback.Sealed(encrypt), Fixture.SafeBody(encrypt), 403);
        }
    }

    [Test]
    public async Task Refuses_clear_messages_when_the_account_is_set_to_safe()
    {
        await IsRefusedAsync(_safe, Callback.Clear(), Callback.Text("帮助", "oA"), 403);
        await IsRefusedAsync(_safe, Callback.Clear() + "&encrypt_type=raw", Callback.Text("帮助", "oA"), 403);
        await IsRefusedAsync(_safe, Callback.Clear() + "&encrypt_type=aes", Callback.Text("帮助", "oA"), 403);
    }

    private static IEnumerable<TestCaseData> Malformed() =>
        new (string Name, string Body)[]
        {
            ("empty", ""), ("blank", "  \r\n"), ("no markup", "hello"), ("cut", "<xml><ToUserName>"), ("not closed", "<xml>"), ("two roots", "<xml/><xml/>"),
            ("another document", "<html><body/></html>"), ("an array", "[]"), ("half JSON", "{\"a\":"), ("NUL", "\0\0\0\0"),
            ("DTD", "<!DOCTYPE xml [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + Fixture.TextXml("&x;")),
            ("entity", Fixture.TextXml("&x;")),
            ("no sender", Fixture.TextXml().Replace("FromUserName", "Sender", StringComparison.Ordinal)),
            ("empty sender", Fixture.TextXml(from: "")), ("empty sender", Fixture.TextXml(from: "<![CDATA[]]>")),
            ("129 characters of sender", Fixture.TextXml(from: new string('o', 129))),
            ("no type", Fixture.TextXml().Replace("MsgType", "Type", StringComparison.Ordinal)),
            ("id beyond 64 bits", Fixture.TextXml(id: "99999999999999999999")), ("negative id", Fixture.TextXml(id: "-1")), ("no id", Fixture.TextXml(id: "")),
            ("id in letters", Fixture.TextXml(id: "abc")), ("time beyond 64 bits", Fixture.TextXml(time: "9223372036854775808")),
            ("negative time", Fixture.TextXml(time: "-1")), ("a fraction", Fixture.TextXml(time: "1.5")), ("no time", Fixture.TextXml(time: "")),
            ("nested too deep", string.Concat(Enumerable.Repeat("<a>", 5000)) + string.Concat(Enumerable.Repeat("</a>", 5000))),
            ("JSON nested too deep", new string('[', 30_000)),
        }.Select(body => new TestCaseData(body.Body).SetArgDisplayNames(body.Name));

    [TestCaseSource(nameof(Malformed))]
    public async Task Refuses_what_it_does_not_understand(string body)
    {
        await IsRefusedAsync(_host, Callback.Clear(), body, 400);
        await IsRefusedAsync(_safe, Callback.Sealed(Fixture.Encrypt(body)), Fixture.SafeBody(Fixture.Encrypt(body)), 400);
    }

    [Test]
    public async Task Refuses_what_is_not_UTF_8()
    {
        foreach (var bad in new byte[][] { [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE4, 0xBD], [0xF5, 0x80, 0x80, 0x80] })
        {
            var body = Encoding.UTF8.GetBytes(Fixture.TextXml("<![CDATA[@]]>", id: Callback.NewMessage));
            var at = Array.IndexOf(body, (byte)'@');
            Assert.That(await _host.KnockAsync(Callback.Clear(), [.. body[..at], .. bad, .. body[(at + 1)..]]), Has.Property("Status").EqualTo(400));
        }
    }

    [Test]
    public async Task Refuses_more_than_64_KiB_announced_or_not()
    {
        foreach (var length in new[] { Limit + 1, 10 * Limit, 200 * Limit })
        {
            var body = new byte[length];
            Array.Fill(body, (byte)'x');
            await IsRefusedAsync(_host, Callback.Clear(), new ByteArrayContent(body), 413);
            await IsRefusedAsync(_host, "", new ByteArrayContent(body), 413);
            using var chunked = new HttpRequestMessage(HttpMethod.Post, "/wechat/callback" + Callback.Clear()) { Content = new StreamContent(new MemoryStream(body)) };
            chunked.Headers.TransferEncodingChunked = true;
            using var response = await _host.Client.SendAsync(chunked);
            Assert.That(((int)response.StatusCode, (await response.Content.ReadAsByteArrayAsync()).Length), Is.EqualTo((413, 0)), $"{length} in chunks");
        }
    }

    [TestCase("PUT")]
    [TestCase("DELETE")]
    [TestCase("PATCH")]
    public async Task Knows_no_other_method(string method)
    {
        using var request = new HttpRequestMessage(new(method), "/wechat/callback" + Callback.Clear()) { Content = new StringContent(Callback.Text("帮助", "oA")) };
        using var response = await _host.Client.SendAsync(request);
        Assert.That((int)response.StatusCode, Is.EqualTo(405));
    }

    [Test]
    public async Task Survives_who_hangs_up_in_the_middle_of_a_message()
    {
        for (var n = 0; n < 10; n++)
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(_host.Address.Host, _host.Address.Port);
            var half = $"POST /wechat/callback{Callback.Clear()} HTTP/1.1\r\nHost: bot\r\nContent-Length: 1000\r\n\r\n<xml>";
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(half));
            socket.LingerState = new LingerOption(true, n % 2);
        }

        Assert.That(await _host.SayAsync("oAfterwards", "帮助"), Does.Contain("帮"));
        Assert.That(_log.Lines, Has.None.StartsWith("Error").And.None.StartsWith("Critical"));
    }

    [Test]
    public async Task Logs_neither_who_wrote_nor_what_nor_how_it_was_signed()
    {
        const string Citizen = "oVerySecretCitizen";
        const string Words = "我的身份证号是三三零";
        _host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Test").LogInformation("the log is heard");
        var query = Callback.Clear(nonce: "nonce7654321");
        await _host.KnockAsync(query, Callback.Text(Words, Citizen));
        await _host.KnockAsync(query, Callback.Text(Words, Citizen)[..^3]);
        await _host.KnockAsync(query + "0", Callback.Text(Words, Citizen));
        await _host.KnockAsync("?nonce=nonce7654321", Callback.Text(Words, Citizen));
        await _host.KnockAsync(query, new ByteArrayContent(new byte[Limit + 1]));
        await _host.SayEncryptedAsync(Callback.Text(Words, Citizen));
        await _host.KnockAsync(query, Callback.Text("人工", Citizen));

        Assert.That(_log.Lines, Has.Some.Contains("the log is heard"));
        foreach (var secret in new[] { Citizen, Words, "三三零", "nonce7654321", query.Split('=', '&')[1] })
            Assert.That(_log.Lines, Has.None.Contains(secret));
    }

    private static Task IsRefusedAsync(TestHost host, string query, string body, int status) => IsRefusedAsync(host, query, new ByteArrayContent(Encoding.UTF8.GetBytes(body)), status);

    private static async Task IsRefusedAsync(TestHost host, string query, HttpContent body, int status)
    {
        var heard = await host.KnockAsync(query, body);
        Assert.That((heard.Status, heard.Text), Is.EqualTo((status, "")));
    }
}
