using Bot.Bench.Notices;
using Bot.Data.Notices;
using Bot.Handlers.Notices;
using Bot.Host.Delivery.Notices;
using Bot.Tests.Infrastructure;
using Bot.Tests.WeChat.Api;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NUnit.Framework;
using Prometheus;

namespace Bot.Tests.Notices;

/// <summary>The engine as it runs in a host, against a platform that answers as the test says.</summary>
public sealed class EngineTests
{
    private const string Send = "/cgi-bin/message/template/send";
    private const string Ok = """{"errcode":0,"errmsg":"ok","msgid":77}""";

    private static readonly NoticeTiming s_quick = new()
    {
        Lease = TimeSpan.FromSeconds(8), Poll = TimeSpan.FromMilliseconds(50), Sweep = TimeSpan.FromMilliseconds(100),
    };

    private TestDatabase _database = null!;
    private ScriptedPlatform _platform = null!;
    private IHost? _host;

    [SetUp]
    public async Task Begin()
    {
        _database = await TestDatabase.CreateAsync();
        _platform = await ScriptedPlatform.StartAsync();
        _platform.Says(Send, Ok);
    }

    [TearDown]
    public async Task End()
    {
        if (_host is not null)
            await StopAsync();
        await _platform.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task Sends_each_recipient_once_and_tells_the_counters()
    {
        await StartAsync();
        var bulk = await MakeAsync(300);
        var single = await MakeAsync(1, "single-");

        await DoneAsync(bulk);
        await DoneAsync(single);

        Assert.That(_platform.AskedFor(Send).Select(r => Id(r.Text)), Is.Unique.And.Exactly(301).Items);
        var metrics = await MetricsAsync();
        Assert.That(metrics, Does.Contain("bot_notices_total{outcome=\"sent\"} 301").And.Contain("bot_notice_delay_seconds_count 1"));
    }

    [Test]
    public async Task Ends_when_the_host_begins_to_stop_and_not_when_it_is_its_turn()
    {
        await StartAsync();
        await DoneAsync(await MakeAsync(1));
        _host!.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        var engine = _host.Services.GetServices<IHostedService>().OfType<NoticeEngine>().Single();
        Assert.That(async () => await engine.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(60)), Throws.Nothing);
    }

    [Test]
    public async Task A_lost_answer_is_asked_for_again_under_the_same_id()
    {
        await using var stub = await StubPlatform.StartAsync(losesAnswer: LoseFirst());
        await StartAsync(platform: stub.Address);
        var id = await MakeAsync(5);

        await DoneAsync(id);

        Assert.That(stub.Got, Has.Count.EqualTo(5));
        Assert.That(stub.Got.Values, Is.All.EqualTo(1));
        Assert.That(stub.Calls, Is.GreaterThan(5));
    }

    [Test]
    public async Task What_the_platform_refuses_ends_there()
    {
        _platform.Says(Send, """{"errcode":47003,"errmsg":"argument invalid! data.thing1.value invalid"}""", """{"errcode":43101,"errmsg":"user refuse"}""", Ok);
        await StartAsync(workers: 1);
        var id = await MakeAsync(3);

        await DoneAsync(id);

        var rows = await Get<INotices>().RecipientsAsync(id, null, 0, 10, default);
        Assert.That(rows.Select(r => r.Status), Is.EquivalentTo([RecipientStatus.Failed, RecipientStatus.Refused, RecipientStatus.Sent]));
        Assert.That(rows.Single(r => r.Status is RecipientStatus.Failed).Words, Is.EqualTo("模板字段的值不合规（thing1）"));
    }

    [TestCase(Ok, RecipientStatus.Sent)]
    [TestCase("""{"errcode":47003,"errmsg":"argument invalid! data.thing1.value invalid"}""", RecipientStatus.Failed)]
    public async Task A_refused_value_is_made_to_fit_and_sent_once_more_under_the_same_id(string second, RecipientStatus end)
    {
        _platform.Says(Send, """{"errcode":47003,"errmsg":"argument invalid! data.thing1.value invalid"}""", second);
        await StartAsync();
        var data = new Dictionary<string, string>(BenchTemplate.Data) { ["thing1"] = "居住证办理😀" };
        var made = await Get<NoticeOffice>().SendAsync(BenchTemplate.Request(NoticeLane.Single), new("o-1"), data, default);
        var id = ((NoticeAnswer.Accepted)made).Notice.Id;

        await DoneAsync(id);

        var asked = _platform.AskedFor(Send).Select(r => System.Text.Json.JsonDocument.Parse(r.Text).RootElement).ToArray();
        Assert.That(asked.Select(a => a.GetProperty("data").GetProperty("thing1").GetProperty("value").GetString()), Is.EqualTo(["居住证办理😀", "居住证办理"]));
        Assert.That(asked.Select(a => a.GetProperty("client_msg_id").GetString()).Distinct().Count(), Is.EqualTo(1));
        var row = (await Get<INotices>().RecipientsAsync(id, null, 0, 1, default)).Single();
        Assert.That((row.Status, row.Words), Is.EqualTo((end, end is RecipientStatus.Failed ? "模板字段的值不合规（thing1）" : null)));
    }

    [Test]
    public async Task A_template_that_is_gone_is_told_at_once_and_ends_a_single_notice()
    {
        _platform.Says(Send, """{"errcode":40037,"errmsg":"invalid template_id"}""");
        await StartAsync();
        var id = await MakeAsync(1);

        await DoneAsync(id);

        Assert.That((await Get<INotices>().RecipientsAsync(id, RecipientStatus.Failed, 0, 1, default)).Single().Words, Is.EqualTo("模板不存在，可能已被删除或类目已变更"));
        Assert.That((await Get<INoticeTemplates>().FindAsync(BenchTemplate.Code, default))!.Active, Is.False, "nothing new is made with it");
        await BenchTemplate.SyncAsync(Get<INoticeTemplates>());
        Assert.That((await Get<INoticeTemplates>().FindAsync(BenchTemplate.Code, default))!.Active, "listed again");
        Assert.That(await CountAsync("select count(*) from audit_entry where act = 'notice.template_gone'"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_template_that_is_gone_pauses_its_notice_and_lets_others_go()
    {
        var isGone = true;
        await using var stub = await StubPlatform.StartAsync(
            refuses: to => isGone && to.StartsWith("gone-", StringComparison.Ordinal) ? """{"errcode":40037,"errmsg":"invalid template_id"}""" : null);
        await StartAsync(platform: stub.Address);
        var gone = await MakeAsync(50, "gone-");
        var fine = await MakeAsync(50, "fine-");

        await DoneAsync(fine);
        await EventuallyAsync(async () => await FindAsync(gone) is { Status: NoticeStatus.Paused } and { Counts.Queued: 50 });

        Assert.That((await FindAsync(gone)).Reason, Does.StartWith("模板不存在，可能已被删除或类目已变更（40037）。模板已停用。"));
        isGone = false;
        await StopAsync();
        await StartAsync(platform: stub.Address);
        await Get<INotices>().ResumeAsync(gone, "chief", default);
        await DoneAsync(gone);
    }

    [Test]
    public async Task One_wrong_value_for_all_pauses_the_notice_before_everybody_is_refused()
    {
        _platform.Says(Send, """{"errcode":47003,"errmsg":"argument invalid! data.phrase2.value invalid"}""");
        await StartAsync(workers: 2);
        var id = await MakeAsync(300);

        await EventuallyAsync(async () => await FindAsync(id) is { Status: NoticeStatus.Paused });
        await EventuallyAsync(async () => await LeasesAsync() == 0);

        Assert.That((await FindAsync(id)).Counts, Has.Property("Failed").LessThan(40).And.Property("Queued").GreaterThan(260));
        Assert.That((await FindAsync(id)).Reason, Does.Contain("phrase2"));
    }

    [Test]
    public async Task A_used_up_quota_stops_every_host_and_loses_nothing()
    {
        _platform.Says(Send, Ok, Ok, """{"errcode":45009,"errmsg":"reach max api daily quota limit"}""");
        await StartAsync(workers: 1);
        var id = await MakeAsync(40);

        await EventuallyAsync(async () => await Get<INoticeQueue>().GateAsync(default) is { Code: 45009 });
        await EventuallyAsync(async () => await LeasesAsync() == 0);

        Assert.That((await FindAsync(id)).Counts, Is.EqualTo(new NoticeCounts(38, 2, 0, 0, 0, 0)));
        Assert.That(_platform.AskedFor(Send).Count(), Is.EqualTo(3));
    }

    [Test]
    public async Task Stopping_gives_back_what_was_not_sent()
    {
        await StartAsync(rate: 20);
        var id = await MakeAsync(400);
        await EventuallyAsync(async () => (await FindAsync(id)).Counts.Sent > 3);

        await StopAsync();

        await using var connection = await _database.DataSource.OpenConnectionAsync();
        var left = await Dapper.SqlMapper.QuerySingleAsync<(int Sending, int Leases, int Sent)>(connection,
            """
            select (select count(*)::int from notice_recipient where status = 'sending' or uncertain_since is not null),
                (select count(*)::int from notice_lease) + (select count(*)::int from notice_span), (select count(*)::int from notice_recipient where status = 'sent')
            """);
        Assert.That(left, Is.EqualTo((0, 0, _platform.AskedFor(Send).Count())));
    }

    [Test]
    public async Task A_slow_host_holds_no_more_than_it_can_send_and_a_stop_stops_what_it_holds()
    {
        await StartAsync(rate: 20);
        var id = await MakeAsync(400);
        await EventuallyAsync(async () => (await FindAsync(id)).Counts.Sent > 3);
        Assert.That(await HeldAsync(), Is.LessThanOrEqualTo(40 + 8), "two seconds' worth, and those under way");
        await Get<INotices>().PauseAsync(id, "chief", "", default);
        await EventuallyAsync(async () => await LeasesAsync() == 0);
        var sent = _platform.AskedFor(Send).Count();
        Assert.That((await FindAsync(id)).Counts.Queued, Is.EqualTo(400 - sent), "all that it held went back");
        await Get<INotices>().ResumeAsync(id, "chief", default);
        await EventuallyAsync(() => Task.FromResult(_platform.AskedFor(Send).Count() > sent));
    }

    [Test]
    public async Task A_single_notice_overtakes_a_big_one()
    {
        await StartAsync(rate: 100);
        var big = await MakeAsync(5_000, "big-");
        await EventuallyAsync(async () => (await FindAsync(big)).Counts.Sent > 0);

        var single = await MakeAsync(1, "single-");
        await DoneAsync(single);

        Assert.That((await FindAsync(big)).Counts.Queued, Is.GreaterThan(0));
    }

    [Test]
    public async Task A_test_keys_notice_never_reaches_the_platform()
    {
        // Nor does it wait for it, or take of its rate.
        await StartAsync(rate: 1);
        await Get<INoticeQueue>().CloseGateAsync(DateTimeOffset.UtcNow.AddHours(1), 45009, "接口当日调用次数已用完", default);
        var request = BenchTemplate.Request(NoticeLane.Single) with { Simulated = true };
        var answer = await Get<NoticeOffice>().SendAsync(request, PretendRecipients.Refused, BenchTemplate.Data, default);
        var id = ((NoticeAnswer.Accepted)answer).Notice.Id;
        var many = await Get<NoticeOffice>().SendAsync(request with { Lane = NoticeLane.Bulk }, BenchTemplate.Rows(200), default);

        await DoneAsync(id);
        await DoneAsync(((NoticeAnswer.Accepted)many).Notice.Id);

        Assert.That((await FindAsync(id)).Counts.Refused, Is.EqualTo(1));
        Assert.That(_platform.AskedFor(Send), Is.Empty);
    }

    [Test]
    public async Task An_unreachable_platform_is_not_tried_row_by_row()
    {
        await StartAsync(platform: "http://127.0.0.1:1");
        var id = await MakeAsync(500);

        await EventuallyAsync(async () => (await Get<INotices>().RecipientsAsync(id, null, 0, 1000, default)).Any(r => r.Attempts > 0 && r.Status is RecipientStatus.Queued));

        Assert.That((await Get<INotices>().RecipientsAsync(id, null, 0, 1000, default)).Count(r => r.Attempts > 1), Is.LessThan(100));
        Assert.That((await FindAsync(id)).Counts.Queued, Is.EqualTo(500));
    }

    private static Func<string, bool> LoseFirst()
    {
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<string, bool>();
        return to => seen.TryAdd(to, true);
    }

    private static string Id(string body) => System.Text.Json.JsonDocument.Parse(body).RootElement.GetProperty("client_msg_id").GetString()!;

    private async Task StartAsync(int workers = 8, int rate = 0, string? platform = null)
    {
        _host = await new EngineHost
        {
            Postgres = _database.ConnectionString, Platform = platform ?? _platform.Address, Workers = workers, RatePerSecond = rate, Timing = s_quick,
        }.StartAsync();
        await BenchTemplate.SyncAsync(Get<INoticeTemplates>());
    }

    private async Task StopAsync()
    {
        await _host!.StopAsync();
        _host.Dispose();
        _host = null;
    }

    private T Get<T>() where T : notnull => _host!.Services.GetRequiredService<T>();

    private async Task<string> MakeAsync(int rows, string prefix = "o-") => ((NoticeAnswer.Accepted)await Get<NoticeOffice>().SendAsync(
        BenchTemplate.Request(rows == 1 ? NoticeLane.Single : NoticeLane.Bulk), BenchTemplate.Rows(rows, prefix), default)).Notice.Id;

    private async Task<Notice> FindAsync(string id) => (await Get<INotices>().FindAsync(id, default))!;

    private Task DoneAsync(string id) => EventuallyAsync(async () => (await FindAsync(id)).Status is NoticeStatus.Done);

    private Task<int> LeasesAsync() => CountAsync("select (select count(*) from notice_lease) + (select count(*) from notice_span)");

    private Task<int> HeldAsync() => CountAsync(
        """
        select count(*) from notice_recipient r join notice_fresh f using (notice_id)
        where r.status = 'queued' and r.next_attempt_at is null and r.row_number < f.next_row
        """);

    private async Task<int> CountAsync(string sql)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        return await Dapper.SqlMapper.ExecuteScalarAsync<int>(connection, sql);
    }

    private async Task<string> MetricsAsync()
    {
        using var text = new MemoryStream();
        await Get<CollectorRegistry>().CollectAndExportAsTextAsync(text);
        return System.Text.Encoding.UTF8.GetString(text.ToArray());
    }

    private static async Task EventuallyAsync(Func<Task<bool>> isSo)
    {
        var since = System.Diagnostics.Stopwatch.StartNew();
        while (!await isSo())
        {
            if (since.Elapsed > TimeSpan.FromSeconds(60))
                Assert.Fail("It did not come about within a minute.");
            await Task.Delay(20);
        }
    }
}
