using Bot.Handlers;
using Bot.Handlers.Conversation;
using Bot.Handlers.Flows;
using Bot.Tests.Conversations;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Flows;

public sealed class FlowTests
{
    private const string FilledIn =
        """
        > 登记
        请选择颜色：
        1. 红色
        2. 黑色
        > 2
        请输入姓名：
        > 小李
        请发送位置：
        >! place 人民路1号
        黑 小李 1月1日 人民路1号，确认吗？
        1. 确认提交
        """;

    private FormFlow.World _world = new();

    [SetUp]
    public void New() => _world = new();

    private Chat NewChat()
    {
        Chat chat = new(s => s.AddSingleton(_world), FormFlow.Table);
        var pushed = 0;
        chat.Acts["push"] = async commands =>
        {
            await chat.Get<IScreens>().ShowAsync(new("oTestCitizen"), [.. commands], chat.Clock.GetUtcNow(), $"{++pushed}", default);
            return "(pushed)";
        };
        return chat;
    }

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
    public Task Numbers_of_a_list_that_we_sent_meanwhile_are_its_own_and_the_form_goes_on() => NewChat().PlaysAsync(
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
    public Task A_list_that_we_sent_waits_until_the_form_is_done() => NewChat().PlaysAsync(
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
    public Task A_number_that_crossed_a_list_of_ours_does_nothing_and_the_list_stays() => NewChat().PlaysAsync(
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
    public async Task Leads_back_to_the_step_whose_answer_went_stale_and_keeps_the_rest()
    {
        var full = true;
        _world.End = d => full ? new Ending.BackTo("name", "这个姓名刚刚被登记了，请换一个。") : new Ending.Done(Answer.Say($"登记成功：{d.Name}"));
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
        Assert.That(_world.Finished.Distinct().Count(), Is.EqualTo(1), "one run of the form has one idempotency key");
    }

    [Test]
    public async Task An_ending_that_leads_back_to_a_step_nobody_knows_fails_instead_of_looping()
    {
        _world.End = _ => new Ending.BackTo("nowhere", "?");
        var chat = NewChat();
        await chat.PlaysAsync(FilledIn);
        Assert.That(async () => await chat.SayAsync("1"), Throws.InvalidOperationException.With.Message.Contains("nowhere"));
    }

    [Test]
    public async Task A_step_inserted_by_a_release_is_asked_before_the_one_on_screen()
    {
        _world.Arrange = steps => [steps[0], steps[3], steps[4]];
        var chat = NewChat();
        await chat.PlaysAsync(
            """
            > 登记
            …
            > 1
            请发送位置：
            """);
        _world.Arrange = steps => [steps[0], steps[1], steps[3], steps[4]];
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
        _world.Version = 2;
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
        _world.Colours = [new("黑", "黑色"), new("红", "红色")];
        await chat.PlaysAsync(
            """
            > 1
            请输入姓名：
            > 小李
            请选择日期：
            …
            """);
    }

    private const string ToTheNotes =
        """
        > 登记
        …
        > 2
        …
        > 小李
        …
        >! place 人民路
        请写备注，写完回复“完成”：
        """;

    private Chat GatheringChat()
    {
        _world.Gathers = true;
        return NewChat();
    }

    [Test]
    public Task Gathers_several_answers_until_they_are_ended() => GatheringChat().PlaysAsync(ToTheNotes +
        """

        > 完成
        还没有备注。
        请写备注，写完回复“完成”：
        > 一
        已记1条。
        > 2
        已记2条。
        >! image
        已记3条。
        > 太长太长太长
        备注太长了。
        请写备注，写完回复“完成”：
        > 完成。
        请输入邮箱：
        1. 不留邮箱
        > 2
        没有看懂您的选择，请回复选项前的数字。
        请输入邮箱：
        1. 不留邮箱
        > a@b.cn
        一+2+图 a@b.cn，确认吗？
        1. 确认提交
        """);

    [Test]
    public Task Takes_back_one_of_several_answers_and_leaves_out_what_settled_itself() => GatheringChat().PlaysAsync(ToTheNotes +
        """

        > 一
        …
        > 二
        …
        > 完成
        …
        > a@b.cn
        一+二 a@b.cn，确认吗？
        1. 确认提交
        > 返回
        请输入邮箱：
        1. 不留邮箱
        > 返回
        请写备注，写完回复“完成”：
        > 返回
        请写备注，写完回复“完成”：
        > 三
        已记2条。
        > 完成
        …
        > 跳过
        要回信吗？
        1. 不要
        > 返回
        请输入邮箱：
        1. 不留邮箱
        > 完成
        要回信吗？
        1. 不要
        > 1
        一+三 ，确认吗？
        1. 确认提交
        """);

    [Test]
    public Task Keeps_an_answer_that_overtook_another_of_the_same_step() => GatheringChat().PlaysAsync(ToTheNotes +
        """

        > 一
        …
        > 二
        …
        > 三
        …
        > 四
        …
        > 五
        已记5条。
        +1m
        >! late 六
        已记6条。
        """);

    [Test]
    public Task To_finish_where_nothing_is_gathered_is_no_answer() => NewChat().PlaysAsync(
        """
        > 登记
        …
        > 1
        请输入姓名：
        > 完成
        没有看懂您的选择，请回复选项前的数字。
        请输入姓名：
        > 取消
        …
        > 完成
        当前没有正在办理的事项。
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

    [Test]
    public async Task A_question_without_anything_to_pick_leads_back_to_what_led_there()
    {
        _world.Arrange = steps => [steps[1] with { Brief = "请再输入一次：" }, steps[0], steps[3], steps[^1]];
        _world.Colours = [];
        var chat = NewChat();
        await chat.PlaysAsync(
            """
            > 登记
            请输入姓名：
            > 小李
            这一项暂时没有可选内容，请换一个。
            请再输入一次：
            """);
        _world.Colours = [new("红", "红色")];
        await chat.PlaysAsync(
            """
            > 小王
            请选择颜色：
            1. 红色
            """);
    }

    [Test]
    public async Task A_form_whose_first_question_has_nothing_to_pick_ends()
    {
        _world.Colours = [];
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
        _world.Arrange = steps => [steps[0] with { Optional = true }, steps[1]];
        _world.Colours = some ? [new("红", "红色")] : [];
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

    [TestCase("请再输入一次：", "姓名太长了。\n请再输入一次：")]
    [TestCase("", "姓名太长了。")]
    public async Task A_question_that_is_asked_again_may_be_briefer(string brief, string asked)
    {
        _world.Arrange = steps => [steps[1] with { Brief = brief }, steps[0]];
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
    public async Task What_is_told_by_the_way_is_kept_and_never_asked_for()
    {
        _world.Arrange = steps => [steps[1] with { Key = "nick", Silent = true }, steps[3] with { Silent = true }, .. steps.Take(3), steps[^1]];
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
