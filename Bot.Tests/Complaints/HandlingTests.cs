using Bot.Data.Cases;
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
    public async Task What_the_office_did_wrongly_is_taken_back_once_with_a_reason_by_the_centre_alone()
    {
        var answered = await AnsweredAsync(await Cases.FileAsync(Filing(), default));
        var mistake = new CaseAct.TakeBack("答复发错了工单。");
        Assert.That(await Desk.ActAsync(answered.Number, answered.Version, Stranger, mistake, default), Is.EqualTo(new CaseOutcome.Refused(CaseRefusal.NotFound)), "another department");
        Assert.That(await Desk.ActAsync(answered.Number, answered.Version, Officer, mistake, default), Is.EqualTo(new CaseOutcome.Refused(CaseRefusal.NotYours)));
        Assert.That(await Desk.ActAsync(answered.Number, answered.Version, Centre, new CaseAct.TakeBack(""), default), Is.EqualTo(new CaseOutcome.Refused(CaseRefusal.Words)));
        var again = await DoAsync(answered.Number, Centre, mistake);
        Assert.That(await Desk.ActAsync(answered.Number, answered.Version, Second, mistake, default), Is.EqualTo(new CaseOutcome.Refused(CaseRefusal.Stale)), "the same form, by another hand");
        Assert.That((again.State, again.Department, again.Reopened, again.AnsweredBy[0]), Is.EqualTo((CaseState.Accepted, (string?)null, 1, "zhao")));
        Assert.That((await WordsAsync())[^1], Is.EqualTo($"很抱歉，您的工单 {answered.Number}（投诉·路灯照明）之前的处理有误，现在重新办理：答复发错了工单。\n将在2026年11月30日前答复您。"));
        Assert.That(await AskAsync<string>("select act || ' ' || actor from audit_entry order by id desc limit 1"), Is.EqualTo("case.take_back desk"));

        var first = await Cases.FileAsync(Filing(citizen: "oNeighbour"), default);
        var merged = await DoAsync((await Cases.FileAsync(Filing(), default)).Number, Centre, new CaseAct.Merge(first.Id, first.Number));
        Chat.Clock.Advance(TimeSpan.FromDays(14));
        var parted = await DoAsync(merged.Number, Centre, new CaseAct.TakeBack("不是同一盏路灯。"));
        Assert.That((parted.State, parted.MergedInto, parted.AnswerBy > merged.AnswerBy), Is.EqualTo((CaseState.Accepted, (long?)null, true)), "the days that were left");
        Assert.That(await Cases.FindAsync(Citizen, first.Number, default), Is.Null, "they hear of their own case alone");

        var refused = await DoAsync((await Cases.FileAsync(Filing(), default)).Number, Centre, new CaseAct.Refuse("不属于受理范围"));
        Chat.Clock.Advance(TimeSpan.FromDays(15) + TimeSpan.FromSeconds(1));
        Assert.That(await Desk.ActAsync(refused.Number, refused.Version, Centre, mistake, default), Is.EqualTo(new CaseOutcome.Refused(CaseRefusal.TooLate)));
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
    public async Task The_timeline_cannot_be_rewritten()
    {
        await Cases.FileAsync(Filing(), default);
        Assert.That(async () => await ExecuteAsync("update case_event set act = 'close'"), Throws.Exception.With.Message.Contains("append-only"));
        Assert.That(async () => await ExecuteAsync("delete from case_event"), Throws.Exception.With.Message.Contains("append-only"));
    }
}
