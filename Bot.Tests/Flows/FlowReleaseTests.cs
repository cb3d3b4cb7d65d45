using NUnit.Framework;

namespace Bot.Tests.Flows;

/// <summary>A release or an event changes the form while a citizen is in the middle of it.</summary>
public sealed class FlowReleaseTests : FormFixture
{
    [Test]
    public async Task A_step_inserted_by_a_release_is_asked_before_the_one_on_screen()
    {
        World.Arrange = steps => [steps[0], steps[3], steps[4]];
        var chat = NewChat();
        await chat.PlaysAsync(
            """
            > 登记
            …
            > 1
            请发送位置：
            """);
        World.Arrange = steps => [steps[0], steps[1], steps[3], steps[4]];
        await chat.PlaysAsync(
            """
            >! place 人民路
            办理内容有更新，请重新选择。
            请输入姓名：
            > 小李
            请发送位置：
            """);
    }

    [Test]
    public async Task A_new_version_starts_the_form_again()
    {
        var chat = NewChat();
        await chat.PlaysAsync(
            """
            > 登记
            …
            > 1
            请输入姓名：
            """);
        World.Version = 2;
        await chat.PlaysAsync(
            """
            > 小李
            办理内容有更新，请重新选择。
            请选择颜色：
            1. 红色
            2. 黑色
            """);
    }

    [Test]
    public async Task An_option_means_what_the_screen_showed_though_the_list_changed()
    {
        var chat = NewChat();
        await chat.PlaysAsync("> 登记\n…");
        World.Colours = [new("黑", "黑色"), new("红", "红色")];
        await chat.PlaysAsync(
            """
            > 1
            请输入姓名：
            > 小李
            请选择日期：
            …
            """);
    }

    [Test]
    public async Task An_answer_that_its_step_would_refuse_now_is_asked_for_again_with_what_is_behind_it()
    {
        var chat = NewChat();
        await chat.PlaysAsync(FilledIn);
        World.Arrange = steps => [steps[0], steps[1] with { Brief = "请再输入一次：", Take = (d, name) => name == "小李" ? new(d, "不能再用。") : steps[1].Take(d, name) }, .. steps.Skip(2)];
        await chat.PlaysAsync(
            """
            > 1
            办理内容有更新，请重新选择。
            请输入姓名：
            > 小王
            请发送位置：
            >! place 建国路
            黑 小王 1月1日 建国路，确认吗？
            1. 确认提交
            """);
    }

    [Test]
    public async Task One_of_several_answers_that_would_not_do_any_more_is_left_out_and_the_others_stay()
    {
        World.Gathers = true;
        World.Arrange = steps => [steps[4], steps[^1]];
        var chat = NewChat();
        await chat.PlaysAsync(
            """
            > 登记
            …
            > 一
            …
            > 二
            已记2条。
            """);
        World.Arrange = steps => [steps[4] with { Take = (d, note) => note == "一" ? new(d, "不能再这样写。") : steps[4].Take(d, note) }, steps[^1]];
        await chat.PlaysAsync(
            """
            > 三
            已记2条。
            > 完成
            二+三 ，确认吗？
            1. 确认提交
            """);
    }
}
