using Bot.Data.Surveys;
using Bot.Handlers.Participation.Surveys;
using NUnit.Framework;

namespace Bot.Tests.Participation;

public sealed class SurveyConversationTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(8));

    internal static SurveyQuestion[] Questions { get; } =
    [
        new() { Key = "q1", Kind = SurveyKind.Single, Text = "您去过大厅吗？", Options = ["去过", "没去过"] },
        new() { Key = "q2", Kind = SurveyKind.Rating, Text = "服务怎么样？", Options = ["差", "一般", "好"], When = new("q1", ["去过"]) },
        new() { Key = "q3", Kind = SurveyKind.Multiple, Text = "希望改进什么？", Options = ["时间", "停车", "排队"] },
        new() { Key = "q4", Kind = SurveyKind.Number, Text = "您今年几岁？", Least = 1, Greatest = 120 },
        new() { Key = "q5", Kind = SurveyKind.Text, Text = "还有什么建议？", Need = false },
    ];

    private static PublishedSurvey Survey(bool editable = false, DateTimeOffset? opens = null, DateTimeOffset? closes = null, bool open = false) => new(
        new(12, "大厅调查", "", "大厅问卷", !editable, editable, open ? new("tag", "3", "标签“老年人”") : SurveyAudience.All, opens ?? s_now.AddDays(-1), closes ?? s_now.AddDays(7),
            null, 1, null, closes < s_now ? s_now : null, "bianji", 3),
        [new(12, 1, Questions, s_now.AddDays(-1))]);

    private static Chat NewChat(params PublishedSurvey[] surveys)
    {
        var chat = new Chat();
        chat.Get<SurveyLibrary>().Replace(surveys);
        return chat;
    }

    [Test]
    public async Task Asks_one_thing_after_another_goes_back_and_counts_the_answer_once()
    {
        var chat = NewChat(Survey());
        await chat.PlaysAsync(
            """
            > 大厅问卷
            【大厅调查】
            共5题，每人答一次，随时可以回复“返回”改上一题，回复“取消”退出。
            本问卷匿名：系统只记下您参加过，您的回答与您的微信号分开存放，无法对应，请不要在文字里写姓名和电话。

            （第1题）您去过大厅吗？
            请回复数字选择一项：
            1. 去过
            2. 没去过
            > 7
            没有第7项，请回复 1 至 2 之间的数字。
            （第1题）您去过大厅吗？
            请回复数字选择一项：
            1. 去过
            2. 没去过
            > 没去过
            （第2题）希望改进什么？
            可多选，请回复数字，用逗号隔开，例如 1,3：
            1. 时间
            2. 停车
            3. 排队
            > 返回
            （第1题）您去过大厅吗？
            …
            > 1
            （第2题）服务怎么样？
            请回复数字选择一项：
            1. 差
            2. 一般
            3. 好
            > 第三个
            （第3题）希望改进什么？
            …
            > 2、5
            没有第5项，请回复 1 至 3 之间的数字。
            …
            > １，３
            （第4题）您今年几岁？
            请直接回复一个数字，范围 1 至 120。
            > 三百岁
            请回复一个数字，不用带单位，例如 3。
            （第4题）您今年几岁？
            请直接回复一个数字，范围 1 至 120。
            > 300
            300 不在范围内。
            …
            > 45
            （第5题）还有什么建议？
            请用一条消息直接回复，最多500字。
            （本题可以不答，回复“跳过”）
            > 希望早点开门
            请核对您的回答：
            · 您去过大厅吗？
            　去过
            · 服务怎么样？
            　好
            · 希望改进什么？
            　时间、排队
            · 您今年几岁？
            　45
            · 还有什么建议？
            　希望早点开门
            要修改请回复“返回”，逐题退回；没有问题请回复 1：
            1. 确认提交
            > 1
            提交成功，感谢您的参与！
            >! scan survey_12
            您已经参加过“大厅调查”，每人答一次，感谢您的参与！
            """);
        var replies = chat.Surveys.Submitted.Single().Replies;
        Assert.That(replies.Picks, Is.EqualTo(new long[] { 1, 4, 5, 0, 0 }));
        Assert.That((replies.Numbers[3], replies.Texts[4]), Is.EqualTo(((decimal?)45, "希望早点开门")));
    }

    [Test]
    public async Task Goes_on_where_it_was_left_and_what_does_not_apply_is_not_asked()
    {
        var chat = NewChat(Survey());
        await chat.PlaysAsync(
            """
            >! click survey_12
            …
            2. 没去过
            > 2
            …
            3. 排队
            > 帮助
            …
            > 继续
            （第2题）希望改进什么？
            …
            > 13
            （第3题）您今年几岁？
            …
            > 40.5
            （第4题）还有什么建议？
            …
            > 跳过
            请核对您的回答：
            · 您去过大厅吗？
            　没去过
            …
            · 还有什么建议？
            　（未答）
            …
            > 1
            提交成功，感谢您的参与！
            """);
        Assert.That(chat.Surveys.Submitted.Single().Replies.Picks, Is.EqualTo(new long[] { 2, 0, 5, 0, 0 }));
    }

    [Test]
    public async Task Words_that_are_too_long_are_asked_for_again_and_nothing_is_lost()
    {
        var chat = NewChat(Survey());
        foreach (var words in new[] { "大厅问卷", "2", "1", "30" })
            await chat.SayAsync(words);
        await chat.PlaysAsync(
            $"""
            > {new string('好', 501)}
            您写了501字，超过了500字，请精简后再发一次。之前的回答都还在。
            （第4题）还有什么建议？
            …
            > 好
            请核对您的回答：
            …
            """);
    }

    [Test]
    public async Task An_answer_may_be_changed_where_that_was_promised()
    {
        var chat = NewChat(Survey(editable: true));
        chat.Surveys.Editable = true;
        foreach (var words in new[] { "大厅问卷", "2", "1", "30", "跳过" })
            await chat.SayAsync(words);
        await chat.PlaysAsync(
            """
            > 1
            提交成功，感谢您的参与！11月30日 09:00之前再次参加，可以修改您的回答。
            > 问卷
            正在进行的问卷，请回复数字参加：
            1. 大厅调查
            > 1
            【大厅调查】
            …
            您之前答过这份问卷，再次提交后以这次的回答为准。
            …
            """);
        foreach (var words in new[] { "2", "1", "31", "跳过" })
            await chat.SayAsync(words);
        await chat.PlaysAsync(
            """
            > 1
            修改成功，以这次的回答为准，感谢您的参与！
            """);
    }

    [Test]
    public async Task What_cannot_be_answered_says_why()
    {
        var closed = Survey(closes: s_now.AddHours(-1));
        var chat = NewChat(Survey(opens: s_now.AddDays(2)));
        chat.Surveys.Ended = closed with { Survey = closed.Survey with { Id = 9 } };
        await chat.PlaysAsync(
            """
            > 大厅问卷
            “大厅调查”将于11月25日 09:00开始，欢迎届时参加。
            >! scan survey_9
            “大厅调查”已经结束，感谢您的关注。
            <a href="https://bot.example.gov.cn/surveys/9">查看结果</a>
            >! scan survey_77
            没有找到这份问卷，它可能已经撤下。现在没有正在进行的问卷，我可以帮您做这些事：
            …
            > 问卷
            现在没有正在进行的问卷，感谢您的关注。有新问卷时，可以回复“问卷”查看。
            <a href="https://bot.example.gov.cn/surveys">查看已公布的问卷结果</a>
            """);
        chat.Get<SurveyLibrary>().Replace([Survey(open: true)]);
        chat.Surveys.Admits = false;
        await chat.PlaysAsync(
            """
            > 大厅问卷
            “大厅调查”面向标签“老年人”，您不在这次的调查范围内，感谢您的关注。
            """);
        chat.Surveys.Admits = null;
        await chat.PlaysAsync(
            """
            > 大厅问卷
            暂时无法核对您是否在这份问卷的范围内，请过几分钟再试一次。
            """);
        (chat.Surveys.Admits, chat.Surveys.Full) = (true, true);
        await chat.PlaysAsync(
            """
            > 大厅问卷
            “大厅调查”的名额已满，感谢您的关注。
            """);
    }

    [Test]
    public async Task A_survey_that_closes_meanwhile_says_so()
    {
        var chat = NewChat(Survey(closes: s_now.AddMinutes(50)));
        await chat.PlaysAsync(
            """
            > 大厅问卷
            …
            2. 没去过
            +25m
            > 2
            这份问卷刚刚结束，您的回答没有来得及计入，十分抱歉。回复“问卷”查看其他正在进行的问卷。
            """);
        Assert.That(chat.Session.Flow, Is.Null);
    }

    [Test]
    public async Task Whoever_began_an_older_version_answers_that_one()
    {
        var chat = NewChat(Survey());
        await chat.SayAsync("大厅问卷");
        var now = Survey();
        chat.Get<SurveyLibrary>().Replace([now with { Versions = [.. now.Versions, new(12, 2, [Questions[3]], s_now)] }]);
        foreach (var words in new[] { "2", "1", "30", "跳过", "1" })
            await chat.SayAsync(words);
        Assert.That(chat.Surveys.Submitted.Single().Version, Is.EqualTo(1));
        Assert.That(chat.Surveys.Submitted.Single().Replies.Picks, Has.Length.EqualTo(5));
    }

    [Test]
    public async Task Staff_try_it_as_a_chat_before_anybody_sees_it()
    {
        var play = await new Chat().Get<SurveyPreview>().PlayAsync(Survey().Survey, Questions, ["2", "1,2", "30", "跳过", "1"], default);
        Assert.That(play.Over, Is.True);
        Assert.That(play.Bubbles[^1].Words, Does.Contain("预览到此结束"));
        Assert.That(play.Bubbles[0].Words, Does.StartWith("【大厅调查】"));
    }
}
