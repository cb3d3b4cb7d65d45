using Bot.Handlers;
using Bot.Handlers.Flows;
using NUnit.Framework;

namespace Bot.Tests.Flows;

/// <summary>The ending acts once, and may ask for an answer again that does not hold any more.</summary>
public sealed class FlowEndingTests : FormFixture
{
    [Test]
    public async Task Leads_back_to_the_step_whose_answer_went_stale_and_keeps_the_rest()
    {
        var full = true;
        World.End = d => full ? new Ending.BackTo("name", "这个姓名刚刚被登记了，请换一个。") : new Ending.Done(Answer.Say($"登记成功：{d.Name}"));
        var chat = NewChat();
        await chat.PlaysAsync(FilledIn +
            """

            > 1
            这个姓名刚刚被登记了，请换一个。
            请输入姓名：
            """);
        full = false;
        await chat.PlaysAsync(
            """
            > 小王
            请发送位置：
            >! place 人民路
            黑 小王 1月1日 人民路，确认吗？
            1. 确认提交
            > 1
            登记成功：小王
            """);
        Assert.That(World.Finished.Distinct().Count(), Is.EqualTo(1), "one run of the form has one idempotency key");
    }

    [Test]
    public async Task The_ending_asks_for_one_answer_again_and_keeps_the_others()
    {
        var taken = true;
        World.End = d => taken ? new Ending.BackTo("name", "这个姓名刚刚被登记了，请换一个。") { Only = ["name"] } : new Ending.Done(Answer.Say($"登记成功：{d.Name} {d.Place}"));
        var chat = NewChat();
        await chat.PlaysAsync(FilledIn +
            """

            > 1
            这个姓名刚刚被登记了，请换一个。
            请输入姓名：
            """);
        taken = false;
        await chat.PlaysAsync(
            """
            > 小王
            登记成功：小王 人民路1号
            """);
    }

    [TestCase(true)]
    [TestCase(false)]
    public Task An_answer_that_does_not_hold_any_more_is_asked_for_again(bool alone)
    {
        var gone = new Ending.BackTo("colour", "这个颜色刚刚没有了，请换一个。") { Only = alone ? ["colour"] : [] };
        World.Check = d => d is { Colour: "红", Name.Length: > 0 } ? gone : null;
        return NewChat().PlaysAsync(
            $"""
            > 登记
            …
            > 1
            请输入姓名：
            > 小李
            这个颜色刚刚没有了，请换一个。
            请选择颜色：
            1. 红色
            2. 黑色
            > 2
            {(alone ? "请发送位置：" : "请输入姓名：")}
            """);
    }

    [Test]
    public Task A_form_whose_ground_is_gone_ends_before_the_next_question()
    {
        World.Check = d => d.Colour == "黑" ? new Ending.Done(Answer.Say("已停止登记。")) : new Ending.BackTo("nowhere", "?");
        return NewChat().PlaysAsync(
            """
            > 登记
            请选择颜色：
            1. 红色
            2. 黑色
            > 2
            已停止登记。
            > 1
            当前没有可供选择的编号列表。
            …
            """);
    }

    [Test]
    public async Task An_ending_that_leads_back_to_a_step_nobody_knows_fails_instead_of_looping()
    {
        World.End = _ => new Ending.BackTo("nowhere", "?");
        var chat = NewChat();
        await chat.PlaysAsync(FilledIn);
        Assert.That(async () => await chat.SayAsync("1"), Throws.InvalidOperationException.With.Message.Contains("nowhere"));
    }

    [Test]
    public async Task An_ending_that_asks_for_what_answers_itself_fails_instead_of_going_in_circles()
    {
        World.Arrange = steps => [steps[0] with { Ask = (_, _) => Task.FromResult(Question.SettledAs("红")) }, steps[1]];
        World.End = _ => new Ending.BackTo("colour", "?") { Only = ["colour"] };
        var chat = NewChat();
        await chat.PlaysAsync("> 登记\n请输入姓名：");
        Assert.That(async () => await chat.SayAsync("小李"), Throws.InvalidOperationException.With.Message.Contains("circles"));
    }
}
