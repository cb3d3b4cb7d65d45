using Bot.Handlers.Flows;
using Bot.Tests.Conversations;
using Bot.Tests.Privacy;
using NUnit.Framework;

namespace Bot.Tests.Flows;

/// <summary>Answers that say who somebody is: told why first, sealed afterwards.</summary>
public sealed class PersonalStepTests : FormFixture
{
    private static readonly string s_notice = FormFlow.Notice.Say();

    private OneKey _key = new();

    [SetUp]
    public void Ask()
    {
        World.Personal = new(_key = new(), new RememberedNotices());
        World.Arrange = steps => [steps[0], steps[1] with { Personal = true }, steps[3] with { Personal = true }, steps[^1]];
    }

    [Test]
    public async Task Says_why_above_the_first_such_question_and_not_again_once_somebody_went_on()
    {
        var chat = NewChat();
        await chat.PlaysAsync(
            $"""
            > 登记
            请选择颜色：
            1. 红色
            2. 黑色
            > 1
            {s_notice}
            请输入姓名：
            > 欧阳修之子
            姓名太长了。
            请输入姓名：
            > 取消
            …
            > 登记
            …
            > 1
            {s_notice}
            请输入姓名：
            > 帮助
            …
            > 继续
            {s_notice}
            请输入姓名：
            > 小李
            请发送位置：
            > 返回
            请输入姓名：
            > 取消
            …
            > 登记
            …
            > 1
            请输入姓名：
            """);
    }

    [Test]
    public async Task Says_why_also_when_a_release_brings_the_question()
    {
        World.Arrange = steps => [steps[0], steps[3]];
        var chat = NewChat();
        await chat.PlaysAsync(
            """
            > 登记
            …
            > 1
            请发送位置：
            """);
        World.Arrange = steps => [steps[0], steps[1] with { Personal = true }, steps[3]];
        await chat.PlaysAsync(
            $"""
            >! place 人民路
            办理内容有更新，请重新选择。
            {s_notice}
            请输入姓名：
            """);
    }

    [Test]
    public Task Says_why_in_front_of_the_line_that_asks()
    {
        World.Arrange = steps => [steps[1] with { Personal = true, Ask = (_, _) => Task.FromResult(new Question("已为您保留。\n请输入姓名：", null)) }, steps[0]];
        return NewChat().PlaysAsync(
            $"""
            > 登记
            已为您保留。
            {s_notice}
            请输入姓名：
            """);
    }

    [Test]
    public async Task Keeps_them_sealed_and_everything_else_as_it_was_said()
    {
        var chat = NewChat();
        await chat.PlaysAsync(
            """
            > 登记
            …
            > 1
            …
            > 小李
            请发送位置：
            """);
        var answers = chat.Session.Flow!.Answers;
        Assert.That(answers.Select(a => (a.Step, a.Sealed)), Is.EqualTo(new[] { ("colour", false), ("name", true) }));
        Assert.That((answers[0].Value, answers[1].Value.Contains("小李", StringComparison.Ordinal)), Is.EqualTo(("红", false)));
        await chat.PlaysAsync(
            """
            >! place 人民路
            红 小李 1月1日 人民路，确认吗？
            1. 确认提交
            > 1
            登记成功：红 小李
            """);
    }

    [Test]
    public async Task What_was_left_out_says_nothing_of_anybody()
    {
        World.Gathers = true;
        World.Arrange = steps => [steps[5] with { Personal = true }, steps[1] with { Personal = true }, steps[^1]];
        var chat = NewChat();
        await chat.PlaysAsync(
            $"""
            > 登记
            {s_notice}
            请输入邮箱：
            1. 不留邮箱
            > 1
            {s_notice}
            请输入姓名：
            """);
        Assert.That(chat.Session.Flow!.Answers, Is.EqualTo(new[] { new FlowAnswer("mail", "") }));
    }

    [Test]
    public async Task What_does_not_open_any_more_is_asked_for_again()
    {
        var chat = NewChat();
        await chat.PlaysAsync(
            """
            > 登记
            …
            > 2
            …
            > 小李
            请发送位置：
            """);
        _key.Lose();
        await chat.PlaysAsync(
            """
            >! place 人民路
            办理内容有更新，请重新选择。
            请输入姓名：
            > 小王
            请发送位置：
            >! place 人民路
            黑 小王 1月1日 人民路，确认吗？
            1. 确认提交
            """);
    }
}
