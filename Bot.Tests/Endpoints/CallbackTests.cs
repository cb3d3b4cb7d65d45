using System.Text.Json;
using System.Xml.Linq;
using Bot.Handlers.Texts;
using Bot.Tests.Infrastructure;
using Bot.Tests.WeChat;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Endpoints;

public sealed class CallbackTests
{
    private static readonly string s_help = Text.Of("help").Say();

    private TestHost _host = null!;
    private int _citizens;

    [OneTimeSetUp]
    public async Task Start() => _host = await Callback.HostAsync(WeChatMode.Compat);

    [OneTimeTearDown]
    public async Task Stop() => await _host.DisposeAsync();

    private string NewCitizen() => $"oKnocking{++_citizens}";

    [Test]
    public async Task Proves_that_the_address_is_ours()
    {
        using var response = await _host.Client.GetAsync($"/wechat/callback{Callback.Clear()}&echostr=%3Cb%3E7386%2B%E5%AD%97");
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("<b>7386+字"));
        Assert.That(response.Content.Headers.ContentType!.ToString(), Is.EqualTo("text/plain; charset=utf-8"), "a browser must not read it as a page");
    }

    [Test]
    public async Task Answers_a_clear_message_in_clear()
    {
        var citizen = NewCitizen();
        var heard = await _host.KnockAsync(Callback.Clear(), Callback.Text("帮助", citizen));
        Assert.That((heard.Status, heard.ContentType), Is.EqualTo((200, "text/xml; charset=utf-8")));
        var reply = XElement.Parse(heard.Text);
        Assert.That(reply.Element("ToUserName")!.Value, Is.EqualTo(citizen));
        Assert.That(reply.Element("FromUserName")!.Value, Is.EqualTo(Fixture.Account));
        Assert.That(reply.Element("MsgType")!.Value, Is.EqualTo("text"));
        Assert.That(reply.Element("Content")!.Value, Does.StartWith(s_help));
    }

    [Test]
    public async Task Answers_an_encrypted_message_encrypted() =>
        Assert.That(await _host.SayEncryptedAsync(Callback.Text("帮助", NewCitizen())), Does.Contain(s_help));

    [Test]
    public async Task Believes_the_encrypted_part_of_a_message_that_brings_both()
    {
        var encrypt = Fixture.Encrypt(Callback.Text("帮助", NewCitizen()));
        var body = Callback.Text("人工", "oSomebodyElse").Replace("</xml>", $"<Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>", StringComparison.Ordinal);
        var heard = await _host.KnockAsync(Callback.Sealed(encrypt), body);
        Assert.That(XElement.Parse(heard.Text).Element("Encrypt"), Is.Not.Null);
        Assert.That(heard.Text, Does.Not.Contain("oSomebodyElse"));
    }

    [Test]
    public async Task Answers_JSON_in_JSON()
    {
        var body = $$"""{"ToUserName":"{{Fixture.Account}}","FromUserName":"{{NewCitizen()}}","CreateTime":1735689600,"MsgType":"text","Content":"帮助","MsgId":{{Callback.NewMessage}}}""";
        var heard = await _host.KnockAsync(Callback.Clear(), body);
        Assert.That((heard.Status, heard.ContentType), Is.EqualTo((200, "application/json; charset=utf-8")));
        Assert.That(JsonDocument.Parse(heard.Body).RootElement.GetProperty("Content").GetString(), Does.StartWith(s_help));
    }

    [TestCase("event-view.xml")]
    [TestCase("event-unsubscribe.xml")]
    [TestCase("event-template-finish-success.xml")]
    [TestCase("event-location.xml")]
    [TestCase("event-unknown.xml")]
    public async Task Acknowledges_what_needs_no_words(string fixture)
    {
        var heard = await _host.KnockAsync(Callback.Clear(), Fixture.Bytes(fixture));
        Assert.That((heard.Status, heard.Text), Is.EqualTo((200, "success")));
    }

    [Test]
    public async Task Accepts_every_sample_payload()
    {
        foreach (var name in Fixture.Names("msg-*", "event-*"))
        {
            var heard = await _host.KnockAsync(Callback.Clear(), Fixture.Bytes(name));
            Assert.That(heard.Status, Is.EqualTo(200), name);
            Assert.That(heard.Body, Is.Not.Empty, name);
        }
    }

    [Test]
    public async Task Gives_a_repeated_delivery_the_same_reply()
    {
        var citizen = NewCitizen();
        var body = Callback.Text("天上有几颗星星呀", citizen);
        var first = await _host.KnockAsync(Callback.Clear(), body);
        var repeat = await _host.KnockAsync(Callback.Clear(nonce: "another"), body);
        var other = await _host.KnockAsync(Callback.Clear(), Callback.Text("天上有几颗星星呀", citizen));
        Assert.That(repeat.Body, Is.EqualTo(first.Body));
        Assert.That(other.Words, Is.Not.EqualTo(first.Words), "asked again in another message it is answered otherwise, so the repeat was no second asking");
    }

    [Test]
    public async Task Gives_a_repeated_encrypted_delivery_the_same_plain_reply_in_a_new_seal()
    {
        var body = Callback.Text("帮助", NewCitizen());
        var first = await _host.SayEncryptedAsync(body);
        Assert.That(first, Does.Contain(s_help));
        Assert.That(await _host.SayEncryptedAsync(body), Is.EqualTo(first));
    }

    [Test]
    public async Task Gives_the_reply_of_one_host_at_the_other_too()
    {
        await using var database = await TestDatabase.CreateAsync();
        var redis = await TestRedis.FreshDatabaseAsync();
        await using var one = await Callback.HostAsync(WeChatMode.Plain, redis, database);
        await using var other = await Callback.HostAsync(WeChatMode.Plain, redis, database);
        var body = Callback.Text("天上有几颗星星呀", NewCitizen());
        var first = await one.KnockAsync(Callback.Clear(), body);
        Assert.That((await other.KnockAsync(Callback.Clear(), body)).Body, Is.EqualTo(first.Body));
    }

    [Test]
    public async Task Answers_another_message_with_a_nonce_seen_before()
    {
        var (citizen, query) = (NewCitizen(), Callback.Clear());
        for (var n = 0; n < 3; n++)
            Assert.That((await _host.KnockAsync(query, Callback.Text("帮助", citizen))).Words, Does.StartWith(s_help));
    }

    [TestCase("o/../../etc/passwd")]
    [TestCase("\"'<>&;--")]
    [TestCase("]]>")]
    [TestCase("a}b{c:*")]
    [TestCase("o 空 格")]
    [TestCase("😀😀")]
    [TestCase("%2e%2e%2f%00")]
    [TestCase("x")]
    public async Task Answers_a_sender_of_any_name(string citizen)
    {
        var escaped = new XText(citizen).ToString();
        for (var n = 0; n < 2; n++)
        {
            var heard = await _host.KnockAsync(Callback.Clear(), Fixture.TextXml("帮助", escaped, Callback.NewMessage));
            Assert.That(XElement.Parse(heard.Text).Element("ToUserName")!.Value, Is.EqualTo(citizen));
            Assert.That(heard.Words, Does.StartWith(s_help));
        }
    }

    [Test]
    public async Task Answers_a_sender_of_128_characters() =>
        Assert.That(await _host.SayAsync(string.Concat(Enumerable.Repeat("😀", 128)), "帮助"), Does.StartWith(s_help));

    [Test]
    public async Task Answers_a_body_of_64_KiB()
    {
        var body = Callback.Text("", NewCitizen());
        body = body.Replace("<Content><![CDATA[", "<Content><![CDATA[" + new string('x', (64 * 1024) - body.Length), StringComparison.Ordinal);
        Assert.That(body, Has.Length.EqualTo(64 * 1024));
        Assert.That((await _host.KnockAsync(Callback.Clear(), body)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Answers_120_messages_of_one_citizen_within_a_minute()
    {
        var citizen = NewCitizen();
        var replies = await Task.WhenAll(Enumerable.Range(0, 120).Select(_ => _host.KnockAsync(Callback.Clear(), Callback.Text("帮助", citizen))));
        Assert.That(replies.Select(r => r.Status), Is.All.EqualTo(200));
        Assert.That(replies.Select(r => r.Words), Is.All.StartsWith(s_help));
    }

    [Test]
    public async Task Takes_any_timestamp_when_the_window_is_off()
    {
        await using var host = await Callback.HostAsync(WeChatMode.Plain, null, null, ("WeChat:TimestampWindow", "00:00:00"));
        foreach (var timestamp in new[] { "1", "1735689601", "99999999999", "soon" })
            Assert.That((await host.KnockAsync(Callback.Clear(timestamp), Callback.Text("帮助", NewCitizen()))).Status, Is.EqualTo(200), timestamp);
    }
}
