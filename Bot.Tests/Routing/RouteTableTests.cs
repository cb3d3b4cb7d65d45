using Bot.Handlers;
using Bot.Handlers.Routing;
using Bot.Tests.Conversations;
using Bot.WeChat;
using NUnit.Framework;
using static Bot.Handlers.Routing.Route;

namespace Bot.Tests.Routing;

public sealed class RouteTableTests
{
    private static readonly RouteTable s_table =
    [
        On("help").Words("帮助", "?").Key("HELP").To<Nobody>(),
        On("policy").Words("政策").To<Nobody>(),
        On("policy.find").Prefix(words => words.Length > 0, "政策").To<Nobody>(),
        On("case").Prefix(words => words.Length > 0 && words.All(char.IsAsciiDigit), "查").To<Nobody>(),
        On("book").WordsAnd(null, "预约").Scene("svc_").Starts<FormFlow>(),
        On("mine").Words("我的预约").To<Nobody>(),
        On("cases").Words("我的工单").To<Nobody>(),
        On("drop").Words("取消预约").To<Nobody>(),
        On("report").Words("投诉").To<Nobody>(),
        On("thief").Words("偷诉").To<Nobody>(),
        On("branch").Scene("branch_").To<Nobody>(),
        On("branch.checkin").Scene("branch_checkin_").To<Nobody>(),
        On("welcome").Message<SubscribeEvent>().To<Nobody>(),
        On("text").Anything().To<Nobody>(),
    ];

    [TestCase("帮助", "help")]
    [TestCase("幫助！", "help")]
    [TestCase("？", "help")]
    [TestCase("政策", "policy")]
    [TestCase("政策 居住证", "policy.find 居住证")]
    [TestCase("政策：居住证", "policy.find 居住证")]
    [TestCase("政策居住证", "policy.find 居住证")]
    [TestCase("查123", "case 123")]
    [TestCase("查 １２３。", "case 123")]
    [TestCase("查居住证", null)]
    [TestCase("查", null)]
    [TestCase("预约", "book")]
    [TestCase("预约 居住证", "book 居住证")]
    [TestCase("想办居住证", null)]
    [TestCase("", null)]
    public void Finds_the_command_that_was_typed(string typed, string? expected) => Assert.That(Typed(typed), Is.EqualTo(expected));

    [TestCase("正策", "policy", Description = "sounds alike")]
    [TestCase("zhengce", "policy", Description = "spelt out")]
    [TestCase("Zhengce", "policy")]
    [TestCase("帮住", "help")]
    [TestCase("我的预越", "mine")]
    [TestCase("我的预订", "mine", Description = "one character wrong")]
    [TestCase("我的预", "mine", Description = "one missing")]
    [TestCase("我的的预约", "mine", Description = "one too many")]
    [TestCase("看我的预约", "mine")]
    [TestCase("政府", null, Description = "two characters allow none wrong")]
    [TestCase("我的工约", null, Description = "could be either")]
    [TestCase("我的", null)]
    [TestCase("头诉", null, Description = "two commands sound like it")]
    [TestCase("投诉", "report", Description = "what is written exactly is meant")]
    [TestCase("偷诉", "thief")]
    [TestCase("取消我的", null)]
    public void Finds_the_command_that_was_meant(string typed, string? expected) => Assert.That(Typed(typed), Is.EqualTo(expected));

    [TestCase("帮助", "help")]
    [TestCase("政策 居住证", "policy.find 居住证")]
    [TestCase("政策：居住证", "policy.find 居住证")]
    [TestCase("政策居住证", null)]
    [TestCase("帮住", null)]
    [TestCase("我的预越", null)]
    public void Takes_only_exact_commands_while_a_form_waits_for_words(string typed, string? expected) =>
        Assert.That(Typed(typed, strict: true), Is.EqualTo(expected));

    [Test]
    public void Leads_from_every_other_door_to_its_route()
    {
        Assert.That(Shown(s_table.Key("HELP")), Is.EqualTo("help"));
        Assert.That(s_table.Key("help"), Is.Null, "keys are exact");
        Assert.That(Shown(s_table.Scene("svc_id-card")), Is.EqualTo("book id-card"));
        Assert.That(Shown(s_table.Scene("branch_7")), Is.EqualTo("branch 7"));
        Assert.That(Shown(s_table.Scene("branch_checkin_7")), Is.EqualTo("branch.checkin 7"), "the longest prefix wins");
        Assert.That(s_table.Scene("poster"), Is.Null);
        Assert.That(Shown(s_table.Message(new SubscribeEvent { Account = "gh", From = new("o"), CreateTime = 1, Name = "subscribe" })), Is.EqualTo("welcome"));
        Assert.That(s_table.Message(new UnsubscribeEvent { Account = "gh", From = new("o"), CreateTime = 1, Name = "unsubscribe" }), Is.Null);
        Assert.That(Shown(s_table.Command("policy.find 居住证 材料")), Is.EqualTo("policy.find 居住证 材料"));
        Assert.That(Shown(s_table.Command("help")), Is.EqualTo("help"));
        Assert.That(s_table.Command("gone 1"), Is.Null);
        Assert.That(s_table.Anything.Name, Is.EqualTo("text"));
        Assert.That(s_table.Command("book")!.Value.Route.StartsFlow, Is.True);
    }

    private static string? Typed(string words, bool strict = false) => Shown(s_table.Typed(Utterance.Of(words), strict));

    private static string? Shown(Matched? matched) => matched is { } to ? $"{to.Route.Name} {to.Argument}".TrimEnd() : null;

    private sealed class Nobody : IHandler
    {
        public Task<Answer> HandleAsync(Request request, CancellationToken ct) => throw new NotSupportedException();
    }
}
