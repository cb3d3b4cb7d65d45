using NUnit.Framework;

namespace Bot.Tests.Complaints;

/// <summary>What a citizen writes while filing: kept over a pause, whole up to the limit, and nothing but words.</summary>
public sealed class StoryTests : FilingFixture
{
    [Test]
    public async Task A_draft_outlives_a_timeout_and_the_loss_of_the_session()
    {
        await PlaysAsync(ToTheStory +
            """

            > 人民路路灯不亮
            …
            +31m
            > 1
            “诉求提交”已超过30分钟没有操作，本次办理已结束。您填写的内容为您保留7天，回复“继续”可以接着填写。
            """);
        var elsewhere = await NewChatAsync();
        await elsewhere.PlaysAsync(
            """
            +2000m
            > 投诉
            您有一份没写完的内容（11月23日 09:30，“人民路路灯不亮”），要接着写吗？请回复数字选择：
            1. 接着写
            2. 重新填写
            > 1
            已记录：“人民路路灯不亮”
            可以继续补充文字、语音或照片；写完请回复“完成”。
            > 完成
            请告诉我地点：点“+”发送位置，或者直接打字写明地址。不涉及地点可以跳过：
            …
            """);
        Assert.That(await AskAsync<bool>("select position(convert_to('路灯', 'UTF8') in form) = 0 from case_draft"), Is.True, "sealed");
        var late = await NewChatAsync();
        await late.PlaysAsync(
            """
            +12100m
            > 投诉
            请选择类别，回复数字即可：
            …
            """);
    }

    [Test]
    public async Task Cancelling_forgets_the_draft()
    {
        await PlaysAsync(ToTheStory +
            """

            > 人民路路灯不亮
            …
            > 取消
            已取消“诉求提交”。回复“帮助”查看其他服务。
            > 投诉
            请选择类别，回复数字即可：
            …
            """);
    }

    [Test]
    public async Task A_story_of_twenty_thousand_characters_in_forty_messages_is_kept_whole()
    {
        await PlaysAsync(ToTheStory);
        var part = new string('长', 499) + "。";
        for (var i = 0; i < 40; i++)
            await Chat.SayAsync(part);
        await PlaysAsync(
            """
            > 还有一句
            已记录（共20004字）。可以继续补充，全部发完后请回复“完成”。
            """ + ToTheEnd +
            """

            …
            > 1
            …
            """);
        Assert.That((await Cases.MineAsync(Citizen, 1, default)).Single().Story, Has.Length.EqualTo(20004 + 40));
    }

    [Test]
    public async Task What_goes_beyond_the_limit_is_refused_in_words_and_loses_nothing()
    {
        await PlaysAsync(ToTheStory);
        for (var i = 0; i < 50; i++)
            await Chat.SayAsync(new string('长', 499));
        await PlaysAsync(
            """
            > 再来一条再来一条
            内容已达到上限，前面的文字都已完整保留，这一条没有记入。请回复“完成”进入下一步。
            …
            > 完成
            …
            """);
    }

    [Test]
    public Task Stickers_files_and_places_far_away_are_answered_with_a_sentence_and_the_question() => PlaysAsync(ToTheStory +
        """

        > 【收到不支持的消息类型，暂无法显示】
        这类消息没法记入工单。请发送文字、语音或照片；之前的内容都已保留。
        …
        > 人民路路灯不亮
        …
        > 完成
        …
        >! at 0,0
        这个位置不在可受理的范围内，可能是地图上点偏了。请重新发送位置，或打字写明地址；不填请回复“1”。
        …
        >! image
        请发送位置，或打字写明地址；不填请回复“1”。
        …
        >! place 人民路1号
        可以发送照片或短视频作为依据，最多9张，发完请回复“完成”；没有请回复“1”：
        …
        > 1
        …
        > 1
        …
        > 不想说
        没有看到有效的电话号码。请回复称呼和电话，例如“张女士 13800138000”；不留请回复“1”。
        …
        """);
}
