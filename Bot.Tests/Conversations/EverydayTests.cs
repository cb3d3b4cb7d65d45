using Bot.Data.Appointments;
using Bot.Data.Cases;
using Bot.Data.Policies;
using Bot.Handlers;
using Bot.Handlers.Appointments;
using Bot.Handlers.Routing;
using NUnit.Framework;

namespace Bot.Tests.Conversations;

/// <summary>What people say to any office: thanks, are you open, and one more question about what they just read.</summary>
public sealed class EverydayTests
{
    private static readonly Policy s_guide = new()
    {
        Id = "G1", Type = PolicyType.Guide, Title = "居住证申领", Issuer = "公安机关", Category = "户籍证件", Materials = ["身份证"], Fee = "首次申领免费", Place = "派出所", TimeLimit = "15日内",
    };

    private static Chat NewChat()
    {
        var chat = new Chat().With(s_guide);
        chat.Get<CaseCatalogue>().Replace(
            [
                new() { Code = "lamp", Kind = CaseKind.Complaint, Name = "路灯照明", Keywords = ["路灯", "不亮"], Sort = 1 },
                new() { Code = "noise", Kind = CaseKind.Complaint, Name = "噪声扰民", Keywords = ["吵"], Sort = 2 },
            ], new Dictionary<string, string>());
        return chat;
    }

    [Test]
    public Task Thanks_and_goodbyes_are_answered_and_not_looked_up() => NewChat().PlaysAsync(
        """
        > 谢谢啦！
        不客气，能帮到您就好。还有需要，随时告诉我。
        > 好的，谢谢
        不客气，能帮到您就好。还有需要，随时告诉我。
        > 你是机器人吗？
        我是自动答复的服务助手，不是真人，可以帮您查政策、预约办事、提交诉求。需要工作人员，请回复“人工”。
        > 再見
        再见，祝您生活愉快。有事随时来找我。
        > 谢谢你告诉我居住证怎么办
        找到以下办事指南，请回复数字查看：
        …
        """);

    [Test]
    public async Task Thanks_within_a_form_belong_to_the_form()
    {
        var chat = NewChat();
        await chat.PlaysAsync("> 投诉路灯不亮\n…\n> 1\n…");
        await chat.PlaysAsync("> 谢谢\n已记录（共6字）。可以继续补充，全部发完后请回复“完成”。");
    }

    [Test]
    public Task One_more_question_is_about_the_card_that_was_read() => NewChat().PlaysAsync(
        """
        > 居住证
        …
        > 1
        【居住证申领】
        …
        > 要多少钱？
        【居住证申领】
        费用：首次申领免费
        来源：公安机关
        效力：现行有效
        <a href="https://bot.example.gov.cn/p/G1">查看全文</a>
        > 那多久能办好
        【居住证申领】
        办理时限：15日内
        …
        > 在哪里办呢
        【居住证申领】
        办理地点：派出所
        …
        > 有什么条件
        【居住证申领】
        这份指南没有写明这一点。可以查看全文，或者回复“人工”“咨询”由工作人员答复。
        …
        > 1
        谢谢您的反馈！还有其他问题请直接说。
        """);

    [Test]
    public Task Without_a_card_it_is_about_nothing() => NewChat().PlaysAsync(
        """
        > 要多少钱
        没有找到完全对应的内容。请换个说法再试一次，例如只说事项名称“居住证”“公积金提取”；也可以选择：
        …
        """);

    [Test]
    public Task A_problem_that_no_guide_answers_can_be_filed_in_the_same_words() => NewChat().PlaysAsync(
        """
        > 巷口路灯坏了三天
        没有找到对应的办事指南。听起来您要反映的是“路灯照明”方面的问题，可以直接提交，我们会给您编号、期限和答复：
        1. 提交投诉
        2. 提交咨询，由工作人员答复
        3. 按类别查找
        4. 联系人工客服
        > 1
        请选择类别，回复数字即可：
        1. 路灯照明（推荐）
        2. 噪声扰民
        > 1
        已记录：“巷口路灯坏了三天”
        …
        """);

    [TestCase("你们几点下班？")]
    [TestCase("请问周末上班吗")]
    [TestCase("怎么去你们那里")]
    [TestCase("大厅地址在哪")]
    [TestCase("电话是多少")]
    public async Task The_halls_say_where_they_are_and_when(string question)
    {
        var chat = NewChat();
        chat.Get<AppointmentPlans>().Replace(new(
            [
                new("a", "d", "市民中心", "人民路1号", "地铁2号线市民中心站", "0571-1234567", null, null, true),
                new("b", "d", "城东大厅", "东门路9号", "", "", null, null, true),
                new("c", "d", "旧大厅", "旧街", "", "", null, null, false),
            ], [],
            [Counters(1, "a", DayOfWeek.Monday), Counters(2, "b", DayOfWeek.Tuesday)], [], new()));
        await chat.PlaysAsync(
            $"""
            > {question}
            各办事大厅的开放时间、地址和电话（法定节假日不开放）：
            【市民中心】今天开放
            时间：周一 09:00-12:00
            地址：人民路1号
            交通：地铁2号线市民中心站
            电话：0571-1234567
            【城东大厅】今天不开放
            时间：周二 09:00-12:00
            地址：东门路9号

            回复数字可以预约：
            1. 市民中心
            2. 城东大厅
            """);
    }

    [TestCase("投 诉", "请选择类别")]
    [TestCase("人 工", "")]
    [TestCase(" 帮 助 ", "我可以帮您做这些事")]
    [TestCase("help", "我可以帮您做这些事")]
    [TestCase("投拆", "请选择类别")]
    [TestCase("投诉老板", "请选择类别")]
    [TestCase("查", "您还没有")]
    [TestCase("我想投诉路灯不亮", "请选择类别")]
    [TestCase("帮我查进度", "您还没有")]
    [TestCase("ts20261122-0007-z", "没有在您名下找到工单 TS20261122-0007-Z")]
    public async Task A_command_is_understood_as_people_write_it(string words, string begins)
    {
        var chat = NewChat();
        Assert.That(Chat.Shown(await chat.SayAsync(words)), Does.StartWith(begins));
    }

    [TestCase("非常不满意", ExpectedResult = "case.rate TS1 1")]
    [TestCase("好评！", ExpectedResult = "case.rate TS1 5")]
    [TestCase("谢谢", ExpectedResult = null)]
    public string? How_it_went_may_be_said_in_words(string words) =>
        RatingWords.Meant(new(["case.rate TS1", "case.reopen TS1"], []), Utterance.Of(words));

    [Test]
    public void A_visit_is_rated_in_words_and_of_two_cases_one_must_be_chosen()
    {
        Assert.That(RatingWords.Meant(new([.. Enumerable.Range(1, 5).Select(i => $"visit.rate 7 {i}")], []), Utterance.Of("满意")), Is.EqualTo("visit.rate 7 2"));
        Assert.That(RatingWords.Meant(new(["case.rate TS1", "case.rate TS2"], []), Utterance.Of("满意")), Is.Null);
    }

    [Test]
    public async Task What_a_citizen_wrote_never_becomes_a_link()
    {
        var chat = NewChat();
        await chat.PlaysAsync("> 投诉<a href='http://evil.example'>免费领奖</a>路灯不亮\n…");
        Assert.That(Chat.Shown(await chat.SayAsync("1")), Does.Contain("免费领奖").And.Not.Contain("<a"));
    }

    [TestCase("社保局电话", ExpectedResult = false)]
    [TestCase("我要上班证明", ExpectedResult = false)]
    [TestCase("怎么办", ExpectedResult = false)]
    [TestCase("我", ExpectedResult = false)]
    [TestCase("婚姻登记处几点下班", ExpectedResult = false)]
    [TestCase("怎么来", ExpectedResult = true)]
    public bool What_names_something_else_is_no_question_about_the_halls(string words) => HallQuestions.IsMeant(words);

    private static CounterGroup Counters(int id, string branch, DayOfWeek day) =>
        new(id, branch, "综合窗口", "A", 30, 1, 1, true) { Openings = [new(day, new(9, 0), new(12, 0), 2)] };
}
