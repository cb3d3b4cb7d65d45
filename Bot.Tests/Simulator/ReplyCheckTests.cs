using System.Text.Json.Nodes;
using Bot.Simulator;
using Bot.Simulator.Callbacks;
using Bot.WeChat;
using Microsoft.AspNetCore.Http;
using NUnit.Framework;

namespace Bot.Tests.Simulator;

public sealed class ReplyCheckTests
{
    private Rig _rig = null!;

    [SetUp]
    public async Task SetUp() => _rig = await Rig.StartAsync(o => o.Mode = WeChatMode.Plain);

    [TearDown]
    public async Task TearDown() => await _rig.DisposeAsync();

    [Test]
    public async Task Addresses_must_be_swapped() => Assert.That(
        await ReasonAsync(Xml("text", "<Content>好</Content>", to: _rig.Options.Account, from: _rig.OpenId)), Does.Contain("对调"));

    [TestCase("<Content></Content>", "为空")]
    [TestCase("", "为空")]
    public async Task A_text_must_say_something(string body, string told) => Assert.That(await ReasonAsync(Xml("text", body)), Does.Contain(told));

    [Test]
    public async Task A_text_has_a_limit_in_bytes()
    {
        Assert.That(await ReasonAsync(Xml("text", $"<Content>{new string('长', 683)}</Content>")), Does.Contain("2049 字节"));
        Assert.That(await ReasonAsync(Xml("text", $"<Content>{new string('长', 682)}</Content>")), Is.Empty);
    }

    [Test]
    public async Task A_picture_must_be_known() => Assert.That(
        await ReasonAsync(Xml("image", "<Image><MediaId>none</MediaId></Image>")), Does.Contain("MediaId"));

    [Test]
    public async Task An_unknown_kind_is_named() => Assert.That(await ReasonAsync(Xml("template", "")), Does.Contain("template"));

    [TestCase("not xml")]
    [TestCase("""{"MsgType":"text"}""")]
    [TestCase("<!DOCTYPE x [<!ENTITY e 'x'>]><xml/>")]
    public async Task What_is_no_reply_shows_the_excuse_after_one_delivery(string body)
    {
        _rig.Raw = http => http.Response.WriteAsync(body);
        var told = await _rig.SayAsync("在吗");
        Assert.That(((string)told["outcome"]!, (int)told["deliveries"]!), Is.EqualTo(("failed", 1)));
        Assert.That((string)(await _rig.ChatAsync())[^1]["body"]!["text"]!, Is.EqualTo(Conversation.Unavailable));
    }

    [Test]
    public async Task Only_one_article_answers_a_message_and_eight_an_event()
    {
        _rig.Raw = http => http.Response.WriteAsync(Articles(9, http.Request.Query["openid"]!));
        Assert.That((await _rig.SayAsync("指南"))["reply"]!["articles"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That((await _rig.ActAsync("scan", new JsonObject { ["scene"] = "svc_1" }))["reply"]!["articles"]!.AsArray(), Has.Count.EqualTo(8));
    }

    [Test]
    public async Task A_hand_over_is_told()
    {
        _rig.Bot = _ => new Reply.ToHuman("desk@gov");
        var told = await _rig.SayAsync("人工");
        Assert.That(((string)told["outcome"]!, (string)told["kind"]!), Is.EqualTo(("transfer", "desk@gov")));
    }

    [Test]
    public async Task A_clear_reply_in_safe_mode_is_refused()
    {
        await using var safe = await Rig.StartAsync();
        safe.Raw = http => http.Response.WriteAsync("<xml><MsgType>text</MsgType></xml>");
        Assert.That((string)(await safe.SayAsync("在吗"))["reason"]!, Does.Contain("必须加密"));
    }

    [TestCase(true, "MsgSignature")]
    [TestCase(false, "AppId")]
    public async Task A_wrong_seal_is_named(bool wrongSignature, string told)
    {
        await using var safe = await Rig.StartAsync();
        var cipher = new PlatformCipher(safe.Options.EncodingAESKey, "wx0000000000000000");
        safe.Raw = http =>
        {
            var encrypted = cipher.Encrypt("<xml/>", new byte[16]);
            var signature = PlatformCipher.Sign(wrongSignature ? "wrong" : safe.Options.Token, "1735689602", "12345", encrypted);
            return http.Response.WriteAsync($"<xml><Encrypt>{encrypted}</Encrypt><MsgSignature>{signature}</MsgSignature><TimeStamp>1735689602</TimeStamp><Nonce>12345</Nonce></xml>");
        };
        Assert.That((string)(await safe.SayAsync("在吗"))["reason"]!, Does.Contain(told));
    }

    [Test]
    public async Task A_xml_reply_to_a_json_account_is_refused()
    {
        await using var json = await Rig.StartAsync(o => (o.Mode, o.Format) = (WeChatMode.Plain, CallbackFormat.Json));
        json.Raw = http => http.Response.WriteAsync(Xml("text", "<Content>好</Content>", json.OpenId));
        Assert.That((string)(await json.SayAsync("在吗"))["reason"]!, Does.Contain("JSON"));
    }

    private string Xml(string type, string body, string? to = null, string? from = null) =>
        $"<xml><ToUserName>{to ?? _rig.OpenId}</ToUserName><FromUserName>{from ?? _rig.Options.Account}</FromUserName><CreateTime>1735689602</CreateTime><MsgType>{type}</MsgType>{body}</xml>";

    private string Articles(int count, string to) => Xml("news", $"<ArticleCount>{count}</ArticleCount><Articles>{string.Concat(
        Enumerable.Range(1, count).Select(i => $"<item><Title>第{i}篇</Title><Description/><PicUrl/><Url>https://a.example</Url></item>"))}</Articles>", to);

    private async Task<string> ReasonAsync(string body)
    {
        _rig.Raw = http => http.Response.WriteAsync(body);
        return (string)(await _rig.SayAsync("在吗"))["reason"]!;
    }
}
