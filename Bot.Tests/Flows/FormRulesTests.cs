using Bot.Handlers;
using NUnit.Framework;

namespace Bot.Tests.Flows;

/// <summary>What a form may decide for itself, beside its steps.</summary>
public sealed class FormRulesTests : FormFixture
{
    [Test]
    public Task Turns_somebody_away_before_the_first_question()
    {
        World.TurnAway = Answer.Say("今天不办理登记。");
        return NewChat().PlaysAsync(
            """
            > 登记
            今天不办理登记。
            > 1
            当前没有可供选择的编号列表。
            …
            """);
    }

    [TestCase("请再输入一次：", "姓名太长了。\n请再输入一次：")]
    [TestCase("", "姓名太长了。")]
    public async Task A_question_that_is_asked_again_may_be_briefer(string brief, string asked)
    {
        World.Arrange = steps => [steps[1] with { Brief = brief }, steps[0]];
        await NewChat().PlaysAsync(
            $"""
            > 登记
            请输入姓名：
            > 欧阳修之子
            {asked}
            > 小李
            …
            > 返回
            请输入姓名：
            """);
    }

    [Test]
    public Task A_step_may_understand_words_in_place_of_a_number()
    {
        World.Arrange = steps =>
        [
            steps[1] with { Key = "part", Silent = true },
            steps[2] with
            {
                Reads = (said, choices) => said.Words switch
                {
                    "3号" => new(choices[2].Key),
                    "12号" => new(choices[11].Key),
                    "明天" => new(choices[1].Key),
                    "昨天" => new(Why: "那天已经过去了。"),
                    "老王" => new(Note: new("part", "老王")),
                    _ => default,
                },
            },
            steps[^1],
        ];
        const string first = "请选择日期：\n1. 12月1日\n…\n9. 12月9日\n（第1/2页，回复“下一页”看更多）";
        const string last = "请选择日期：\n1. 12月10日\n2. 12月11日\n3. 12月12日\n（已是最后一页）";
        return NewChat().PlaysAsync(
            $"""
            > 登记
            {first}
            > 昨天
            那天已经过去了。
            {first}
            > 后天
            没有看懂您的选择，请回复选项前的数字。
            {first}
            > 老王
            {first}
            > 明天
             老王 12月2日 ，确认吗？
            1. 确认提交
            > 返回
            {first}
            > 12号
             老王 12月12日 ，确认吗？
            1. 确认提交
            > 返回
            {first}
            > 下一页
            {last}
            > 3号
             老王 12月3日 ，确认吗？
            1. 确认提交
            > 返回
            {first}
            > 下一页
            {last}
            > 3
             老王 12月12日 ，确认吗？
            1. 确认提交
            > 返回
            {first}
            > 下一页
            {last}
            > 2号
             老王 12月11日 ，确认吗？
            1. 确认提交
            """);
    }

    [Test]
    public async Task Hears_every_answer_that_was_taken_and_may_put_another_form_in_its_place()
    {
        List<string> heard = [];
        World.Note = (state, answer) =>
        {
            heard.Add($"{answer.Step}={answer.Value}");
            return answer.Value == "旧" ? state with { Answers = [new("colour", "黑"), new("name", "老王")] } : state;
        };
        await NewChat().PlaysAsync(
            """
            > 登记
            …
            > 3
            …
            > 1
            请输入姓名：
            > 欧阳修之子
            …
            > 旧
            请发送位置：
            >! place 人民路
            黑 老王 1月1日 人民路，确认吗？
            1. 确认提交
            > 取消
            …
            """);
        Assert.That(heard, Is.EqualTo(["colour=红", "name=旧", "place=人民路"]));
        Assert.That(World.Dropped, Is.EqualTo(1));
    }
}
