using Bot.WeChat;
using Bot.WeChat.Api;
using NUnit.Framework;

namespace Bot.Tests.WeChat.Api;

public sealed class CustomerMessagesTests
{
    private const string Path = "/cgi-bin/message/custom/send";
    private static readonly OpenId Citizen = new("oGov0Test0User0000000000001x");

    private ScriptedPlatform _platform;
    private ApiClient _client;

    [SetUp]
    public async Task SetUp()
    {
        _platform = await ScriptedPlatform.StartAsync();
        _client = new ApiClient(_platform.Address);
    }

    [TearDown]
    public async Task TearDown()
    {
        await _client.DisposeAsync();
        await _platform.DisposeAsync();
    }

    [Test]
    public async Task Sends_a_text_with_the_token_below_the_configured_path()
    {
        _platform.Says(Path, """{"errcode":0,"errmsg":"ok"}""");

        var result = await _client.Get<ICustomerMessages>().SendAsync(Citizen, new CustomerMessage.Text("您好"), default);

        var asked = _platform.AskedFor(Path).Single();
        Assert.That(result.Ok, Is.True);
        Assert.That(asked.PathBase, Is.EqualTo("/simulator/api"));
        Assert.That(asked.Query["access_token"], Is.EqualTo("TOKEN-1"));
        Assert.That(asked.ContentType, Is.EqualTo("application/json"));
        Assert.That(asked.Text, Is.EqualTo("""{"touser":"oGov0Test0User0000000000001x","msgtype":"text","text":{"content":"您好"}}"""));
    }

    [Test]
    public async Task Writes_emoji_and_all_else_raw()
    {
        _platform.Says(Path, """{"errcode":0,"errmsg":"ok"}""");

        await _client.Get<ICustomerMessages>().SendAsync(Citizen, new CustomerMessage.Text("办好了😀👨‍👩‍👧 <a href=\"x\">&'</a>\n\\\u0001\u2028\ud800"), default);

        Assert.That(_platform.AskedFor(Path).Single().Text, Does.Contain("办好了😀👨‍👩‍👧 <a href=\\\"x\\\">&'</a>\\n\\\\ \u2028\ufffd"));
    }

    [Test]
    public async Task Gives_the_refusal_with_its_class_and_rid()
    {
        _platform.Says(Path, """{"errcode":45015,"errmsg":"response out of time limit or subscription is canceled rid: 6776a1b2-0c1d2e3f-4a5b6c7d"}""");

        var result = await _client.Get<ICustomerMessages>().SendAsync(Citizen, new CustomerMessage.Text("您好"), default);

        Assert.That(result.Error, Is.EqualTo(new ApiError(
            45015, "response out of time limit or subscription is canceled", "6776a1b2-0c1d2e3f-4a5b6c7d", ErrorClass.DropRecipient)));
    }

    [TestCase(true, "Typing")]
    [TestCase(false, "CancelTyping")]
    public async Task Takes_already_typing_for_success(bool typing, string command)
    {
        _platform.Says("/cgi-bin/message/custom/typing", """{"errcode":45081,"errmsg":"already typing"}""");

        var result = await _client.Get<ICustomerMessages>().TypingAsync(Citizen, typing, default);

        Assert.That(result.Ok, Is.True);
        Assert.That(_platform.AskedFor("/cgi-bin/message/custom/typing").Single().Text, Does.Contain($"\"command\":\"{command}\""));
    }

    [Test]
    public void Cuts_a_long_late_reply_into_several_at_its_lines()
    {
        var line = new string('字', 300);
        var messages = CustomerMessage.From(Reply.Say($"{line}\n{line}\n{line}"));

        Assert.That(messages, Is.EqualTo(new[] { new CustomerMessage.Text($"{line}\n{line}"), new CustomerMessage.Text(line) }));
    }

    [Test]
    public void Has_nothing_to_send_for_silence() =>
        Assert.That(CustomerMessage.From(Reply.Silence), Is.Empty);
}
