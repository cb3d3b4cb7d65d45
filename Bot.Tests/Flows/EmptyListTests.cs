using Bot.Handlers.Flows;
using NUnit.Framework;

namespace Bot.Tests.Flows;

/// <summary>A question that has nothing to pick.</summary>
public sealed class EmptyListTests : FormFixture
{
    [Test]
    public async Task A_form_whose_first_question_has_nothing_to_pick_ends()
    {
        World.Colours = [];
        await NewChat().PlaysAsync(
            """
            > 登记
            暂时没有可办理的内容，请稍后再试，或回复“人工”联系人工客服。
            > 1
            当前没有可供选择的编号列表。
            …
            """);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task An_optional_question_is_asked_only_when_there_is_something_to_pick(bool some)
    {
        World.Arrange = steps => [steps[0] with { Optional = true }, steps[1]];
        World.Colours = some ? [new("红", "红色")] : [];
        await NewChat().PlaysAsync(some
            ? """
            > 登记
            请选择颜色：
            1. 红色
            """
            : """
            > 登记
            请输入姓名：
            > 返回
            已经是第一步了，回复“取消”可以退出。
            请输入姓名：
            """);
    }

    [Test]
    public async Task Nothing_to_pick_leads_back_to_the_last_answer_that_was_given_and_keeps_those_before()
    {
        World.Colours = [];
        World.Arrange = steps => [steps[1], steps[3] with { Brief = "请再发送一次位置：" }, steps[6] with { When = _ => true, Ask = (_, _) => Task.FromResult(Question.SettledAs("x")) }, steps[0], steps[^1]];
        var chat = NewChat();
        await chat.PlaysAsync(
            """
            > 登记
            请输入姓名：
            > 小李
            请发送位置：
            >! place 人民路
            这一项暂时没有可选内容，请换一个。
            请再发送一次位置：
            """);
        World.Colours = [new("红", "红色")];
        await chat.PlaysAsync(
            """
            >! place 建国路
            请选择颜色：
            1. 红色
            > 1
            红 小李 1月1日 建国路，确认吗？
            1. 确认提交
            """);
    }
}
