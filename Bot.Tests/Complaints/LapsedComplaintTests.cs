using NUnit.Framework;

namespace Bot.Tests.Complaints;

/// <summary>A complaint that was left for too long: the citizen learns that it is kept, and 继续 goes on with it.</summary>
public sealed class LapsedComplaintTests : FilingFixture
{
    private const string Taken =
        "“诉求提交”已超过30分钟没有操作，本次办理已结束。您填写的内容和刚发的这一条都为您保留7天，回复“继续”可以接着填写；如果说的是别的事，请再发一次。";

    private const string Kept = "“诉求提交”已超过30分钟没有操作，本次办理已结束。您填写的内容为您保留7天，回复“继续”可以接着填写。";

    [Test]
    public async Task What_is_told_too_late_is_put_to_it_and_taken_for_no_question()
    {
        await PlaysAsync(ToTheStory +
            $"""

            > 人民路路灯不亮
            …
            +31m
            > 在人民路12号门口
            {Taken}
            > 继续
            已记录：“人民路路灯不亮 在人民路12号门口”
            可以继续补充文字、语音或照片；写完请回复“完成”。
            > 完成
            …
            """);
        Assert.That(Chat.Get<Bot.Handlers.Policies.Learning.QuestionLog>().Take().Asked, Is.Empty);
    }

    [Test]
    public Task So_is_its_very_first_sentence() => PlaysAsync(ToTheStory +
        $"""

        +31m
        > 人民路路灯不亮
        {Taken}
        > 继续
        已记录：“人民路路灯不亮”
        …
        """);

    [Test]
    public Task Where_a_choice_was_awaited_what_is_written_is_answered_as_a_message() => PlaysAsync(
        $"""
        > 投诉 路灯不亮很久了
        …
        +31m
        > 居住证要什么材料
        {Kept}

        没有找到完全对应的内容。请换个说法再试一次，例如只说事项名称“居住证”“公积金提取”；也可以选择：
        …
        > 继续
        请选择类别，回复数字即可：
        1. 路灯照明（推荐）
        …
        """);

    [Test]
    public Task Who_goes_on_at_once_is_not_told_that_it_ended() => PlaysAsync(ToTheStory +
        """

        > 人民路路灯不亮
        …
        +31m
        > 继续
        已记录：“人民路路灯不亮”
        可以继续补充文字、语音或照片；写完请回复“完成”。
        """);

    [Test]
    public Task Where_nothing_was_filled_in_nothing_is_promised() => PlaysAsync(ToTheStory +
        """

        +31m
        > 9
        “诉求提交”已超过30分钟没有操作，本次办理已结束。如需继续，请重新开始。
        > 继续
        当前没有正在办理的事项。
        …
        """);
}
