using Bot.Bench.Notices;
using Bot.Data.Consents;
using Bot.Data.Messages;
using Bot.Data.Notices;
using Bot.Data.Postgres;
using Bot.Data.Staff;
using Bot.Handlers.Jobs;
using Bot.WeChat.Api;
using NUnit.Framework;

namespace Bot.Tests.Messages;

/// <summary>Which way it goes, what our own processes tell a citizen.</summary>
public sealed class MessageWayTests : MessageFixture
{
    private static readonly StaffMember s_boss = new(1, "boss", "", [StaffRole.Administrator], null);

    [Test]
    public async Task While_the_citizens_48_hours_run_it_is_said_at_the_desk()
    {
        await HeardAsync(hoursAgo: 47);
        await AddAsync("case:1:1");
        await AddAsync("case:1:1");

        await RunAsync();

        Assert.That(Desk.Said, Is.EqualTo(["您的工单已答复"]));
        Assert.That(await StandsAsync("case:1:1"), Is.EqualTo(("sent", (string?)null)));
    }

    [TestCase(49, 0, TestName = "Later it is a template notice")]
    [TestCase(1, 45015, TestName = "A window that the platform closed is a template notice")]
    [TestCase(1, 45047, TestName = "An allowance that is used up is a template notice")]
    public async Task It_goes_as_a_template_notice(int hoursAgo, int deskCode)
    {
        await HeardAsync(hoursAgo);
        if (deskCode != 0)
            Desk.Answers.Enqueue(Fault(deskCode));
        await AddAsync("case:1:2");

        await RunAsync();
        await RunAsync();

        var row = (await ClaimAsync(lane: NoticeLane.Single)).Rows.Single();
        Assert.That((row.To, row.Data["thing1"]), Is.EqualTo((Citizen, "工单答复")));
        Assert.That((await StandsAsync("case:1:2")).Status, Is.EqualTo("noticed"));
    }

    [Test]
    public async Task A_notice_that_did_not_arrive_is_followed_by_a_subscription_notice_once()
    {
        await ConsentAsync(times: 1);
        await AddAsync("case:1:3");
        await RunAsync();
        var claim = await ClaimAsync(lane: NoticeLane.Single);
        await RecordAsync(claim, Refused(claim.Rows[0]));

        await RunAsync();
        await RunAsync();

        Assert.That(Subscriptions.Sent, Is.EqualTo(["SUBSCRIBED"]));
        Assert.That((await StandsAsync("case:1:3")).Status, Is.EqualTo("granted"));
        Assert.That(await Get<IConsents>().HeldAsync(Citizen, "SUBSCRIBED", default), Is.Zero, "the consent is spent");
    }

    [TestCase(true, TestName = "A template whose fields are called otherwise is filled as the office said")]
    [TestCase(false, TestName = "A subscription template of the same labels is filled alike")]
    public async Task Goes_by_the_template_that_the_office_chose(bool follows)
    {
        const string content = "业务:{{thing3.DATA}}\n时间:{{time5.DATA}}\n说明:{{thing7.DATA}}";
        await Get<INoticeTemplates>().DefineAsync(new("hospital", "FOREIGN", "办理通知", content), "boss", default);
        var foreign = (await Get<INoticeTemplates>().FindAsync("hospital", default))!;
        Dictionary<string, string> fields = new() { ["thing3"] = "thing1", ["time5"] = "time3", ["thing7"] = "=请带身份证" };
        Assert.That(await Get<IMessageTemplates>().SetAsync(BenchTemplate.Code, foreign.Id, fields, s_boss, default));
        await Get<IConsents>().SyncAsync([new SubscriptionTemplate("SUBSCRIBED", "办理通知", "说明:{{thing1.DATA}}\n业务:{{thing2.DATA}}\n时间:{{time5.DATA}}", Type: 2)], default);
        await Get<IConsents>().HearAsync(Citizen, "SUBSCRIBED", accepted: true, 1, default);
        if (!follows)
            await ExecuteAsync("insert into follower (openid, subscribed) values (@To, false)", new { To = Citizen.Value });
        await AddAsync("case:1:14");

        await RunAsync();

        var data = follows ? (await ClaimAsync(lane: NoticeLane.Single)).Rows.Single().Data : Subscriptions.Data;
        Assert.That(string.Join(' ', data.OrderBy(d => d.Key).Select(d => $"{d.Key}={d.Value}")),
            Is.EqualTo(follows ? "thing3=工单答复 thing7=请带身份证 time5=10:00" : "thing1=请带身份证 thing2=工单答复 time5=10:00"));
    }

    [TestCase(true, TestName = "What a template notice offers can be answered by number once it was sent")]
    [TestCase(false, TestName = "What a subscription notice offers can be answered by number")]
    public async Task What_a_notice_offers_can_be_answered_by_number(bool arrives)
    {
        await ConsentAsync(times: 1);
        PostgresPrompts prompts = new(Database.DataSource, Clock);
        await prompts.AddAsync(Message("wait:1") with { NoticeChoices = ["book.wait take 1"] }, ["book.wait take 1", "book.wait decline 1"], default);
        await prompts.AddAsync(Message("wait:2") with { To = new("oOther") }, ["book.wait take 2"], default);
        await RunAsync();
        var claim = await ClaimAsync(lane: NoticeLane.Single);
        Assert.That(await RunAsync(), Has.All.InstanceOf<JobOutcome.Done>().Or.InstanceOf<JobOutcome.Again>());
        Assert.That(Screens.Shown, Is.Empty, "what nobody saw, nobody answers");

        var sentAt = Clock.GetUtcNow();
        await RecordAsync(claim, [.. claim.Rows.Select((row, i) => arrives ? Sent(row, i + 1) : (SendResult)Refused(row))]);
        await RunAsync();
        await RunAsync();

        Assert.That(Screens.Shown.Select(s => (s.Citizen, s.Choices)), Is.EqualTo([(Citizen, "book.wait take 1")]));
        if (arrives)
            Assert.That(Screens.Shown[0].At, Is.EqualTo(sentAt).Within(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public async Task Without_any_way_it_is_listed_for_staff_with_its_reason()
    {
        await AddAsync("case:1:4");
        await RunAsync();
        var claim = await ClaimAsync(lane: NoticeLane.Single);
        await RecordAsync(claim, Refused(claim.Rows[0]));

        await RunAsync();

        var listed = (await Get<ICitizenMessages>().UndeliveredAsync(0, 10, default)).Single();
        Assert.That((listed.Key, listed.Error), Is.EqualTo(("case:1:4", "模板消息：用户拒收")));
        Assert.That(Subscriptions.Sent, Is.Empty);
    }

    [Test]
    public async Task What_was_cancelled_or_never_heard_of_is_listed_and_not_told_another_way()
    {
        await ConsentAsync(times: 3);
        await AddAsync("case:1:5");
        await RunAsync();
        var lost = await ClaimAsync(lane: NoticeLane.Single);
        await RecordAsync(lost, Sent(lost.Rows[0], 9));
        await AddAsync("case:1:6");
        await RunAsync();
        var stopped = (await Notices.ListAsync(new NoticeFilter(NoticeStatus.Sending), default)).Single();
        await Notices.CancelAsync(stopped.Id, "chief", "", default);
        Clock.Advance(NoticeLimits.ResultWithin + TimeSpan.FromMinutes(1));
        await Queue.SweepAsync(default);

        await RunAsync();

        Assert.That((await Get<ICitizenMessages>().UndeliveredAsync(0, 10, default)).Select(m => (m.Key, m.Status, m.Error)), Is.EquivalentTo(
        [
            ("case:1:5", CitizenMessageStatus.Unknown, "模板消息：结果未知：没有收到送达结果"),
            ("case:1:6", CitizenMessageStatus.Undelivered, "模板消息：已取消"),
        ]));
        Assert.That(Subscriptions.Sent, Is.Empty);
    }

    [Test]
    public async Task Who_opted_out_of_everything_is_told_nothing()
    {
        await HeardAsync(hoursAgo: 1);
        await Get<INoticeOptOuts>().ChooseAsync(Citizen, NoticeOptOut.Everything, default);
        await AddAsync("case:1:9");

        await RunAsync();

        Assert.That(Desk.Said, Is.Empty);
        Assert.That(await StandsAsync("case:1:9"), Is.EqualTo(("undelivered", (string?)"市民已退订全部通知")));

        await Get<ICitizenMessages>().AddAsync(Message("call:1") with { Promised = true }, default);
        await ExecuteAsync("update follower set last_message_at = null");
        await Get<ICitizenMessages>().AddAsync(Message("closed:1") with { Promised = true }, default);
        await RunAsync();
        var claim = await ClaimAsync(lane: NoticeLane.Single);
        Assert.That(claim.Rows, Has.Count.EqualTo(2), "who waits in the hall is called, and told that it closes");
    }
}
