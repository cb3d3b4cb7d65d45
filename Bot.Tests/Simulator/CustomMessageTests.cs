using System.Text.Json.Nodes;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Simulator;

public sealed class CustomMessageTests
{
    private Rig _rig = null!;

    [SetUp]
    public async Task SetUp() => _rig = await Rig.StartAsync();

    [TearDown]
    public async Task TearDown() => await _rig.DisposeAsync();

    [Test]
    public async Task Nothing_may_be_sent_before_the_citizen_acts() => Assert.That(await SendAsync(), Is.EqualTo(45015));

    [Test]
    public async Task Five_messages_follow_a_message_and_a_sixth_is_too_many()
    {
        await _rig.SayAsync("你好");
        for (var i = 0; i < 5; i++)
            Assert.That(await SendAsync(), Is.Zero);
        Assert.That(await SendAsync(), Is.EqualTo(45047));
        await _rig.SayAsync("还在吗");
        Assert.That(await SendAsync(), Is.Zero);
    }

    [Test]
    public async Task The_window_closes_after_48_hours()
    {
        await _rig.SayAsync("你好");
        await _rig.AdvanceAsync(TimeSpan.FromHours(47.9));
        Assert.That(await SendAsync(), Is.Zero);
        await _rig.AdvanceAsync(TimeSpan.FromHours(0.2));
        Assert.That(await SendAsync(), Is.EqualTo(45015));
    }

    [Test]
    public async Task A_menu_tap_allows_three_messages_for_a_minute()
    {
        await _rig.CallAsync("/cgi-bin/menu/create", JsonNode.Parse("""{"button":[{"type":"click","name":"预约","key":"BOOK"}]}""")!.AsObject());
        await _rig.ActAsync("menu", new JsonObject { ["path"] = "0" });
        Assert.That(_rig.Heard.Single(), Is.InstanceOf<ClickEvent>().With.Property("EventKey").EqualTo("BOOK"));
        for (var i = 0; i < 3; i++)
            Assert.That(await SendAsync(), Is.Zero);
        Assert.That(await SendAsync(), Is.EqualTo(45047));
        await _rig.AdvanceAsync(TimeSpan.FromMinutes(1.1));
        Assert.That(await SendAsync(), Is.EqualTo(45015));
    }

    [Test]
    public async Task A_tapped_page_allows_nothing()
    {
        await _rig.CallAsync("/cgi-bin/menu/create", JsonNode.Parse("""{"button":[{"type":"view","name":"指南","url":"https://www.example.gov.cn"}]}""")!.AsObject());
        await _rig.ActAsync("menu", new JsonObject { ["path"] = "0" });
        Assert.That(await SendAsync(), Is.EqualTo(45015));
    }

    [Test]
    public async Task Who_left_or_refuses_hears_nothing()
    {
        await _rig.SayAsync("你好");
        await _rig.ControlAsync($"citizens/{_rig.OpenId}/settings", new JsonObject { ["refuses"] = true });
        Assert.That(await SendAsync(), Is.EqualTo(48002));
        await _rig.ActAsync("unfollow");
        Assert.That(await SendAsync(), Is.EqualTo(45015));
        Assert.That((int)(await _rig.CallAsync("/cgi-bin/message/custom/send", Text("oNobody", "在吗")))["errcode"]!, Is.EqualTo(40003));
    }

    [Test]
    public async Task A_text_over_the_limit_is_refused_and_costs_nothing()
    {
        _rig.Options.Limits.CustomAfterMessage = 1;
        await _rig.SayAsync("你好");
        Assert.That(await SendAsync(new string('长', 683)), Is.EqualTo(45002));
        Assert.That(await SendAsync(new string('长', 682)), Is.Zero);
    }

    [Test]
    public async Task Every_kind_appears_in_the_chat()
    {
        _rig.Options.Limits.CustomAfterMessage = 20;
        await _rig.SayAsync("你好");
        foreach (var part in (string[])
        [
            """{"msgtype":"news","news":{"articles":[{"title":"指南","description":"三步","url":"https://a.example","picurl":""}]}}""",
            """{"msgtype":"msgmenu","msgmenu":{"head_content":"满意吗？","list":[{"id":"1","content":"满意"}],"tail_content":"谢谢"}}""",
            """{"msgtype":"music","music":{"title":"播报","musicurl":"https://a.example/a.mp3"}}""",
            """{"msgtype":"miniprogrampage","miniprogrampage":{"title":"办理","appid":"wxabcdef1234567890","pagepath":"pages/index"}}""",
        ])
        {
            var message = JsonNode.Parse(part)!.AsObject();
            message["touser"] = _rig.OpenId;
            Assert.That((int)(await _rig.CallAsync("/cgi-bin/message/custom/send", message))["errcode"]!, Is.Zero, part);
        }
        Assert.That((await _rig.ChatAsync()).Select(e => (string)e["kind"]!), Is.EqualTo((string[])["text", "news", "menu", "music", "miniprogram"]));
    }

    [Test]
    public async Task Escaped_characters_are_refused() =>
        Assert.That(
            (int)(await _rig.PostTextAsync($"/cgi-bin/message/custom/send?access_token={await _rig.TokenAsync()}", """{"touser":"\u4f60"}"""))["errcode"]!,
            Is.EqualTo(47002));

    [Test]
    public async Task A_message_menu_line_comes_back_as_text_with_its_id()
    {
        await _rig.ActAsync("line", new JsonObject { ["text"] = "满意", ["id"] = "101" });
        Assert.That(_rig.Heard.Single(), Is.InstanceOf<TextMessage>().With.Property("Content").EqualTo("满意").And.Property("MenuItemId").EqualTo("101"));
    }

    private static JsonObject Text(string openId, string content) => new()
    {
        ["touser"] = openId, ["msgtype"] = "text", ["text"] = new JsonObject { ["content"] = content },
    };

    private async Task<int> SendAsync(string content = "您好") =>
        (int)(await _rig.CallAsync("/cgi-bin/message/custom/send", Text(_rig.OpenId, content)))["errcode"]!;
}
