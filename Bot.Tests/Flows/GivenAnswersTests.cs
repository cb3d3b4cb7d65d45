using NUnit.Framework;

namespace Bot.Tests.Flows;

/// <summary>What the citizen told without being asked is not asked for.</summary>
public sealed class GivenAnswersTests : FormFixture
{
    [Test]
    public Task What_came_with_the_command_is_not_asked_for_and_can_be_taken_back()
    {
        World.First = [new("colour", "黑")];
        return NewChat().PlaysAsync(
            """
            > 登记
            请输入姓名：
            > 返回
            请选择颜色：
            1. 红色
            2. 黑色
            > 返回
            已经是第一步了，回复“取消”可以退出。
            请选择颜色：
            1. 红色
            2. 黑色
            """);
    }

    [Test]
    public Task What_came_with_the_command_for_a_step_that_is_never_asked_stays()
    {
        World.First = [new("place", "人民路1号")];
        World.Arrange = steps => [steps[3] with { Silent = true }, steps[1], steps[^1]];
        return NewChat().PlaysAsync(
            """
            > 登记
            请输入姓名：
            > 返回
            已经是第一步了，回复“取消”可以退出。
            请输入姓名：
            > 小李
             小李 1月1日 人民路1号，确认吗？
            1. 确认提交
            """);
    }

    [Test]
    public async Task What_is_told_by_the_way_is_kept_and_never_asked_for()
    {
        World.Arrange = steps => [steps[1] with { Key = "nick", Silent = true }, steps[3] with { Silent = true }, .. steps.Take(3), steps[^1]];
        await NewChat().PlaysAsync(
            """
            > 登记
            请选择颜色：
            1. 红色
            2. 黑色
            >! place 人民路
            请选择颜色：
            1. 红色
            2. 黑色
            > 返回
            已经是第一步了，回复“取消”可以退出。
            请选择颜色：
            1. 红色
            2. 黑色
            > 2
            请输入姓名：
            >! image
            …
            >! place 建国路
            请输入姓名：
            > 小李
            黑 小李 1月1日 建国路，确认吗？
            1. 确认提交
            > 返回
            请输入姓名：
            > 返回
            请选择颜色：
            1. 红色
            2. 黑色
            """);
    }
}
