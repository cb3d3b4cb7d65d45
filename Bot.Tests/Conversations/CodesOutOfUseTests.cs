using Bot.Data.Policies;
using Bot.Data.Surveys;
using Bot.Handlers.Participation.Surveys;
using NUnit.Framework;

namespace Bot.Tests.Conversations;

/// <summary>Posters hang longer than what they promise: whoever scans one is told, and offered what there is.</summary>
public sealed class CodesOutOfUseTests
{
    [Test]
    public Task A_topic_that_is_gone_says_so_and_offers_the_others() => new Chat()
        .With(new Policy { Id = "G1", Type = PolicyType.Guide, Title = "居住证申领", Issuer = "公安机关", Category = "户籍证件" })
        .PlaysAsync(
            """
            >! scan topic_1
            您打开的二维码或菜单已经停用，请从下面选择。
            请选择类别，或者直接说出您的问题，例如“居住证要什么材料”：
            1. 户籍证件（1项）
            > 1
            【户籍证件】请回复数字查看：
            …
            """);

    [TestCase("survey_77")]
    [TestCase("survey_old")]
    public async Task A_survey_that_is_gone_says_so_and_offers_those_that_are_open(string scene)
    {
        Chat chat = new();
        var now = chat.Clock.GetUtcNow();
        chat.Get<SurveyLibrary>().Replace(
        [
            new(new(12, "大厅调查", "", "大厅问卷", true, false, SurveyAudience.All, now.AddDays(-1), now.AddDays(7), null, 1, null, null, "bianji", 3),
                [new(12, 1, [new() { Key = "q1", Kind = SurveyKind.Single, Text = "您去过大厅吗？", Options = ["去过", "没去过"] }], now.AddDays(-1))]),
        ]);
        await chat.PlaysAsync(
            $"""
            >! scan {scene}
            没有找到这份问卷，它可能已经撤下。正在进行的问卷，请回复数字参加：
            1. 大厅调查
            > 2
            没有这个编号，请回复 1 到 1 之间的数字。
            > 1
            【大厅调查】
            …
            """);
    }

    [Test]
    public Task Without_any_survey_the_main_choices_are_offered() => new Chat().PlaysAsync(
        """
        >! scan survey_77
        没有找到这份问卷，它可能已经撤下。现在没有正在进行的问卷，我可以帮您做这些事：
        1. 查政策、问办事
        …
        > 1
        请选择类别，或者直接说出您的问题，例如“居住证要什么材料”：
        """);
}
