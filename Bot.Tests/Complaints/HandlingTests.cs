using Bot.Data.Cases;
using Bot.Handlers.Complaints;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Complaints;

/// <summary>What happens to a case on staff's side, and what the citizen hears of it.</summary>
public sealed class HandlingTests : CaseFixture
{
    [Test]
    public async Task Two_hosts_with_the_same_confirmation_file_one_case()
    {
        var run = Guid.NewGuid();
        var filed = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Cases.FileAsync(Filing(run), default))));
        Assert.That(filed.Select(f => f.Number).Distinct().Count(), Is.EqualTo(1));
        Assert.That(await AskAsync<int>("select count(*) from case_file"), Is.EqualTo(1));
        Assert.That(await AskAsync<int>("select count(*) from case_event"), Is.EqualTo(1));
    }

    [Test]
    public async Task Every_step_is_in_the_timeline_the_audit_log_and_a_letter_once()
    {
        var before = await AskAsync<long>("select coalesce(max(id), 0) from audit_entry");
        var filed = await Cases.FileAsync(Filing(), default);
        await AnsweredAsync(filed);
        Assert.That(await WordsAsync(), Is.EqualTo(new[]
        {
            $"您的工单 {filed.Number}（投诉·路灯照明）已受理，将在2026年11月30日前答复您。",
            $"您的工单 {filed.Number}（投诉·路灯照明）已转交市城市管理局办理，将在2026年11月30日前答复您。",
            $"市城市管理局已开始办理您的工单 {filed.Number}（投诉·路灯照明）。",
            $"您的工单 {filed.Number}（投诉·路灯照明）已有答复：\n灯头已更换，路灯恢复照明。\n您是否满意？请回复数字，也可以以后回复“评价”；如果没有解决，15天内可以申请重新办理：\n1. 评价\n2. 没有解决，重新办理",
        }));
        Assert.That(await AskAsync<string>("select string_agg(act, ' ' order by id) from case_event"), Is.EqualTo("file accept dispatch take reply ask_rating"));
        Assert.That(await AskAsync<string>("select string_agg(act, ' ' order by id) from audit_entry where id > " + before),
            Is.EqualTo("case.accept case.dispatch case.take case.reply"));
        Assert.That(await AskAsync<string>("select string_agg(distinct key, ' ') from citizen_message"), Does.Not.Contain(Citizen.Value));
        Assert.That(await AskAsync<string>("select string_agg(data::text, ' ') from job where kind = 'citizen-prompt'"), Is.EqualTo($"[\"case.rate {filed.Number}\",\"case.reopen {filed.Number}\"]"),
            "what its numbers mean");
    }

    [Test]
    public async Task Who_acts_on_an_older_state_is_told_and_changes_nothing()
    {
        var filed = await Cases.FileAsync(Filing(), default);
        var both = await Task.WhenAll(
            Task.Run(() => Desk.ActAsync(filed.Number, filed.Version, Centre, new CaseAct.Accept(), default)),
            Task.Run(() => Desk.ActAsync(filed.Number, filed.Version, Second, new CaseAct.Refuse("不属于受理范围"), default)));
        Assert.That(both.OfType<CaseOutcome.Changed>().Count(), Is.EqualTo(1));
        Assert.That(both.OfType<CaseOutcome.Refused>().Single().Why, Is.EqualTo(CaseRefusal.Stale));
    }

    [Test]
    public async Task The_citizen_rates_once_and_a_bad_rating_reopens()
    {
        var filed = await Cases.FileAsync(Filing(), default);
        await AnsweredAsync(filed);
        await PlaysAsync(
            $"""
            > 评价
            这些等您评价，回复数字选择：
            1. {filed.Number} 待评价 路灯照明
            > 1
            您对这次办理满意吗？请回复数字：
            1. 非常满意
            2. 满意
            3. 基本满意
            4. 不满意
            5. 非常不满意
            > 5
            想说几句吗？可以直接打字；不说请回复“1”：
            1. 不说了，提交评价
            > 灯还是不亮
            很抱歉没有让您满意。我们会安排专人回访，并换一位办理人员重新办理。
            1. 查看这件工单
            > 评价
            目前没有等待您评价的工单或到厅服务。您可以：
            1. 我的工单
            """);
        var again = (await Desk.FindAsync(filed.Number, Centre, default))!.File;
        Assert.That((again.State, again.CallBackDue, again.Rating), Is.EqualTo((CaseState.Accepted, true, (int?)1)));
        await DoAsync(filed.Number, Centre, new CaseAct.Call(true, "已致歉，约定周三复查"));
        Assert.That(await AskAsync<string>("select words from case_call"), Is.EqualTo("已致歉，约定周三复查"));
    }

    [Test]
    public async Task What_the_citizen_adds_sets_the_clock_going_again()
    {
        var filed = await Cases.FileAsync(Filing(), default);
        await DoAsync(filed.Number, Centre, new CaseAct.Accept());
        await DoAsync(filed.Number, Centre, new CaseAct.Ask("请补充具体门牌号"));
        await PlaysAsync(
            $"""
            > 查 {filed.Number}
            工单 {filed.Number}
            投诉·路灯照明
            状态：已受理（受理中心）
            正在等您补充情况，期限暂停计算。请补充具体门牌号
            进展：
            11月23日 09:30 已提交
            11月23日 09:30 已受理
            11月23日 09:30 请补充情况：请补充具体门牌号

            您可以回复数字：
            1. 补充说明
            2. 撤回
            3. 我的工单
            +2880m
            > 1
            请发送要补充的文字、语音或照片，全部发完后请回复“完成”：
            > 人民路12号门前
            已记录（共8字）。可以继续补充，全部发完后请回复“完成”。
            > 完成
            补充内容已记入工单，办理人员会马上看到。
            1. 查看这件工单
            """);
        var file = (await Desk.FindAsync(filed.Number, Centre, default))!.File;
        Assert.That((file.PausedAt, CaseClock.LastDayOf(file.AnswerBy)), Is.EqualTo(((DateTimeOffset?)null, new DateOnly(2026, 12, 2))));
    }

    [Test]
    public async Task A_citizen_withdraws_and_reopens()
    {
        var filed = await Cases.FileAsync(Filing(), default);
        await PlaysAsync(
            $"""
            > 查 {filed.Number}
            …
            > 2
            请选择撤回的原因：
            1. 问题已经解决
            2. 填写有误，重新提交
            3. 不想继续了
            > 1
            工单已撤回。
            1. 查看这件工单
            """);
        var second = await Cases.FileAsync(Filing(), default);
        await AnsweredAsync(second);
        await PlaysAsync(
            $"""
            > 查 {second.Number}
            …
            1. 评价
            2. 没有解决，重新办理
            3. 我的工单
            > 2
            请说说哪里没有解决，我们会换一位办理人员重新办理：
            > 昨晚又灭了
            已重新办理，将在2026年11月30日前答复您。
            1. 查看这件工单
            """);
        Assert.That((await Desk.FindAsync(second.Number, Centre, default))!.File.AnsweredBy, Is.EqualTo(new[] { "zhao" }));
    }

    [Test]
    public Task A_number_with_a_slip_and_somebody_elses_number_are_told_apart() => PlaysAsync(
        """
        > 查 TS20261123-0001-0
        “ts20261123-0001-0”不是有效的工单编号，请核对后再发，例如“查 TS20261122-0007-3”。也可以：
        1. 我的工单
        > 我的工单
        您还没有提交过工单。您可以：
        1. 投诉、举报、咨询、建议
        """);

    [Test]
    public async Task Somebody_elses_case_is_not_shown()
    {
        var filed = await Cases.FileAsync(Filing(citizen: "oSomebodyElse"), default);
        await PlaysAsync(
            $"""
            > 查 {filed.Number}
            没有在您名下找到工单 {filed.Number}。只能查看自己提交或加入的工单：
            1. 我的工单
            """);
    }

    [Test]
    public async Task Time_tells_the_citizen_first_when_the_office_is_late_and_closes_what_nobody_rates()
    {
        var late = await Cases.FileAsync(Filing(), default);
        await DoAsync(late.Number, Centre, new CaseAct.Accept());
        Assert.That(await AskAsync<int>("select count(*) from job where kind = 'case.clock' and status = 'waiting'"), Is.EqualTo(1));
        Chat.Clock.Advance(TimeSpan.FromDays(8));
        Assert.That(await Cases.TickAsync(late.Id, default), Is.Null);
        Assert.That(await Cases.TickAsync(late.Id, default), Is.Null, "told once");
        Assert.That((await WordsAsync())[^1], Does.StartWith("很抱歉").And.Contain("受理中心"));
        Assert.That(await AskAsync<int>("select count(*) from case_event where act = 'overdue'"), Is.EqualTo(1));
        Assert.That((await Desk.ListAsync(new(CaseView.Urgent), Centre, default)).Cases.Select(c => c.Number), Is.EqualTo(new[] { late.Number }));

        var quiet = await Cases.FileAsync(Filing(), default);
        await AnsweredAsync(quiet);
        Chat.Clock.Advance(TimeSpan.FromDays(7));
        await Cases.TickAsync(quiet.Id, default);
        Assert.That((await Desk.FindAsync(quiet.Number, Centre, default))!.File.State, Is.EqualTo(CaseState.Closed));
    }

    [Test]
    public async Task A_near_case_is_offered_and_those_who_join_hear_of_it_without_learning_of_each_other()
    {
        var first = await Cases.FileAsync(Filing(citizen: "oNeighbour", latitude: 39.9001, longitude: 116.4), default);
        await Cases.FileAsync(Filing(citizen: "oFar", latitude: 39.91, longitude: 116.4), default);
        await Cases.FileAsync(Filing(citizen: "oOther", story: "井盖松动有异响", latitude: 39.9, longitude: 116.4), default);
        await PlaysAsync(
            $"""
            > 投诉 人民路路灯不亮
            …
            > 1
            …
            > 完成
            …
            >! at 39.9,116.4
            附近已有同类工单正在办理，是同一件事吗？选择加入后，我们会把进展一并告诉您：
            1. 人民路路灯不亮，晚上看不…（相距11米，11月23日 09:30提交，待受理）
            2. 都不是，继续填写
            > 1
            确认加入这件工单吗？要改请回复“返回”：
            1. 确认提交
            > 返回
            附近已有同类工单正在办理，是同一件事吗？选择加入后，我们会把进展一并告诉您：
            …
            > 1
            …
            > 1
            已加入工单 {first.Number}（待受理，答复期限2026年11月30日前）。有进展会一并告诉您，也可以随时回复“查 {first.Number}”查看。
            > 查 {first.Number}
            工单 {first.Number}
            投诉·路灯照明
            状态：待受理
            （您加入的工单）
            …
            """);
        await AnsweredAsync(first, "私下告诉报修人的话");
        Assert.That(await AskAsync<int>("select count(*) from citizen_message where openid = 'oTestCitizen'"), Is.EqualTo(4));
        Assert.That(await AskAsync<int>("select count(*) from citizen_message where openid = 'oTestCitizen' and words ~ '私下'"), Is.Zero);
        Assert.That((await Desk.FindAsync(first.Number, Centre, default))!.Joined, Is.EqualTo(1));
    }

    [Test]
    public async Task A_merged_case_hands_its_citizen_over_to_the_other()
    {
        var first = await Cases.FileAsync(Filing(citizen: "oNeighbour"), default);
        var second = await Cases.FileAsync(Filing(), default);
        await DoAsync(second.Number, Centre, new CaseAct.Merge(first.Id, first.Number));
        await DoAsync(first.Number, Centre, new CaseAct.Accept());
        Assert.That(await AskAsync<int>("select count(*) from citizen_message where openid = 'oTestCitizen'"), Is.EqualTo(2), "the merger, and what comes after it");
        Assert.That((await Cases.FindAsync(Citizen, first.Number, default))!.Owner, Is.False);
    }

    [Test]
    public async Task The_contact_is_shown_for_a_reason_that_is_kept()
    {
        var filed = await Cases.FileAsync(Filing() with { Anonymous = true }, default);
        await DoAsync(filed.Number, Centre, new CaseAct.Accept());
        await DoAsync(filed.Number, Centre, new CaseAct.Dispatch("urban", null));
        Assert.That(await Desk.ContactAsync(filed.Number, Officer, "核实地点", default), Is.Null);
        Assert.That(await Desk.ContactAsync(filed.Number, Centre, "", default), Is.Null);
        Assert.That(await Desk.ContactAsync(filed.Number, Centre, "核实地点", default), Is.EqualTo("张女士 13800138000"));
        Assert.That(await AskAsync<int>("select count(*) from audit_entry where act = 'case.reveal_contact' and details::text ~ '核实地点'"), Is.EqualTo(1));
        Assert.That(await AskAsync<bool>("select position(convert_to('138', 'UTF8') in contact) = 0 from case_file"), Is.True);
    }

    [Test]
    public async Task Numbers_that_a_citizen_wrote_are_masked_and_shown_for_a_reason_that_is_kept()
    {
        var filed = await Cases.FileAsync(Filing(story: "店家电话138-0013-8001，卡号6222020200012345678") with { Answers = [new("何时？", "打13900139000问过")] }, default);
        await Cases.ActAsync(Citizen, filed.Number, new CaseAct.Add("又换成 13700137000 了"), Guid.NewGuid(), default);
        await DoAsync(filed.Number, Centre, new CaseAct.Accept());
        await DoAsync(filed.Number, Centre, new CaseAct.Dispatch("urban", null));
        var seen = (await Desk.FindAsync(filed.Number, Officer, default))!;
        Assert.That((seen.File.Story, seen.Answers[0].Answer, seen.SeesOriginal), Is.EqualTo(("店家电话138-****-8001，卡号622**************78", "打139****9000问过", true)));
        Assert.That(seen.Timeline.Select(e => e.Words), Has.Some.EqualTo("又换成 137****7000 了"));

        Assert.That(await Desk.OriginalAsync(filed.Number, Officer, "", default), Is.Null);
        Assert.That(await Desk.OriginalAsync(filed.Number, Stranger, "核实店家", default), Is.Null);
        Assert.That(await Desk.OriginalAsync(filed.Number, Officer, "核实店家", default),
            Is.EqualTo("店家电话138-0013-8001，卡号6222020200012345678\n何时？打13900139000问过\n\n又换成 13700137000 了"));
        Assert.That(await AskAsync<int>("select count(*) from audit_entry where act = 'case.reveal_words' and details::text ~ '核实店家'"), Is.EqualTo(1));
        Assert.That(await AskAsync<int>("select count(*) from case_event where words_sealed::text ~ encode('13700137000', 'hex')"), Is.Zero);

        var hidden = await Cases.FileAsync(Filing(story: "我的电话13800138000") with { Anonymous = true }, default);
        await DoAsync(hidden.Number, Centre, new CaseAct.Accept());
        await DoAsync(hidden.Number, Centre, new CaseAct.Dispatch("urban", null));
        Assert.That((await Desk.FindAsync(hidden.Number, Officer, default))!.SeesOriginal, Is.False, "it may be their own");
        Assert.That(await Desk.OriginalAsync(hidden.Number, Centre, "回访", default), Is.EqualTo("我的电话13800138000"));
    }

    [Test]
    public async Task The_queue_pages_by_cursor_and_each_sees_what_is_theirs()
    {
        for (var i = 0; i < 7; i++)
            await Cases.FileAsync(Filing(citizen: $"o{i}"), default);
        var report = await Cases.FileAsync(Filing(kind: CaseKind.Report, category: "food-safety", citizen: "oWhistle"), default);
        List<string> seen = [];
        for (string? after = null; ;)
        {
            var page = await Desk.ListAsync(new(CaseView.Inbox, CaseOrder.Newest, After: after, Limit: 3), Centre, default);
            seen.AddRange(page.Cases.Select(c => c.Number));
            if (page.Next is null)
                break;
            after = page.Next;
        }

        Assert.That(seen, Has.Count.EqualTo(8).And.Unique);
        Assert.That((await Desk.ListAsync(new(CaseView.All), Officer, default)).Cases, Is.Empty);
        Assert.That((await Desk.CountAsync(Centre, default))[CaseView.Inbox], Is.EqualTo(8));
        await DoAsync(report.Number, Centre, new CaseAct.Accept());
        await DoAsync(report.Number, Centre, new CaseAct.Dispatch("market", Stranger));
        Assert.That((await Desk.ListAsync(new(CaseView.Open), Centre, default)).Cases.Select(c => c.Number), Does.Not.Contain(report.Number));
        Assert.That((await Desk.ListAsync(new(CaseView.Mine), Stranger, default)).Cases.Select(c => c.Number), Is.EqualTo(new[] { report.Number }));
    }

    [Test]
    public async Task The_timeline_cannot_be_rewritten()
    {
        await Cases.FileAsync(Filing(), default);
        Assert.That(async () => await ExecuteAsync("update case_event set act = 'close'"), Throws.Exception.With.Message.Contains("append-only"));
        Assert.That(async () => await ExecuteAsync("delete from case_event"), Throws.Exception.With.Message.Contains("append-only"));
    }

    [Test]
    public async Task An_adopted_suggestion_is_public_only_while_the_citizen_agrees()
    {
        var filed = await Cases.FileAsync(Filing(category: "suggestion-other", kind: CaseKind.Suggestion, story: "建议公园早一小时开门"), default);
        await DoAsync(filed.Number, Centre, new CaseAct.Accept());
        await DoAsync(filed.Number, Centre, new CaseAct.Take());
        await DoAsync(filed.Number, Centre, new CaseAct.Reply("感谢您的建议。"));
        Assert.That(await ShareAsync("yes", filed.Number), Does.StartWith("没有找到可以公开的建议"), "nothing was adopted");
        await DoAsync(filed.Number, Centre, new CaseAct.Adopt("公园改为5点开门。"));
        Assert.That((await WordsAsync())[^1], Does.Contain("已被采纳。公园改为5点开门。").And.Contain("1. 同意公开"));
        Assert.That(await AskAsync<string>("select data::text from job where kind = 'citizen-prompt' order by id desc limit 1"), Does.Contain($"case.share yes {filed.Number}"));
        Assert.That((await Desk.ActAsync(filed.Number, (await Desk.FindAsync(filed.Number, Centre, default))!.File.Version, Centre, new CaseAct.Redact("早开门", "公园早开门", ""), default)),
            Is.EqualTo(new CaseOutcome.Refused(CaseRefusal.WrongState)), "the citizen was not asked yet");

        Assert.That(await ShareAsync("yes", filed.Number), Does.StartWith("感谢您的同意"));
        Assert.That(await ShareAsync("yes", filed.Number), Does.StartWith("您已经同意公开"));
        await DoAsync(filed.Number, Centre, new CaseAct.Redact("公园早一小时开门", "建议公园早一小时开门", ""));
        Assert.That(await AdoptedAsync(), Does.StartWith("还没有公开的采纳情况"));
        await DoAsync(filed.Number, Second, new CaseAct.Adopt("公园改为5点开门。"));
        foreach (var author in new[] { Centre, Second })
        {
            Assert.That((await Desk.ActAsync(filed.Number, (await Desk.FindAsync(filed.Number, Centre, default))!.File.Version, author, new CaseAct.Publish(), default)),
                Is.EqualTo(new CaseOutcome.Refused(CaseRefusal.SamePerson)), "nobody publishes their own words, redacted or adopted");
        }

        await DoAsync(filed.Number, Second, new CaseAct.Redact("公园早一小时开门", "建议公园早一小时开门", ""));
        await DoAsync(filed.Number, Centre, new CaseAct.Publish());
        Assert.That(await AdoptedAsync(), Does.Contain("· 公园早一小时开门\n　公园改为5点开门。").And.Contain("/suggestions"));
        await DoAsync(filed.Number, Centre, new CaseAct.Adopt("公园改为5点开门，已经开了一个月。"));
        Assert.That(await AdoptedAsync(), Does.StartWith("还没有公开的采纳情况"), "what changed is approved anew");
        await DoAsync(filed.Number, Centre, new CaseAct.Redact("公园早一小时开门", "建议公园早一小时开门", ""));
        await DoAsync(filed.Number, Second, new CaseAct.Publish());
        await PlaysAsync(
            $"""
            > 查 {filed.Number}
            …
            3. 不再公开
            4. 我的工单
            > 3
            好的，{filed.Number} 不再公开。
            """);
        Assert.That(await AdoptedAsync(), Does.StartWith("还没有公开的采纳情况"));
        Assert.That(await Desk.ActAsync((await Cases.FileAsync(Filing(), default)).Number, 1, Centre, new CaseAct.Adopt("x"), default), Is.InstanceOf<CaseOutcome.Refused>(), "a complaint is not adopted");
    }

    private async Task<string> ShareAsync(string word, string number) =>
        ((Reply.Text)(await Chat.Get<CaseSharing>().HandleAsync(new(Chat.Typed("1"), $"{word} {number}"), default)).Reply).Content;

    private async Task<string> AdoptedAsync() => ((Reply.Text)await Chat.SayAsync("采纳的建议")).Content;
}
