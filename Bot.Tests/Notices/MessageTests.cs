using Bot.Bench.Notices;
using Bot.Data.Consents;
using Bot.Data.Jobs;
using Bot.Data.Messages;
using Bot.Data.Notices;
using Bot.Data.Postgres;
using Bot.Data.Staff;
using Bot.Handlers.Conversation;
using Bot.Handlers.Jobs;
using Bot.Handlers.Messages;
using Bot.WeChat;
using Bot.WeChat.Api;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Notices;

/// <summary>What our own processes tell a citizen: which way it goes, and that it goes once.</summary>
public sealed class MessageTests : NoticeFixture
{
    private static readonly OpenId s_citizen = new("oTold");
    private static readonly StaffMember s_boss = new(1, "boss", "", [StaffRole.Administrator], null);

    private readonly ScriptedDesk _desk = new();
    private readonly ScriptedSubscriptions _subscriptions = new();
    private readonly RememberedScreens _screens = new();

    [SetUp]
    public void Forget()
    {
        _desk.Said.Clear();
        _desk.Answers.Clear();
        _subscriptions.Sent.Clear();
        _screens.Shown.Clear();
        _subscriptions.Answer = new Done();
        (_desk.Meanwhile, _subscriptions.Meanwhile) = (() => { }, () => { });
        // Some jobs are enqueued by the database's own clock.
        Clock.AdjustTime(DateTimeOffset.UtcNow);
    }

    [Test]
    public async Task While_the_citizens_48_hours_run_it_is_said_at_the_desk()
    {
        await HeardAsync(hoursAgo: 47);
        await AddAsync("case:1:1");
        await AddAsync("case:1:1");

        await RunAsync();

        Assert.That(_desk.Said, Is.EqualTo(["您的工单已答复"]));
        Assert.That(await StandsAsync("case:1:1"), Is.EqualTo(("sent", (string?)null)));
    }

    [TestCase(49, 0, TestName = "Later it is a template notice")]
    [TestCase(1, 45015, TestName = "A window that the platform closed is a template notice")]
    [TestCase(1, 45047, TestName = "An allowance that is used up is a template notice")]
    public async Task It_goes_as_a_template_notice(int hoursAgo, int deskCode)
    {
        await HeardAsync(hoursAgo);
        if (deskCode != 0)
            _desk.Answers.Enqueue(Fault(deskCode));
        await AddAsync("case:1:2");

        await RunAsync();
        await RunAsync();

        var row = (await ClaimAsync(lane: NoticeLane.Single)).Rows.Single();
        Assert.That((row.To, row.Data["thing1"]), Is.EqualTo((s_citizen, "工单答复")));
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

        Assert.That(_subscriptions.Sent, Is.EqualTo(["SUBSCRIBED"]));
        Assert.That((await StandsAsync("case:1:3")).Status, Is.EqualTo("granted"));
        Assert.That(await Get<IConsents>().HeldAsync(s_citizen, "SUBSCRIBED", default), Is.Zero, "the consent is spent");
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
        await Get<IConsents>().HearAsync(s_citizen, "SUBSCRIBED", accepted: true, 1, default);
        if (!follows)
            await ExecuteAsync("insert into follower (openid, subscribed) values (@To, false)", new { To = s_citizen.Value });
        await AddAsync("case:1:14");

        await RunAsync();

        var data = follows ? (await ClaimAsync(lane: NoticeLane.Single)).Rows.Single().Data : _subscriptions.Data;
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
        Assert.That(_screens.Shown, Is.Empty, "what nobody saw, nobody answers");

        var sentAt = Clock.GetUtcNow();
        await RecordAsync(claim, [.. claim.Rows.Select((row, i) => arrives ? Sent(row, i + 1) : (SendResult)Refused(row))]);
        await RunAsync();
        await RunAsync();

        Assert.That(_screens.Shown.Select(s => (s.Citizen, s.Choices)), Is.EqualTo([(s_citizen, "book.wait take 1")]));
        if (arrives)
            Assert.That(_screens.Shown[0].At, Is.EqualTo(sentAt).Within(TimeSpan.FromSeconds(1)));
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
        Assert.That(_subscriptions.Sent, Is.Empty);
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
        Assert.That(_subscriptions.Sent, Is.Empty);
    }

    [Test]
    public async Task A_consent_that_the_platform_does_not_know_is_void()
    {
        await ExecuteAsync("insert into follower (openid, subscribed) values (@To, false)", new { To = s_citizen.Value });
        await ConsentAsync(times: 3);
        _subscriptions.Answer = Fault(43101);
        await AddAsync("case:1:5");

        await RunAsync();

        Assert.That(await Get<IConsents>().HeldAsync(s_citizen, "SUBSCRIBED", default), Is.Zero);
        Assert.That((await StandsAsync("case:1:5")).Status, Is.EqualTo("undelivered"));
    }

    [TestCase(45009)]
    [TestCase(48001)]
    public async Task What_the_account_may_not_do_now_costs_no_consent_and_is_tried_again(int code)
    {
        await ExecuteAsync("insert into follower (openid, subscribed) values (@To, false)", new { To = s_citizen.Value });
        await ConsentAsync(times: 1);
        _subscriptions.Answer = Fault(code);
        await AddAsync("case:1:10");

        Assert.That((await RunAsync()).Single(), code == 45009 ? Is.InstanceOf<JobOutcome.Again>() : Is.InstanceOf<JobOutcome.Failed>());
        Assert.That(await Get<IConsents>().HeldAsync(s_citizen, "SUBSCRIBED", default), Is.EqualTo(1));
        Assert.That((await StandsAsync("case:1:10")).Status, Is.EqualTo("waiting"));
    }

    [Test]
    public async Task A_host_that_died_while_it_spoke_is_not_followed_by_a_second_message()
    {
        await HeardAsync(hoursAgo: 1);
        await AddAsync("case:1:6");
        await ExecuteAsync("update citizen_message set status = 'sending'");

        await RunAsync();

        Assert.That(_desk.Said, Is.Empty);
        Assert.That(await StandsAsync("case:1:6"), Is.EqualTo(("unknown", (string?)"发送过程中断，结果未知")));
    }

    [Test]
    public async Task A_host_that_died_while_it_granted_spends_nothing_more()
    {
        await ConsentAsync(times: 2);
        await ExecuteAsync("insert into follower (openid, subscribed) values (@To, false)", new { To = s_citizen.Value });
        await AddAsync("case:1:7");
        var message = (await Get<ICitizenMessages>().FindAsync(1, default))!;
        Assert.That(await Get<ICitizenMessages>().BeginGrantingAsync(message.Id, "SUBSCRIBED", default));
        Assert.That(await Get<ICitizenMessages>().BeginGrantingAsync(message.Id, "SUBSCRIBED", default), Is.False);

        await RunAsync();

        Assert.That(_subscriptions.Sent, Is.Empty);
        Assert.That((await StandsAsync("case:1:7")).Status, Is.EqualTo("unknown"));
        Assert.That(await Get<IConsents>().HeldAsync(s_citizen, "SUBSCRIBED", default), Is.EqualTo(1));

        await Get<IConsents>().HearOutcomeAsync(s_citizen, "SUBSCRIBED", null, default);
        Assert.That((await StandsAsync("case:1:7")).Status, Is.EqualTo("granted"), "its result tells after all");
    }

    [Test]
    public async Task What_never_left_is_tried_again_by_the_same_way()
    {
        await HeardAsync(hoursAgo: 1);
        _desk.Answers.Enqueue(ApiError.NotSent("no route"));
        await AddAsync("case:1:8");

        var failed = await RunAsync();
        await RunAsync();

        Assert.That(failed.Single(), Is.InstanceOf<JobOutcome.Failed>());
        Assert.That(_desk.Said, Has.Count.EqualTo(2));
        Assert.That((await StandsAsync("case:1:8")).Status, Is.EqualTo("sent"));
    }

    [TestCase(0, "sent")]
    [TestCase(-2, "waiting", TestName = "What never left goes out later")]
    [TestCase(45015, "noticed", TestName = "What the platform refused goes another way")]
    public async Task A_stop_in_the_midst_of_it_writes_down_what_became_of_it(int code, string status)
    {
        await HeardAsync(hoursAgo: 1);
        using CancellationTokenSource stopping = new();
        _desk.Meanwhile = stopping.Cancel;
        if (code != 0)
            _desk.Answers.Enqueue(code < 0 ? ApiError.NotSent("no route") : Fault(code));
        await AddAsync("case:1:11");

        await RunAsync(stopping.Token);
        await RunAsync();

        Assert.That((await StandsAsync("case:1:11")).Status, Is.EqualTo(code < 0 ? "sent" : status));
        Assert.That(_desk.Said, Has.Count.EqualTo(code < 0 ? 2 : 1));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_stop_in_the_midst_of_it_uses_the_consent_or_gives_it_back(bool refused)
    {
        await ExecuteAsync("insert into follower (openid, subscribed) values (@To, false)", new { To = s_citizen.Value });
        await ConsentAsync(times: 1);
        using CancellationTokenSource stopping = new();
        _subscriptions.Meanwhile = stopping.Cancel;
        if (refused)
            _subscriptions.Answer = Fault(48001);
        await AddAsync("case:1:12");

        await RunAsync(stopping.Token);

        Assert.That((await StandsAsync("case:1:12")).Status, Is.EqualTo(refused ? "waiting" : "granted"));
        Assert.That(await Get<IConsents>().HeldAsync(s_citizen, "SUBSCRIBED", default), Is.EqualTo(refused ? 1 : 0));
    }

    [Test]
    public async Task A_host_that_died_once_its_notice_was_made_is_not_followed_by_a_message_at_the_desk()
    {
        await AddAsync("case:1:13");
        await RunAsync();
        // As the crash leaves it; the citizen has read the notice and answered.
        await ExecuteAsync("update citizen_message set status = 'waiting', notice_id = null, told_at = null");
        await ExecuteAsync("update job set status = 'waiting', finished_at = null, due_at = now()");
        await HeardAsync(hoursAgo: 0);

        await RunAsync();

        Assert.That(_desk.Said, Is.Empty);
        Assert.That((await StandsAsync("case:1:13")).Status, Is.EqualTo("noticed"));
        Assert.That(await Notices.ListAsync(new NoticeFilter(), default), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Who_opted_out_of_everything_is_told_nothing()
    {
        await HeardAsync(hoursAgo: 1);
        await Get<INoticeOptOuts>().ChooseAsync(s_citizen, NoticeOptOut.Everything, default);
        await AddAsync("case:1:9");

        await RunAsync();

        Assert.That(_desk.Said, Is.Empty);
        Assert.That(await StandsAsync("case:1:9"), Is.EqualTo(("undelivered", (string?)"市民已退订全部通知")));

        await Get<ICitizenMessages>().AddAsync(Message("call:1") with { Promised = true }, default);
        await ExecuteAsync("update follower set last_message_at = null");
        await Get<ICitizenMessages>().AddAsync(Message("closed:1") with { Promised = true }, default);
        await RunAsync();
        var claim = await ClaimAsync(lane: NoticeLane.Single);
        Assert.That(claim.Rows, Has.Count.EqualTo(2), "who waits in the hall is called, and told that it closes");
    }

    [Test]
    public async Task Consents_are_counted_however_often_they_are_pushed()
    {
        await ConsentAsync(times: 0);
        foreach (var time in (long[])[100, 100, 200, 200, 300])
            await Get<IConsents>().HearAsync(s_citizen, "SUBSCRIBED", accepted: true, time, default);
        Assert.That(await Get<IConsents>().HeldAsync(s_citizen, "SUBSCRIBED", default), Is.EqualTo(3));

        await Get<IConsents>().HearAsync(s_citizen, "SUBSCRIBED", accepted: false, 400, default);
        Assert.That(await Get<IConsents>().HeldAsync(s_citizen, "SUBSCRIBED", default), Is.Zero);
        await Get<IConsents>().HearAsync(s_citizen, "FOREVER", accepted: true, 500, default);
        Assert.That(await Get<IConsents>().HeldAsync(s_citizen, "FOREVER", default), Is.EqualTo(int.MaxValue));
    }

    [Test]
    public async Task The_platforms_news_reach_the_ledger()
    {
        RememberedConsents consents = new();
        var chat = new Chat(services => services.AddSingleton<IConsents>(consents));
        SubscriptionEvent Event(SubscriptionNews news, params SubscriptionItem[] items) =>
            new() { Account = "gh", From = s_citizen, CreateTime = 7, Name = "e", News = news, Items = items };
        await chat.SayAsync(Event(SubscriptionNews.Popup, new SubscriptionItem("A", "accept"), new SubscriptionItem("B", "reject")));
        await chat.SayAsync(Event(SubscriptionNews.Change, new SubscriptionItem("A", "reject")));
        await chat.SayAsync(Event(SubscriptionNews.Sent, new SubscriptionItem("A", "success", "1"), new SubscriptionItem("B", "fail", "2", 43101)));
        Assert.That(consents.Heard, Is.EqualTo(["oTold A accept", "oTold B reject", "oTold A reject", "oTold A arrived", "oTold B 订阅通知没有送达（43101 fail）"]));
    }

    private static ApiError Fault(int code) => ApiError.Answered(code, "");

    private static SendResult.Ended Refused(ClaimedNotice row) =>
        new(RecipientStatus.Refused, 43101, "用户拒收") { NoticeId = row.NoticeId, Row = row.Row, Lease = row.Lease };

    private Task HeardAsync(int hoursAgo) => ExecuteAsync(
        "insert into follower (openid, subscribed, last_message_at) values (@To, true, @at)",
        new { To = s_citizen.Value, at = Clock.GetUtcNow().AddHours(-hoursAgo).UtcDateTime });

    private async Task ConsentAsync(int times)
    {
        await Get<IConsents>().SyncAsync(
        [
            new SubscriptionTemplate("SUBSCRIBED", BenchTemplate.Info.Title, BenchTemplate.Info.Content, Type: 2),
            new SubscriptionTemplate("FOREVER", "别的", "事项:{{thing1.DATA}}", Type: 3),
        ], default);
        for (var time = 1; time <= times; time++)
            await Get<IConsents>().HearAsync(s_citizen, "SUBSCRIBED", accepted: true, time, default);
    }

    private Task AddAsync(string key) => Get<ICitizenMessages>().AddAsync(Message(key), default);

    private static NewCitizenMessage Message(string key) => new()
    {
        Key = key, To = s_citizen, Words = "您的工单已答复", Template = BenchTemplate.Code,
        Data = new Dictionary<string, string> { ["thing1"] = "工单答复", ["phrase2"] = "已答复", ["time3"] = "10:00" },
    };

    // As the host's runner does, one after the other.
    private async Task<List<JobOutcome>> RunAsync(CancellationToken stopping = default)
    {
        ConsentedNotices consented = new(Get<ICitizenMessages>(), Get<IMessageTemplates>(), Get<IConsents>(), _subscriptions, Clock);
        IJobHandler[] handlers =
        [
            new CitizenMessenger(Get<ICitizenMessages>(), _desk, Get<IMessageTemplates>(), Notices, Office, consented, Clock), new FailedMessages(Get<ICitizenMessages>(), Notices, consented, Clock),
            new PromptShower(new PostgresPrompts(Database.DataSource, Clock), _screens, Clock),
        ];
        List<JobOutcome> outcomes = [];
        Clock.Advance(TimeSpan.FromMinutes(1));
        foreach (var job in await Get<IJobs>().ClaimAsync([.. handlers.Select(h => h.Kind)], 10, TimeSpan.FromSeconds(30), default))
        {
            JobOutcome outcome;
            try
            {
                outcome = await handlers.Single(h => h.Kind == job.Kind).RunAsync(job, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                outcome = new JobOutcome.Again(Clock.GetUtcNow());
            }

            outcomes.Add(outcome);
            await (outcome switch
            {
                JobOutcome.Failed failed => Get<IJobs>().AgainAsync(job, Clock.GetUtcNow(), failed.Why, default),
                JobOutcome.Again again => Get<IJobs>().AgainAsync(job, again.At, null, default),
                _ => Get<IJobs>().DoneAsync(job, default),
            });
        }

        return outcomes;
    }

    private async Task<(string Status, string? Error)> StandsAsync(string key)
    {
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        return await Dapper.SqlMapper.QuerySingleAsync<(string, string?)>(connection, "select status, error from citizen_message where key = @key", new { key });
    }

    private sealed class RememberedScreens : IScreens
    {
        public List<(OpenId Citizen, string Choices, DateTimeOffset At)> Shown { get; } = [];

        public Task<bool> ShowAsync(OpenId citizen, System.Collections.Immutable.ImmutableArray<string> choices, DateTimeOffset sentAt, string key, CancellationToken ct)
        {
            Shown.Add((citizen, string.Join(',', choices), sentAt));
            return Task.FromResult(true);
        }
    }
}
