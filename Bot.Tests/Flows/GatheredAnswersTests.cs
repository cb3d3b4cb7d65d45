using NUnit.Framework;

namespace Bot.Tests.Flows;

/// <summary>A step that takes several answers, until the citizen says that these are all.</summary>
public sealed class GatheredAnswersTests : FormFixture
{
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
        World.Gathers = true;
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
}
