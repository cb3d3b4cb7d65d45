using Bot.Handlers;
using Bot.Handlers.Routing;
using NUnit.Framework;

namespace Bot.Tests.Routing;

public sealed class BotRoutesTests
{
    [TestCase("预约", "book")]
    [TestCase("预约护照", "book 护照")]
    [TestCase("预约 居住证申领", "book 居住证申领")]
    [TestCase("预约登记结婚要带什么", null, Description = "asks for something to be told")]
    [TestCase("预约以后能不能改到别的大厅去办", null, Description = "longer than any name")]
    [TestCase("投诉路灯不亮", "case.complaint complaint 路灯不亮")]
    [TestCase("投诉电话是多少", null)]
    [TestCase("投诉热线", null)]
    [TestCase("投诉食品安全的电话", null)]
    [TestCase("投诉物业电话打不通", "case.complaint complaint 物业电话打不通")]
    [TestCase("投诉 我住在幸福小区3号楼，楼下路灯怎么一直不亮，电话13800138000", "case.complaint complaint 我住在幸福小区3号楼,楼下路灯怎么一直不亮,电话13800138000")]
    public void What_names_a_matter_opens_its_form_and_a_question_is_answered(string typed, string? command)
    {
        var matched = BotRoutes.Table.Typed(Utterance.Of(typed), strict: false);
        Assert.That(matched is { } to ? $"{to.Route.Name} {to.Argument}".TrimEnd() : null, Is.EqualTo(command));
    }
}
