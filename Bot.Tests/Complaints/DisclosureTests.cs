using System.Text;
using Bot.Data.Calendar;
using Bot.Data.Cases;
using Bot.Handlers.Complaints;
using NUnit.Framework;

namespace Bot.Tests.Complaints;

/// <summary>依申请公开: from the form to the yearly report.</summary>
public sealed class DisclosureTests : CaseFixture
{
    private const string Id = "11010519491231002X";

    [Test]
    public async Task An_applicant_files_a_request_and_is_told_the_number_and_the_deadline()
    {
        await PlaysAsync(
            $"""
            > 依申请公开
            您可以在这里提交政府信息公开申请。请选择申请人，回复数字：
            1. 自然人
            2. 商业企业
            3. 科研机构
            4. 社会公益组织
            5. 法律服务机构
            6. 其他组织
            > 1
            按规定，接下来要登记申请人的身份和联系方式，信息加密保存，只用于办理您的申请；继续填写即表示同意。
            请填写您的姓名，要与身份证一致：
            > 王伟
            请填写您的居民身份证号码（18位）：
            > 11010519491231002
            这个身份证号码不对，请核对后重新填写。
            请填写您的居民身份证号码（18位）：
            > {Id}
            请填写联系人的手机号码：
            > 13800138000
            请写明要申请公开的信息：名称、文号，或者便于查找的其他特征，例如“2025年幸福路改造工程的招标结果”。可以分多条发送，写完请回复“完成”：
            > 2025年幸福路改造工程的招标结果
            已记录（共17字）。可以继续补充，写完请回复“完成”。
            > 完成
            您希望怎样获取信息？请回复数字：
            1. 电子文本，在本公众号答复
            2. 电子文本，发到电子邮箱
            3. 纸质文本，邮寄
            4. 纸质文本，当面领取
            > 2
            请填写接收信息的电子邮箱：
            > 没有
            地址不完整或格式不对，请重新填写。
            请填写接收信息的电子邮箱：
            > wang@example.com
            请核对：
            申请人：自然人 王*
            手机：138****8000
            申请内容：2025年幸福路改造工程的招标结果
            获取方式：电子文本，发到电子邮箱（wang@example.com）
            确认提交请回复数字；要改上一项请回复“返回”：
            1. 确认提交
            > 1
            提交成功！您的政府信息公开申请已收到。
            申请编号：TS20261123-0001-H
            承办：受理中心
            答复期限：2026年12月21日前（收到之日起20个工作日；确需延长的会事先告诉您，最多再延20个工作日）
            随时回复“查 TS20261123-0001-H”查看进展，有进展我们也会主动告诉您。
            """);
        var found = (await Desk.ListAsync(new(Kind: CaseKind.Disclosure), Centre, default)).Cases.Single();
        Assert.That(await Desk.ContactAsync(found.Number, Centre, "核实身份", default), Is.EqualTo($"王伟；{Id}；13800138000；wang@example.com"));
        Assert.That((await Desk.FindAsync(found.Number, Centre, default))!.Answers.Select(a => a.Answer), Is.EqualTo(new[] { "自然人", "电子文本，发到电子邮箱" }));
    }

    [Test]
    public async Task Words_behind_the_command_begin_the_request_and_a_half_filled_one_is_kept_for_a_week_beside_a_complaint()
    {
        await PlaysAsync(
            $"""
            > 申请公开 2025年幸福路改造工程的招标结果
            您要申请公开的信息已记录：“2025年幸福路改造工程的招标结果”。请选择申请人，回复数字：
            1. 自然人
            …
            > 1
            …
            > 王伟
            …
            > {Id}
            请填写联系人的手机号码：
            +31m
            > 13800138000
            “政府信息公开申请”已超过30分钟没有操作，本次办理已结束。您填写的内容和刚发的这一条都为您保留7天，回复“继续”可以接着填写；如果说的是别的事，请再发一次。
            > 投诉 路灯不亮
            …
            > 1
            …
            """);
        Assert.That(await AskAsync<long>("select count(*) from case_draft"), Is.EqualTo(2), "a complaint takes nothing from it");
        var elsewhere = await NewChatAsync();
        await elsewhere.PlaysAsync(
            """
            +9000m
            > 依申请公开
            您有一份没填完的政府信息公开申请（11月23日 10:01，“2025年幸福路改造工程的招标结果”），要接着填吗？请回复数字选择：
            1. 接着写
            2. 重新填写
            > 1
            已记录：“2025年幸福路改造工程的招标结果”
            可以继续补充要申请公开的信息，写完请回复“完成”。
            > 完成
            您希望怎样获取信息？请回复数字：
            …
            > 1
            请核对：
            申请人：自然人 王*
            …
            > 1
            提交成功！您的政府信息公开申请已收到。
            …
            """);
        Assert.That((await Cases.MineAsync(Citizen, 9, default)).Single().Story, Is.EqualTo("2025年幸福路改造工程的招标结果"));
        Assert.That(await AskAsync<long>("select count(*) from case_draft"), Is.EqualTo(1), "the complaint's");
    }

    [TestCase("申请公开要多少钱")]
    [TestCase("信息公开申请表格下载")]
    [TestCase("依申请公开指南")]
    public async Task A_question_about_requests_is_not_one(string question) =>
        Assert.That(((Bot.WeChat.Reply.Text)await Chat.SayAsync(question)).Content, Does.Not.Contain("请选择申请人"));

    [Test]
    public async Task Documents_go_out_with_the_answer_and_are_reached_by_a_link_that_lapses()
    {
        var filed = await RequestAsync();
        NewDocument table = new("中标结果.pdf", "application/pdf", [.. "%PDF-1.7"u8]), draft = new("草稿.docx", "application/zip", [1, 2, 3]);
        var (links, documents) = (Chat.Get<DocumentLinks>(), Chat.Get<ICaseDocuments>());
        await DoAsync(filed.Number, Centre, new CaseAct.Reply("见附件。", Disclosure.Open) { Documents = [table, draft] });
        Assert.That(await documents.SentAsync(filed.Number, default), Is.Empty, "it waits for a second person");
        await DoAsync(filed.Number, Second, new CaseAct.RejectReply("去掉草稿"));
        var kept = (await Desk.FindAsync(filed.Number, Centre, default))!.Documents;
        Assert.That(await Desk.ActAsync(filed.Number, (await Desk.FindAsync(filed.Number, Centre, default))!.File.Version, Centre,
            new CaseAct.Reply("太多", Disclosure.Open) { Documents = [.. Enumerable.Repeat(table, ICaseDocuments.Most)], Kept = [kept[0].Id] }, default),
            Is.EqualTo(new CaseOutcome.Refused(CaseRefusal.TooManyDocuments)));
        await DoAsync(filed.Number, Centre, new CaseAct.Reply("见附件。", Disclosure.Open) { Kept = [kept[0].Id, 999_999] });
        await DoAsync(filed.Number, Second, new CaseAct.ApproveReply());
        Assert.That((await WordsAsync())[^1], Does.Contain($"答复附件：1个，随时回复“查 {filed.Number}”可以查看和下载。\n1. 查看附件（1个）"));
        var sent = (await documents.SentAsync(filed.Number, default)).Single();
        Assert.That((await documents.ReadSentAsync(filed.Number, sent.Id, default))!.Value.Content, Is.EqualTo(table.Content));
        Assert.That(await documents.ReadSentAsync(filed.Number, kept[1].Id, default), Is.Null, "left out");
        Assert.That(await documents.ReadAsync(filed.Number, sent.Id, Stranger, default), Is.Null, "not their case");

        var told = ((Bot.WeChat.Reply.Text)await Chat.SayAsync($"查 {filed.Number}")).Content;
        Assert.That(told, Does.Contain("查看附件（1个）"));
        var link = ((Bot.WeChat.Reply.Text)await Chat.SayAsync("1")).Content;
        Assert.That(link, Does.Contain("本件答复有1个附件，请在11月26日 09:30前打开"));
        var parts = link.Split('\n').Single(line => line.StartsWith("https://", StringComparison.Ordinal)).Split('/');
        var (until, signature) = (long.Parse(parts[^2], null), parts[^1]);
        Assert.That(await links.ReadAsync(filed.Number, until, signature, default), Is.EqualTo(DocumentAddress.Good));
        Assert.That(await links.ReadAsync(filed.Number, until + 60, signature, default), Is.Null, "made longer by hand");
        Chat.Clock.Advance(TimeSpan.FromDays(3));
        Assert.That(await links.ReadAsync(filed.Number, until, signature, default), Is.EqualTo(DocumentAddress.Lapsed));
    }

    [Test]
    public async Task A_correction_is_asked_for_once_and_the_time_begins_anew_with_it()
    {
        var filed = await RequestAsync();
        var asked = await DoAsync(filed.Number, Centre, new CaseAct.Ask("请写明标段名称"));
        Assert.That(CaseClock.LastDayOf(asked.WaitUntil!.Value), Is.EqualTo(new DateOnly(2026, 12, 14)), "15 working days");
        Assert.That((await WordsAsync())[^1], Does.StartWith($"您的政府信息公开申请 {filed.Number} 需要补正：请写明标段名称\n请在2026年12月14日前"));

        Chat.Clock.Advance(TimeSpan.FromDays(7));
        await Cases.ActAsync(Citizen, filed.Number, new CaseAct.Add("一标段"), Guid.NewGuid(), default);
        var again = (await Desk.FindAsync(filed.Number, Centre, default))!.File;
        Assert.That((again.PausedAt, CaseClock.LastDayOf(again.AnswerBy)), Is.EqualTo(((DateTimeOffset?)null, new DateOnly(2026, 12, 28))));
        Assert.That(await Desk.ActAsync(filed.Number, again.Version, Centre, new CaseAct.Ask("再补"), default), Is.EqualTo(new CaseOutcome.Refused(CaseRefusal.Once)));
    }

    [Test]
    public async Task What_is_not_corrected_or_paid_for_in_time_is_given_up()
    {
        var silent = await RequestAsync();
        await DoAsync(silent.Number, Centre, new CaseAct.Ask("请写明标段名称"));
        var unpaid = await RequestAsync();
        await DoAsync(unpaid.Number, Centre, new CaseAct.Charge(12_50, "按件计收，请到窗口缴纳。"));
        Assert.That((await WordsAsync())[^1], Does.Contain("需要缴纳信息处理费12.50元。按件计收").And.Contain("2026年12月23日"));
        await Cases.ActAsync(Citizen, unpaid.Number, new CaseAct.Add("太贵了"), Guid.NewGuid(), default);

        Chat.Clock.Advance(TimeSpan.FromDays(31));
        foreach (var (request, decision) in new[] { (silent, Disclosure.Uncorrected), (unpaid, Disclosure.Unpaid) })
        {
            Assert.That(await Cases.TickAsync(request.Id, default), Is.Null);
            var ended = (await Desk.FindAsync(request.Number, Centre, default))!.File;
            Assert.That((ended.State, ended.Decision), Is.EqualTo((CaseState.Closed, decision)));
        }

        Assert.That((await WordsAsync())[^1], Does.Contain("按规定结束办理（逾期未缴费，不再处理）"));
    }

    [Test]
    public async Task An_answer_names_a_decision_passes_a_second_person_and_is_counted_in_the_yearly_report()
    {
        var filed = await RequestAsync();
        var version = (await Desk.FindAsync(filed.Number, Centre, default))!.File.Version;
        Assert.That(await Desk.ActAsync(filed.Number, version, Centre, new CaseAct.Reply("没有这份文件"), default), Is.EqualTo(new CaseOutcome.Refused(CaseRefusal.DecisionMissing)));
        Assert.That(await Desk.ActAsync(filed.Number, version, Centre, new CaseAct.Refuse("不想办"), default), Is.EqualTo(new CaseOutcome.Refused(CaseRefusal.NotYours)));
        Assert.That(await Desk.ActAsync(filed.Number, version, Centre, new CaseAct.AskExtension(21, "征求第三方意见"), default), Is.EqualTo(new CaseOutcome.Refused(CaseRefusal.Words)));
        await DoAsync(filed.Number, Centre, new CaseAct.AskExtension(20, "需要征求第三方意见。"));
        var extended = await DoAsync(filed.Number, Second, new CaseAct.GrantExtension());
        Assert.That(CaseClock.LastDayOf(extended.AnswerBy), Is.EqualTo(Chat.Get<CalendarLibrary>().Current.AddWorkingDays(new(2026, 12, 21), 20)));
        Assert.That((await WordsAsync())[^1], Does.Contain("需要征求第三方意见"));

        await DoAsync(filed.Number, Centre, new CaseAct.Reply("经检索，本机关没有制作或者获取该信息。", "absent"));
        Assert.That((await ReportAsync(2026)).Rows.Single(r => r.Name.Contains("信息不存在", StringComparison.Ordinal)).Total, Is.Zero, "it waits for a second person");
        var answered = await DoAsync(filed.Number, Second, new CaseAct.ApproveReply());
        Assert.That((answered.State, answered.Decision), Is.EqualTo((CaseState.Closed, "absent")));
        Assert.That((await WordsAsync())[^1], Is.EqualTo(
            $"您的政府信息公开申请 {filed.Number} 已有答复。\n办理结果：无法提供：本机关不掌握（信息不存在）\n经检索，本机关没有制作或者获取该信息。\n"
            + "对本答复不服的，可以自收到之日起60日内申请行政复议，或者在6个月内提起行政诉讼。"));
        await PlaysAsync(
            $"""
            > 查 {filed.Number}
            工单 {filed.Number}
            依申请公开·政府信息公开申请
            状态：已办结（受理中心）
            办理结果：无法提供：本机关不掌握（信息不存在）
            答复：经检索，本机关没有制作或者获取该信息。
            进展：
            11月23日 09:30 已提交
            11月23日 09:30 已受理
            11月23日 09:30 答复延期：需要征求第三方意见。
            11月23日 09:30 已答复

            您可以回复数字：
            1. 我的工单
            """);

        await RequestAsync();
        var report = await ReportAsync(2026);
        Assert.That((report.New, report.Answered, report.InTime, report.Left), Is.EqualTo((2, 1, 1, 1)));
        Assert.That(report.Rows.Single(r => r.Name.StartsWith("三、", StringComparison.Ordinal)).Counts, Is.EqualTo(new[] { 0, 1, 0, 0, 0, 0 }));
        using MemoryStream csv = new();
        await report.WriteAsync(csv, default);
        Assert.That(Encoding.UTF8.GetString(csv.ToArray()), Does.Contain("无法提供,本机关不掌握（信息不存在）,0,1,0,0,0,0,1"));
        var next = await ReportAsync(2027);
        Assert.That(next.Rows[1].Total, Is.EqualTo(1), "carried over");
    }

    [TestCase("9144030071526726XG", ExpectedResult = "9144030071526726XG")]
    [TestCase("９１４４０３００ 71526726xg", ExpectedResult = "9144030071526726XG")]
    [TestCase("9144030071526726XH", ExpectedResult = null)]
    [TestCase("91440300O1526726XG", ExpectedResult = null)]
    public string? An_organisation_is_known_by_its_credit_code(string said) => CreditCode.Read(said);

    private async Task<CaseFile> RequestAsync()
    {
        var filed = await Cases.FileAsync(
            Filing(category: "information-request", kind: CaseKind.Disclosure, story: "2025年幸福路改造工程的招标结果") with { Applicant = "business" }, default);
        await DoAsync(filed.Number, Centre, new CaseAct.Accept());
        return filed;
    }

    private async Task<DisclosureReport> ReportAsync(int year) => new(year, await Chat.Get<ICaseFigures>().DisclosuresAsync(year, default));
}
