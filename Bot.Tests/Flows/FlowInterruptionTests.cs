using NUnit.Framework;

namespace Bot.Tests.Flows;

/// <summary>Something comes between: a pause that is too long, a command, a message that answers nothing.</summary>
public sealed class FlowInterruptionTests : FormFixture
{
    [Test]
    public Task Ends_by_itself_when_it_was_left_for_too_long_and_says_so() => NewChat().PlaysAsync(
        """
        > 登记
        …
        +31m
        > 1
        “登记”已超过30分钟没有操作，本次办理已结束。如需继续，请重新开始。
        > 登记
        请选择颜色：
        1. 红色
        2. 黑色
        +29m
        > 1
        请输入姓名：
        """);

    [Test]
    public Task Says_that_it_ended_and_still_obeys_a_command() => NewChat().PlaysAsync(
        """
        > 登记
        …
        +31m
        > 登记
        “登记”已超过30分钟没有操作，本次办理已结束。如需继续，请重新开始。

        请选择颜色：
        1. 红色
        2. 黑色
        """);

    [Test]
    public Task Lets_a_command_win_and_is_taken_up_again() => NewChat().PlaysAsync(
        """
        > 登记
        …
        > 1
        请输入姓名：
        > 人工
        (handed over)
        > 帮助
        …
        （您的“登记”还没有办完，回复“继续”接着办）
        > 继续
        请输入姓名：
        > 小李
        请选择日期：
        …
        """);

    [Test]
    public Task Takes_words_that_only_sound_like_a_command_for_an_answer() => NewChat().PlaysAsync(
        """
        > 登记
        …
        > 1
        请输入姓名：
        > 任功
        请选择日期：
        …
        """);

    [Test]
    public Task A_message_that_is_no_answer_is_answered_by_somebody_else() => NewChat().PlaysAsync(
        """
        > 登记
        …
        >! image
        …
        """);
}
