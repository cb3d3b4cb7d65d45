using Bot.Handlers.Conversation;
using NUnit.Framework;

namespace Bot.Tests.Flows;

/// <summary>What the citizen sends and what we send pass each other on the way.</summary>
public sealed class CrossedMessagesTests : FormFixture
{
    [Test]
    public Task Asks_again_when_the_answer_was_sent_before_its_question() => NewChat().PlaysAsync(
        """
        > 登记
        请选择颜色：
        1. 红色
        2. 黑色
        >! late 1
        请选择颜色：
        1. 红色
        2. 黑色
        > 1
        请输入姓名：
        """);

    [Test]
    public Task Takes_two_messages_of_one_second_for_two_answers() => NewChat().PlaysAsync(
        """
        > 登记
        …
        >! same-second 2
        请输入姓名：
        >! same-second 小李
        请发送位置：
        """);

    [Test]
    public Task Numbers_of_a_list_that_we_sent_meanwhile_are_its_own_and_the_form_goes_on() => PushedChat().PlaysAsync(
        """
        > 登记
        请选择颜色：
        …
        +1m
        >! push desk.leave
        (pushed)
        >! late 1
        请输入姓名：
        +1m
        >! push desk.leave
        (pushed)
        > 任功
        请选择日期：
        …
        +1m
        >! push desk.leave
        (pushed)
        > 下一页
        请选择日期：
        …
        +1m
        >! push help
        (pushed)
        > 2
        请发送位置：
        +1m
        >! push help
        (pushed)
        > 1
        我可以帮您做这些事，请回复数字选择，或者直接用一句话说出您的问题：
        …
        （您的“登记”还没有办完，回复“继续”接着办）
        > 继续
        请发送位置：
        """);

    [Test]
    public Task A_list_that_we_sent_waits_until_the_form_is_done() => PushedChat().PlaysAsync(
        """
        > 登记
        …
        +1m
        >! push help
        (pushed)
        > 继续
        请选择颜色：
        1. 红色
        2. 黑色
        > 2
        请输入姓名：
        > 小李
        请发送位置：
        >! place 人民路1号
        …
        > 1
        登记成功：黑 小李
        > 1
        我可以帮您做这些事，请回复数字选择，或者直接用一句话说出您的问题：
        …
        """);

    [Test]
    public Task A_number_that_crossed_a_list_of_ours_does_nothing_and_the_list_stays() => PushedChat().PlaysAsync(
        """
        > 帮助
        …
        +1m
        >! push help book
        (pushed)
        >! late 2
        您回复时，我们刚好又发来一条消息，数字现在对应那条消息里的选项。请看过后再回复；要选前面的内容，请重新发送您的问题。
        > 3
        没有这个编号，请回复 1 到 2 之间的数字。
        > 1
        我可以帮您做这些事，请回复数字选择，或者直接用一句话说出您的问题：
        …
        """);

    private Chat PushedChat()
    {
        var chat = NewChat();
        var pushed = 0;
        chat.Acts["push"] = async commands =>
        {
            await chat.Get<IScreens>().ShowAsync(new("oTestCitizen"), [.. commands], chat.Clock.GetUtcNow(), $"{++pushed}", default);
            return "(pushed)";
        };
        return chat;
    }
}
