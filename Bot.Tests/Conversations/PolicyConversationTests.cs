using Bot.Data.Policies;
using Bot.Handlers.Policies;
using Bot.Handlers.Policies.Learning;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Conversations;

/// <summary>What citizens and the bot say to each other about documents, beyond a question and its card.</summary>
public sealed class PolicyConversationTests
{
    private static readonly Policy[] s_policies =
    [
        Guide("G1", "住房公积金提取", "住房公积金") with { Materials = ["身份证", "购房合同"], Fee = "不收费", Place = "公积金中心", TimeLimit = "3个工作日" },
        Guide("G2", "居住证申领", "户籍证件") with { Aliases = ["暂住证"] },
        Guide("G3", "户口迁移", "户籍证件"),
        Guide("G4", "租房补贴办法（旧）", "住房保障") with { Type = PolicyType.Policy, DocumentNumber = "滨政发〔2019〕3号", Status = PolicyStatus.Repealed, SuccessorId = "G5" },
        Guide("G5", "租房补贴办法", "住房保障") with { Type = PolicyType.Policy, DocumentNumber = "滨政发〔2026〕8号" },
    ];

    private static Chat NewChat() => new Chat().With(new ShelfContent(s_policies)
    {
        LifeEvents = [new("move", "搬家", ["我搬家了", "搬家"], ["G2", "G3", "gone"]), new("retire", "退休", ["要退休了"], ["G1"])],
    });

    private static Policy Guide(string id, string title, string category) => new()
    {
        Id = id, Type = PolicyType.Guide, Title = title, Issuer = "滨海市人民政府", Category = category,
    };

    [TestCase("公积金提取要什么材料", "所需材料：\n  ① 身份证")]
    [TestCase("公积金提取多久到账", "办理时限：3个工作日")]
    [TestCase("公积金提取要钱吗", "费用：不收费")]
    [TestCase("公积金提取去哪办", "办理地点：公积金中心")]
    public Task The_card_leads_with_what_was_asked(string question, string first) => NewChat().PlaysAsync(
        $"""
        > {question}
        找到以下办事指南，请回复数字查看：
        1. 住房公积金提取
        …
        > 1
        【住房公积金提取】
        {first}
        …
        """);

    [Test]
    public Task A_lapsed_document_warns_first_and_leads_to_its_successor() => NewChat().PlaysAsync(
        """
        > 滨政发〔2019〕3号
        …
        > 1
        【注意】以下内容已经失效，仅供参考，请不要据此办理。
        现行规定请看：租房补贴办法
        【租房补贴办法（旧）】
        来源：滨海市人民政府 滨政发〔2019〕3号
        效力：已失效
        …
        3. 租房补贴办法
        > 要多少钱
        【注意】以下内容已经失效，仅供参考，请不要据此办理。
        现行规定请看：租房补贴办法
        【租房补贴办法（旧）】
        这份指南没有写明这一点。可以查看全文，或者回复“人工”“咨询”由工作人员答复。
        …
        > 3
        【租房补贴办法】
        来源：滨海市人民政府 滨政发〔2026〕8号
        效力：现行有效
        …
        """);

    [Test]
    public async Task Who_finds_nothing_twice_can_be_told_later()
    {
        var chat = NewChat();
        await chat.PlaysAsync(
            """
            > 火星移民怎么报名
            没有找到完全对应的内容。请换个说法再试一次，例如只说事项名称“居住证”“公积金提取”；也可以选择：
            1. 提交咨询，由工作人员答复
            2. 按类别查找
            3. 联系人工客服
            > 火星签证13812345678
            还是没有找到，很抱歉。您可以：
            1. 有了答案告诉我
            2. 提交咨询，由工作人员答复
            3. 按类别查找
            4. 联系人工客服
            > 1
            已记下您的问题：“火星签证*”。有了答案，我们会第一时间在这里告诉您。还有其他问题请直接说。
            """);
        Assert.That(chat.Wishes.Waiting.Select(w => (w.Question, w.Normal)), Is.EqualTo([("火星签证*", "火星签证")]), "the phone number is nobody's business");
    }

    [Test]
    public async Task Whom_the_document_did_not_help_can_be_told_later_too()
    {
        var chat = NewChat();
        await chat.PlaysAsync(
            """
            > 暂住证丢了在外地能补吗
            …
            > 1
            …
            > 2
            抱歉没有帮到您。您可以换个说法再问一次，或者：
            1. 有了答案告诉我
            …
            > 1
            已记下您的问题：“暂住证丢了在外地能补吗”。有了答案，我们会第一时间在这里告诉您。还有其他问题请直接说。
            """);
        Assert.That(chat.Wishes.Waiting.Single().Question, Is.EqualTo("暂住证丢了在外地能补吗"));
    }

    [Test]
    public async Task Notes_every_question_with_what_was_shown_and_what_came_of_it()
    {
        var chat = NewChat();
        await chat.PlaysAsync(
            """
            > 暂住证
            找到以下办事指南，请回复数字查看：
            1. 居住证申领
            …
            > 1
            …
            > 返回
            找到以下办事指南，请回复数字查看：
            …
            > 1
            …
            > 1
            谢谢您的反馈！还有其他问题请直接说。
            > 火星移民
            …
            """);
        var (asked, settled) = chat.Get<QuestionLog>().Take();
        Assert.That(asked.Select(a => (a.Question, string.Join(' ', a.Shown.Take(1)))), Is.EqualTo([("暂住证", "G2"), ("火星移民", "")]), "going back asks nothing anew");
        Assert.That(settled.Select(s => (s.Outcome, s.PolicyId)).Distinct(), Is.EqualTo([(QuestionOutcome.Picked, "G2"), (QuestionOutcome.Helped, "G2")]));
        Assert.That(settled.Select(s => s.Key).Distinct(), Is.EqualTo([asked[0].Key]));
    }

    [Test]
    public async Task None_of_these_is_noted_and_asks_for_other_words()
    {
        var chat = NewChat();
        var answer = (Reply.Text)await chat.SayAsync("居住证");
        var none = answer.Content.Split('\n').Single(line => line.EndsWith("都不是", StringComparison.Ordinal))[0];
        await chat.PlaysAsync(
            $"""
            > {none}
            没有找到完全对应的内容。请换个说法再试一次，例如只说事项名称“居住证”“公积金提取”；也可以选择：
            …
            """);
        Assert.That(chat.Get<QuestionLog>().Take().Settled.Single().Outcome, Is.EqualTo(QuestionOutcome.None));
    }

    [Test]
    public async Task Subscribes_only_after_consent_and_ends_it_by_number()
    {
        var chat = NewChat();
        await chat.PlaysAsync(
            """
            >! scan topic_户籍证件
            【户籍证件】请回复数字查看：
            1. 居住证申领
            2. 户口迁移
            3. 订阅“户籍证件”的新政策
            > 3
            订阅后，“户籍证件”有政策发布、修订或失效时，我们会在公众号里通知您。为此需要记下您的订阅，随时可以回复“我的订阅”取消。
            是否订阅？
            1. 同意并订阅
            2. 不订阅
            > 2
            【户籍证件】请回复数字查看：
            …
            > 3
            …
            > 1
            已订阅“户籍证件”。有新内容时会通知您；取消请回复“我的订阅”。
            """);
        Assert.That(chat.Topics.Joined.Select(j => j.Topic), Is.EqualTo(["户籍证件"]));
        await chat.PlaysAsync(
            """
            > 我的订阅
            您订阅了以下主题，请回复数字取消：
            1. 取消订阅“户籍证件”
            …
            > 1
            已取消订阅“户籍证件”。
            > 我的订阅
            您还没有订阅主题。进入一个类别就可以订阅：
            1. 按类别查找
            2. 管理其他通知
            """);
        Assert.That(chat.Topics.Joined, Is.Empty);
    }

    [TestCase("我搬家了")]
    [TestCase("我刚搬家，要办什么手续？")]
    [TestCase("搬家了")]
    [TestCase("我們家最近搬家了")]
    public Task One_sentence_brings_all_that_is_to_be_done(string sentence) => NewChat().PlaysAsync(
        $"""
        > {sentence}
        “搬家”一般会涉及以下事项，请回复数字逐项查看材料和办法：
        1. 居住证申领
        2. 户口迁移
        3. 预约办理
        > 1
        【居住证申领】
        …
        > 返回
        “搬家”一般会涉及以下事项，请回复数字逐项查看材料和办法：
        …
        """);

    [TestCase("搬家后户口怎么迁移")]
    [TestCase("搬家公司乱收费")]
    public async Task A_question_about_something_in_particular_is_no_life_event(string question) =>
        Assert.That(((Reply.Text)await NewChat().SayAsync(question)).Content, Does.Not.Contain("一般会涉及"));

    [Test]
    public Task Lists_the_life_events_by_name() => NewChat().PlaysAsync(
        """
        > 一件事
        遇到下面这些事，相关手续可以一起了解，请回复数字选择：
        1. 搬家
        2. 退休
        > 2
        “退休”一般会涉及以下事项，请回复数字逐项查看材料和办法：
        1. 住房公积金提取
        2. 预约办理
        """);
}
