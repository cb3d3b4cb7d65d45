using Bot.Data.Cases;
using Bot.Handlers.Policies.Learning;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Complaints;

/// <summary>密封举报: a conversation with somebody whom nobody knows.</summary>
public sealed class SealedReportTests : CaseFixture
{
    private static readonly OpenId s_anybody = new("oAnotherPhone");

    [Test]
    public async Task It_is_filed_followed_and_answered_by_its_code_alone()
    {
        Media.Files["m1"] = PhotoTests.Photo();
        await PlaysAsync(
            """
            > 举报
            …
            > 1
            …
            > 某某餐馆
            …
            > 后厨使用过期食品
            …
            >! image m1
            …
            > 完成
            …
            > 1
            …
            > 完成
            是否需要匿名？
            1. 实名（只有办理人员能看到联系方式）
            2. 匿名（办理人员看不到您的身份和联系方式）
            3. 密封（不保存您的身份，只凭查询码查看和回复）
            > 3
            请核对：
            …
            > 1
            密封举报已提交，工单里没有您的身份。请马上抄下查询码，它只显示这一次，遗失后无法找回：
            …
            受理期限：2026年11月24日前
            答复期限：2026年12月10日前
            …
            """);
        var code = (await Cases.CodeAsync(await AskAsync<Guid>("select run_id from case_file"), default)).Text;
        await FetchPhotosAsync();

        // Nothing that the database keeps leads to who it was; the picture came all the same.
        Assert.That(await AskAsync<int>("select (select count(*) from case_citizen) + (select count(*) from case_draft) + (select count(*) from citizen_message)"), Is.Zero);
        Assert.That(await AskAsync<string>("select string_agg(status || num_nonnulls(openid, openid_hash), ',') from case_photo"), Is.EqualTo("kept0"));
        var number = (await AskAsync<string>("select number from case_file"))!;
        Assert.That((await Desk.FindAsync(number, Centre, default))!.File is { Sealed: true, HasCitizen: false });

        await DoAsync(number, Centre, new CaseAct.Accept());
        await DoAsync(number, Centre, new CaseAct.Dispatch("urban", Officer));
        await DoAsync(number, Officer, new CaseAct.Take());
        await DoAsync(number, Officer, new CaseAct.Ask("大约几点看到的？"));
        Assert.That((await Cases.FindAsync(s_anybody, code.ToLowerInvariant().Replace("-", ""), default))!.File.Number, Is.EqualTo(number));
        await PlaysAsync(
            $"""
            > 查 {code}
            工单 {number}
            举报·食品安全违法
            状态：办理中（市城市管理局）
            正在等您补充情况，期限暂停计算。大约几点看到的？
            …
            > 1
            请发送要补充的文字、语音或照片，全部发完后请回复“完成”：
            > 晚上九点
            …
            > 完成
            补充内容已记入工单，办理人员会马上看到。
            1. 查看这件工单
            """);
        Assert.That((await Desk.FindAsync(number, Officer, default))!.Timeline[^1] is { Act: "add", Words: "晚上九点" });

        var answer = string.Concat(Enumerable.Repeat("经查属实，已立案处罚。", 60));
        Assert.That((await DoAsync(number, Officer, new CaseAct.Reply(answer))).State, Is.EqualTo(CaseState.Answered), "there is nobody to ask for a rating");
        await PlaysAsync(
            """
            > 1
            …
            > 1
            …
            （第1/2页，回复“下一页”看更多）
            1. 查看这件工单
            > 下一页
            …
            （已是最后一页）
            1. 查看这件工单
            """);
        Assert.That(await AskAsync<int>("select count(*) from citizen_message"), Is.Zero);
    }

    [Test]
    public async Task A_wrong_code_opens_nothing_and_the_same_confirmation_shows_the_same_one()
    {
        await PlaysAsync(
            """
            > 查 MF-0000-0000-0000-0000
            没有查到 MF-0000-0000-0000-0000，请核对查询码（不区分大小写，横线可以不写）。您也可以：
            1. 我的工单
            > mf-0000-0000-0000-0000
            没有查到 MF-0000-0000-0000-0000，请核对查询码（不区分大小写，横线可以不写）。您也可以：
            1. 我的工单
            > MF-0000-0000-000
            “MF-0000-0000-000”不是有效的工单编号，请核对后再发，例如“查 TS20261122-0007-Z”。也可以：
            1. 我的工单
            """);
        Assert.That(Chat.Get<QuestionLog>().Take().Asked, Is.Empty, "a code is no question to be kept");
        var run = Guid.NewGuid();
        var filing = Filing(run, category: "food-safety", kind: CaseKind.Report) with { Citizen = null, Sealed = true };
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Cases.FileAsync(filing, default))));
        Assert.That(await AskAsync<int>("select count(*) from case_sealed"), Is.EqualTo(1));
        var code = await Cases.CodeAsync(run, default);
        Assert.That((await Cases.FindAsync(s_anybody, (await Cases.CodeAsync(run, default)).Text, default))!.Owner, Is.True, code.Text);
    }

    [Test]
    public async Task A_photo_that_fails_while_the_form_is_open_does_not_lead_from_the_report_to_who_sent_it()
    {
        var run = Guid.NewGuid();
        await Chat.Get<ICasePhotos>().AddAsync(Citizen, run, "lost", video: false, default);
        await FetchPhotosAsync();
        await Cases.FileAsync(Filing(run, category: "food-safety", kind: CaseKind.Report) with { Citizen = null, Sealed = true }, default);
        Assert.That(await AskAsync<string>("select status from case_photo where case_id is not null"), Is.EqualTo("failed"));
        Assert.That(await AskAsync<int>("select count(*) from citizen_message"), Is.EqualTo(1), "told all the same");
        Assert.That(await AskAsync<int>("select count(*) from citizen_message m join case_photo p on p.id::text = any(string_to_array(m.key, ':'))"), Is.Zero);
    }

    [Test]
    public async Task A_reports_extension_is_granted_by_somebody_else_who_does_not_see_the_report()
    {
        var number = (await Cases.FileAsync(Filing(category: "food-safety", kind: CaseKind.Report), default)).Number;
        await DoAsync(number, Centre, new CaseAct.Accept());
        await DoAsync(number, Centre, new CaseAct.Dispatch("urban", Officer));
        await DoAsync(number, Officer, new CaseAct.Take());
        var asked = await DoAsync(number, Officer, new CaseAct.AskExtension(5, "需要抽样送检"));

        Assert.That(await Desk.ActAsync(number, asked.Version, Officer, new CaseAct.GrantExtension(), default), Is.EqualTo(new CaseOutcome.Refused(CaseRefusal.NotYours)));
        Assert.That(await Desk.FindAsync(number, Second, default), Is.Null);
        Assert.That(await Desk.ExtensionsOfReportsAsync(Officer, default), Is.Empty);
        Assert.That((await Desk.CountAsync(Second, default))[CaseView.Waiting], Is.EqualTo(1));
        await ExecuteAsync("update case_file set state = 'withdrawn'");
        Assert.That(((await Desk.ExtensionsOfReportsAsync(Second, default)).Count, (await Desk.CountAsync(Second, default))[CaseView.Waiting]), Is.EqualTo((0, 0)), "nothing to decide");
        await ExecuteAsync("update case_file set state = 'handling'");
        var waits = (await Desk.ExtensionsOfReportsAsync(Second, default)).Single();
        Assert.That((waits.Number, waits.Days, waits.Why, waits.By), Is.EqualTo((number, 5, "需要抽样送检", "赵科员")));
        Assert.That(await Desk.ActAsync(number, waits.Version, Second, new CaseAct.GrantExtension(), default), Is.InstanceOf<CaseOutcome.Changed>());
        var after = (await Desk.FindAsync(number, Officer, default))!.File;
        Assert.That((after.Extensions, after.AnswerBy > asked.AnswerBy), Is.EqualTo((1, true)));
        Assert.That(await Desk.ExtensionsOfReportsAsync(Second, default), Is.Empty);
    }
}
