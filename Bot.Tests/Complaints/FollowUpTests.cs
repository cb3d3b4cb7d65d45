using Bot.Data.Cases;
using NUnit.Framework;

namespace Bot.Tests.Complaints;

/// <summary>What a citizen does with a case that is filed: looks it up, adds to it, takes it back, joins a neighbour's, rates it.</summary>
public sealed class FollowUpTests : CaseFixture
{
    [Test]
    public Task A_number_with_a_slip_and_somebody_elses_number_are_told_apart() => PlaysAsync(
        """
        > 查 TS20261123-0001-0
        “TS20261123-0001-0”不是有效的工单编号，请核对后再发，例如“查 TS20261122-0007-Z”。也可以：
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
}
