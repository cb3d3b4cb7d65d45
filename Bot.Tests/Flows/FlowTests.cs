using Bot.Handlers.Flows;
using NUnit.Framework;

namespace Bot.Tests.Flows;

/// <summary>From the first question to the ending, and the words that lead through it.</summary>
public sealed class FlowTests : FormFixture
{
    [Test]
    public Task Asks_one_question_a_turn_and_acts_at_the_end() => NewChat().PlaysAsync(FilledIn +
        """

        > 1
        登记成功：黑 小李
        > 2
        当前没有可供选择的编号列表。
        …
        """);

    [Test]
    public Task Understands_numbers_as_citizens_write_them() => NewChat().PlaysAsync(
        """
        > 登记
        请选择颜色：
        1. 红色
        2. 黑色
        > 第二个
        请输入姓名：
        > 返回
        请选择颜色：
        1. 红色
        2. 黑色
        > ２。
        请输入姓名：
        """);

    [Test]
    public Task Repeats_the_question_with_the_reason_when_an_answer_does_not_fit() => NewChat().PlaysAsync(
        """
        > 登记
        请选择颜色：
        1. 红色
        2. 黑色
        > 蓝的
        没有看懂您的选择，请回复选项前的数字。
        请选择颜色：
        1. 红色
        2. 黑色
        > 3
        没有看懂您的选择，请回复选项前的数字。
        请选择颜色：
        1. 红色
        2. 黑色
        > 1
        请输入姓名：
        > 欧阳修之子
        姓名太长了。
        请输入姓名：
        """);

    [Test]
    public Task Pages_through_a_long_list_and_takes_the_number_on_the_screen() => NewChat().PlaysAsync(
        """
        > 登记
        …
        > 1
        请输入姓名：
        > 小李
        请选择日期：
        1. 12月1日
        2. 12月2日
        3. 12月3日
        4. 12月4日
        5. 12月5日
        6. 12月6日
        7. 12月7日
        8. 12月8日
        9. 12月9日
        （第1/2页，回复“下一页”看更多）
        > 下一页
        请选择日期：
        1. 12月10日
        2. 12月11日
        3. 12月12日
        （已是最后一页）
        > 下一页
        已经是最后一页了。
        请选择日期：
        1. 12月10日
        2. 12月11日
        3. 12月12日
        （已是最后一页）
        > 2
        请发送位置：
        >! place 人民路
        红 小李 12月11日 人民路，确认吗？
        1. 确认提交
        """);

    [Test]
    public async Task Going_back_to_another_list_shows_it_from_its_beginning()
    {
        World.Arrange = steps => [steps[0], steps[2]];
        World.Colours = [.. Enumerable.Range(1, 12).Select(n => new Option<string>($"{n}", $"颜色{n}"))];
        await NewChat().PlaysAsync(
            """
            > 登记
            …
            > 1
            …
            > 下一页
            …
            > 返回
            请选择颜色：
            1. 颜色1
            …
            """);
    }

    [Test]
    public Task Goes_back_a_step_and_no_further_than_the_first() => NewChat().PlaysAsync(
        """
        > 登记
        …
        > 1
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

    [Test]
    public Task Ends_when_it_is_cancelled() => NewChat().PlaysAsync(
        """
        > 登记
        …
        > 取消
        已取消“登记”。回复“帮助”查看其他服务。
        > 取消
        当前没有正在办理的事项。
        …
        """);

    [Test]
    public Task Words_of_the_engine_are_an_answer_where_they_steer_nothing() => NewChat().PlaysAsync(
        """
        > 登记
        …
        > 2
        请输入姓名：
        > 下一页
        请发送位置：
        >! place 人民路
        黑 下一页 1月1日 人民路，确认吗？
        1. 确认提交
        """);
}
