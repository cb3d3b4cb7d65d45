using Bot.Data.Keywords;
using Bot.Data.Policies;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Conversations;

public sealed class ConversationTests
{
    private static readonly Policy[] s_policies =
    [
        .. Enumerable.Range(1, 11).Select(i => new Policy
        {
            Id = $"T{i:00}", Type = PolicyType.Guide, Title = $"居住证第{i}项", Issuer = "公安机关", Category = "户籍证件",
        }),
        new() { Id = "G1", Type = PolicyType.Guide, Title = "住房公积金提取", Issuer = "住房公积金管理中心", Category = "住房公积金", Materials = ["身份证", "购房合同"], Fee = "不收费" },
    ];

    private static Chat NewChat() => new Chat().With(s_policies);

    [Test]
    public async Task Greets_a_new_follower_and_remembers_who_left()
    {
        var chat = NewChat();
        await chat.PlaysAsync(
            """
            >! follow
            您好，欢迎关注“滨海市政务服务”！
            在这里您可以查政策、问办事、找人工客服，全天都有回应。
            请回复数字选择，或者直接说出您想办的事，例如“居住证要什么材料”：
            1. 查政策、问办事
            2. 预约办事
            3. 大家常问
            4. 投诉、举报、咨询、建议
            5. 我的工单
            6. 联系人工客服
            > 1
            请选择类别，或者直接说出您的问题，例如“居住证要什么材料”：
            1. 户籍证件（11项）
            2. 住房公积金（1项）
            >! unfollow
            (nothing)
            """);
        Assert.That(chat.Followers.Known.Values.Single().Follows, Is.False);
        await chat.PlaysAsync(">! follow\n…");
        Assert.That(chat.Followers.Known.Values.Single().Follows, Is.True);
    }

    [Test]
    public async Task Gives_at_once_what_the_scanned_poster_promised()
    {
        var chat = NewChat();
        await chat.PlaysAsync(
            """
            >! follow topic_住房公积金
            您好，感谢关注！

            【住房公积金】请回复数字查看：
            1. 住房公积金提取
            2. 订阅“住房公积金”的新政策
            >! scan topic_住房公积金
            【住房公积金】请回复数字查看：
            1. 住房公积金提取
            2. 订阅“住房公积金”的新政策
            >! scan nowhere_7
            没有找到这个二维码对应的服务，它可能已经停用。我可以帮您做这些事：
            1. 查政策、问办事
            2. 预约办事
            3. 大家常问
            4. 投诉、举报、咨询、建议
            5. 我的工单
            6. 联系人工客服
            """);
        Assert.That(chat.Followers.Known.Values.Single().Scene, Is.EqualTo("topic_住房公积金"));
    }

    [TestCase("帮助")]
    [TestCase("?")]
    [TestCase("？")]
    [TestCase("幫助")]
    [TestCase("帮助！！")]
    [TestCase("bangzhu")]
    [TestCase("邦助")]
    public Task Helps_however_it_is_asked(string words) => NewChat().PlaysAsync(
        $"""
        > {words}
        我可以帮您做这些事，请回复数字选择，或者直接用一句话说出您的问题：
        1. 查政策、问办事
        2. 预约办事
        3. 大家常问
        4. 投诉、举报、咨询、建议
        5. 我的工单
        6. 联系人工客服

        随时可以回复：帮助、返回、取消、下一页、人工
        """);

    [Test]
    public Task All_doors_lead_to_the_same_handler() => NewChat().PlaysAsync(
        """
        >! click POLICY
        请选择类别，或者直接说出您的问题，例如“居住证要什么材料”：
        …
        >! voice 政策。
        请选择类别，或者直接说出您的问题，例如“居住证要什么材料”：
        …
        >! click REMOVED
        我可以帮您做这些事，请回复数字选择，或者直接用一句话说出您的问题：
        …
        """);

    [Test]
    public Task Pages_a_list_and_finds_the_way_back() => NewChat().PlaysAsync(
        """
        > 政策
        …
        > 1
        【户籍证件】请回复数字查看：
        1. 居住证第1项
        …
        （第1/2页，回复“下一页”看更多）
        > 下一页
        【户籍证件】请回复数字查看：
        1. 居住证第9项
        2. 居住证第10项
        3. 居住证第11项
        4. 订阅“户籍证件”的新政策
        （已是最后一页）
        > 3
        【居住证第11项】
        …
        > 返回
        【户籍证件】请回复数字查看：
        …
        > 返回
        请选择类别，或者直接说出您的问题，例如“居住证要什么材料”：
        …
        > 返回
        我可以帮您做这些事，请回复数字选择，或者直接用一句话说出您的问题：
        …
        """);

    [Test]
    public Task Says_so_when_a_number_is_not_on_the_list() => NewChat().PlaysAsync(
        """
        > 7
        当前没有可供选择的编号列表。

        我可以帮您做这些事，请回复数字选择，或者直接用一句话说出您的问题：
        …
        > 7
        没有这个编号，请回复 1 到 6 之间的数字。

        我可以帮您做这些事，请回复数字选择，或者直接用一句话说出您的问题：
        …
        """);

    [Test]
    public Task Shows_the_list_again_when_the_number_was_sent_before_it() => NewChat().PlaysAsync(
        """
        > 政策
        …
        >! late 1
        请选择类别，或者直接说出您的问题，例如“居住证要什么材料”：
        …
        > 2
        【住房公积金】请回复数字查看：
        1. 住房公积金提取
        2. 订阅“住房公积金”的新政策
        """);

    [Test]
    public Task Hands_over_to_people_in_office_hours_and_says_when_outside_them() => NewChat().PlaysAsync(
        """
        > 人工
        (handed over)
        +180m
        > 转人工
        现在不是人工服务时间（周一至周五 09:00-12:00 13:30-17:30）。
        …
        """);

    [Test]
    public Task The_offices_own_keywords_come_before_the_search() => NewChat()
        .WithKeywords(new KeywordReply("公积金", Exact: false, "公积金业务请拨 12329。"), new KeywordReply("地址", Exact: true, "市民中心：人民路1号。"))
        .PlaysAsync(
            """
            > 公积金怎么取
            公积金业务请拨 12329。
            > 地址？
            市民中心：人民路1号。
            > 我的地址变了
            …
            """);

    [Test]
    public Task Asks_for_other_words_once_and_then_offers_people() => NewChat().PlaysAsync(
        """
        > 火星旅游签证价格表
        没有找到完全对应的内容。请换个说法再试一次，例如只说事项名称“居住证”“公积金提取”；也可以选择：
        1. 提交咨询，由工作人员答复
        2. 按类别查找
        3. 联系人工客服
        > 木星呢
        还是没有找到，很抱歉。您可以：
        1. 有了答案告诉我
        2. 提交咨询，由工作人员答复
        3. 按类别查找
        4. 联系人工客服
        > 4
        (handed over)
        """);

    [Test]
    public Task Answers_what_is_not_words_with_what_to_do_instead() => NewChat().PlaysAsync(
        """
        >! voice
        抱歉，这段语音没有听清。请再说一遍，或者直接打字告诉我。
        >! place 人民路
        您的位置已收到。请再告诉我您想办什么事，例如“办居住证”。
        > 【收到不支持的消息类型，暂无法显示】
        抱歉，这类消息暂时看不懂。请用文字或语音告诉我您想办的事，回复“帮助”查看我能做什么。
        """);

    [Test]
    public async Task Stays_courteous_to_who_sends_too_much()
    {
        var chat = NewChat();
        for (var i = 0; i < 120; i++)
            Assert.That(((Reply.Text)await chat.SayAsync("帮助")).Content, Does.StartWith("我可以帮您"), $"message {i + 1}");
        await chat.PlaysAsync(
            """
            > 帮助
            您发送得太快了，请稍候一分钟再继续，之前的内容都已保留。
            +1m
            > 帮助
            我可以帮您做这些事，请回复数字选择，或者直接用一句话说出您的问题：
            …
            """);
    }

    [TestCase("<a href=\"https://evil\">x</a>")]
    [TestCase("'; drop table policy; --")]
    [TestCase("😀😀😀")]
    [TestCase("。。。！！！")]
    [TestCase("\0\u0001")]
    [TestCase(" ")]
    public async Task Answers_anything(string words) =>
        Assert.That(await NewChat().SayAsync(words), Is.InstanceOf<Reply.Text>());

    [Test]
    public async Task Answers_a_very_long_question() =>
        Assert.That(await NewChat().SayAsync(string.Concat(Enumerable.Repeat("公积金怎么提取", 300))), Is.InstanceOf<Reply.Text>());

    [Test]
    public Task Leads_with_what_was_asked_and_cites_source_and_validity() => NewChat().PlaysAsync(
        """
        > 政策 公积金提取材料
        …
        > 1
        【住房公积金提取】
        所需材料：
          ① 身份证
          ② 购房合同
        费用：不收费
        来源：住房公积金管理中心
        效力：现行有效
        <a href="https://bot.example.gov.cn/p/G1">查看全文</a>

        这有帮助吗？
        1. 有帮助
        2. 没有解决
        > 1
        谢谢您的反馈！还有其他问题请直接说。
        """);
}
