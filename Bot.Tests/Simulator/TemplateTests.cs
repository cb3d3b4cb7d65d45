using System.Text.Json.Nodes;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Simulator;

public sealed class TemplateTests
{
    private Rig _rig = null!;
    private string _template = "";

    [SetUp]
    public async Task SetUp()
    {
        _rig = await Rig.StartAsync();
        var list = await _rig.GetAsync($"/cgi-bin/template/get_all_private_template?access_token={await _rig.TokenAsync()}");
        _template = (string)list["template_list"]!.AsArray().Single(t => (string)t!["title"]! == "业务办理进度提醒")!["template_id"]!;
    }

    [TearDown]
    public async Task TearDown() => await _rig.DisposeAsync();

    [Test]
    public async Task An_accepted_message_shows_and_its_result_follows()
    {
        var answer = await SendAsync();
        await Rig.EventuallyAsync(() => Results().Count == 1, "no result came");
        Assert.Multiple(() =>
        {
            Assert.That(Results()[0].JobId, Is.EqualTo($"{(long)answer["msgid"]!}"));
            Assert.That(Results()[0].Outcome, Is.EqualTo(TemplateOutcome.Delivered));
        });
        var card = (await _rig.ChatAsync()).Single(e => (string)e["kind"]! == "template")["body"]!;
        Assert.That((string)card["fields"]![1]!["label"]! + card["fields"]![1]!["value"], Is.EqualTo("办理进度审核通过"));
    }

    [TestCase("thing1", "一二三四五六七八九十一二三四五六七八九十一", "data.thing1.value invalid")]
    [TestCase("thing1", "", "data.thing1.value is empty")]
    [TestCase("thing1", "①", "data.thing1.value is empty")]
    [TestCase("phrase2", "审核已经通过", "data.phrase2.value invalid")]
    [TestCase("phrase2", "通过ok", "data.phrase2.value invalid")]
    [TestCase("time3", "明天上午", "data.time3.value invalid")]
    [TestCase("character_string4", "编号一", "data.character_string4.value invalid")]
    public async Task A_value_that_does_not_fit_is_named(string field, string value, string told)
    {
        var answer = await SendAsync(m => m["data"]![field] = new JsonObject { ["value"] = value });
        Assert.That((int)answer["errcode"]!, Is.EqualTo(47003));
        Assert.That((string)answer["errmsg"]!, Does.Contain(told));
    }

    [TestCase("2025年1月1日 10:00")]
    [TestCase("15:01")]
    [TestCase("2023-05-08 14:14:25")]
    [TestCase("2019年10月1日~2019年10月7日")]
    public async Task Times_are_taken_in_their_usual_forms(string time) =>
        Assert.That((int)(await SendAsync(m => m["data"]!["time3"] = new JsonObject { ["value"] = time }))["errcode"]!, Is.Zero);

    [Test]
    public async Task A_missing_field_is_named() =>
        Assert.That((string)(await SendAsync(m => m["data"]!.AsObject().Remove("phrase2")))["errmsg"]!, Does.Contain("phrase2"));

    [Test]
    public async Task Strangers_unknown_templates_and_those_who_left_are_told_apart()
    {
        Assert.That((int)(await SendAsync(m => m["touser"] = "oNobody"))["errcode"]!, Is.EqualTo(40003));
        Assert.That((int)(await SendAsync(m => m["template_id"] = "none"))["errcode"]!, Is.EqualTo(40037));
        await _rig.ActAsync("unfollow");
        Assert.That((int)(await SendAsync())["errcode"]!, Is.EqualTo(43004));
    }

    [Test]
    public async Task The_same_client_id_sends_once_in_ten_minutes()
    {
        var first = await SendAsync(m => m["client_msg_id"] = "case-1");
        var second = await SendAsync(m => m["client_msg_id"] = "case-1");
        Assert.That((long)second["msgid"]!, Is.EqualTo((long)first["msgid"]!));
        Assert.That((await _rig.ChatAsync()).Count(e => (string)e["kind"]! == "template"), Is.EqualTo(1));
        await _rig.AdvanceAsync(TimeSpan.FromMinutes(11));
        Assert.That((long)(await SendAsync(m => m["client_msg_id"] = "case-1"))["msgid"]!, Is.Not.EqualTo((long)first["msgid"]!));
    }

    [Test]
    public async Task Who_refuses_messages_is_reported_by_the_result_alone()
    {
        await _rig.ControlAsync($"citizens/{_rig.OpenId}/settings", new JsonObject { ["refuses"] = true });
        Assert.That((int)(await SendAsync())["errcode"]!, Is.Zero);
        await Rig.EventuallyAsync(() => Results().Count == 1, "no result came");
        Assert.That(Results()[0].Outcome, Is.EqualTo(TemplateOutcome.RefusedByUser));
        Assert.That(await _rig.ChatAsync(), Is.Empty);
    }

    [Test]
    public async Task An_answer_lost_after_the_act_still_sent_the_message()
    {
        await _rig.ControlAsync(HttpMethod.Put, "faults", new JsonObject { ["kind"] = "answerLost", ["path"] = "/cgi-bin/message/template/send", ["rate"] = 1, ["times"] = 1 });
        Assert.That(async () => await SendAsync(m => m["client_msg_id"] = "once"), Throws.InstanceOf<HttpRequestException>());
        await SendAsync(m => m["client_msg_id"] = "once");
        Assert.That((await _rig.ChatAsync()).Count(e => (string)e["kind"]! == "template"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_subscription_notice_costs_one_consent()
    {
        var notice = Message();
        Assert.That((int)(await _rig.CallAsync("/cgi-bin/message/subscribe/bizsend", notice))["errcode"]!, Is.EqualTo(43101));
        await _rig.ActAsync("consent", new JsonObject { ["id"] = _template });
        Assert.That((int)(await _rig.CallAsync("/cgi-bin/message/subscribe/bizsend", notice))["errcode"]!, Is.Zero);
        Assert.That((int)(await _rig.CallAsync("/cgi-bin/message/subscribe/bizsend", notice))["errcode"]!, Is.EqualTo(43101));
    }

    private List<TemplateSentEvent> Results()
    {
        lock (_rig.Heard)
            return [.. _rig.Heard.OfType<TemplateSentEvent>()];
    }

    private JsonObject Message() => new()
    {
        ["touser"] = _rig.OpenId,
        ["template_id"] = _template,
        ["data"] = JsonNode.Parse("""{"thing1":{"value":"居住证办理"},"phrase2":{"value":"审核通过"},"time3":{"value":"2025年1月1日 10:00"},"character_string4":{"value":"GD20250101001"}}"""),
    };

    private Task<JsonNode> SendAsync(Action<JsonObject>? change = null)
    {
        var message = Message();
        change?.Invoke(message);
        return _rig.CallAsync("/cgi-bin/message/template/send", message);
    }
}
