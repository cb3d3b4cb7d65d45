using Bot.Bench.Notices;
using Bot.Data.Notices;
using Bot.Handlers.Notices;
using Bot.Host.Delivery.Notices;
using Bot.Tests.Delivery;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NUnit.Framework;
using Prometheus;

namespace Bot.Tests.Notices;

/// <summary>Each recipient is sent to once, as fast as the host may, until it stops.</summary>
public sealed class EngineTests : EngineFixture
{
    [Test]
    public async Task Sends_each_recipient_once_and_tells_the_counters()
    {
        await StartAsync();
        var bulk = await MakeAsync(300);
        var single = await MakeAsync(1, "single-");

        await DoneAsync(bulk);
        await DoneAsync(single);

        Assert.That(Platform.AskedFor(Send).Select(r => Id(r.Text)), Is.Unique.And.Exactly(301).Items);
        var metrics = await MetricsAsync();
        Assert.That(metrics, Does.Contain("bot_notices_total{outcome=\"sent\"} 301").And.Contain("bot_notice_delay_seconds_count 1"));
    }

    [Test]
    public async Task A_single_notice_overtakes_a_big_one()
    {
        await StartAsync(rate: 100);
        var big = await MakeAsync(5_000, "big-");
        await Eventually.IsTrueAsync(async () => (await FindAsync(big)).Counts.Sent > 0, "the big one is under way");

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
        Assert.That(Platform.AskedFor(Send), Is.Empty);
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
    public async Task An_unreachable_platform_is_not_tried_row_by_row()
    {
        await StartAsync(platform: "http://127.0.0.1:1");
        var id = await MakeAsync(500);

        await Eventually.IsTrueAsync(async () => (await Get<INotices>().RecipientsAsync(id, null, 0, 1000, default)).Any(r => r.Attempts > 0 && r.Status is RecipientStatus.Queued), "one was tried");

        Assert.That((await Get<INotices>().RecipientsAsync(id, null, 0, 1000, default)).Count(r => r.Attempts > 1), Is.LessThan(100));
        Assert.That((await FindAsync(id)).Counts.Queued, Is.EqualTo(500));
    }

    [Test]
    public async Task A_slow_host_holds_no_more_than_it_can_send_and_a_stop_stops_what_it_holds()
    {
        await StartAsync(rate: 20);
        var id = await MakeAsync(400);
        await Eventually.IsTrueAsync(async () => (await FindAsync(id)).Counts.Sent > 3, "some are sent");
        Assert.That(await HeldAsync(), Is.LessThanOrEqualTo(40 + 8), "two seconds' worth, and those under way");
        await Get<INotices>().PauseAsync(id, "chief", "", default);
        await Eventually.IsTrueAsync(async () => await LeasesAsync() == 0, "nothing is held");
        var sent = Platform.AskedFor(Send).Count();
        Assert.That((await FindAsync(id)).Counts.Queued, Is.EqualTo(400 - sent), "all that it held went back");
        await Get<INotices>().ResumeAsync(id, "chief", default);
        await Eventually.IsTrueAsync(() => Platform.AskedFor(Send).Count() > sent, "it goes on");
    }

    [Test]
    public async Task Stopping_gives_back_what_was_not_sent()
    {
        await StartAsync(rate: 20);
        var id = await MakeAsync(400);
        await Eventually.IsTrueAsync(async () => (await FindAsync(id)).Counts.Sent > 3, "some are sent");

        await StopAsync();

        await using var connection = await Database.DataSource.OpenConnectionAsync();
        var left = await connection.QuerySingleAsync<(int Sending, int Leases, int Sent)>(
            """
            select (select count(*)::int from notice_recipient where status = 'sending' or uncertain_since is not null),
                (select count(*)::int from notice_lease) + (select count(*)::int from notice_span), (select count(*)::int from notice_recipient where status = 'sent')
            """);
        Assert.That(left, Is.EqualTo((0, 0, Platform.AskedFor(Send).Count())));
    }

    [Test]
    public async Task Ends_when_the_host_begins_to_stop_and_not_when_it_is_its_turn()
    {
        await StartAsync();
        await DoneAsync(await MakeAsync(1));
        Host!.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        var engine = Host.Services.GetServices<IHostedService>().OfType<NoticeEngine>().Single();
        Assert.That(async () => await engine.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(60)), Throws.Nothing);
    }

    private static Func<string, bool> LoseFirst()
    {
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<string, bool>();
        return to => seen.TryAdd(to, true);
    }

    private static string Id(string body) => System.Text.Json.JsonDocument.Parse(body).RootElement.GetProperty("client_msg_id").GetString()!;

    private Task<int> HeldAsync() => CountAsync(
        """
        select count(*) from notice_recipient r join notice_fresh f using (notice_id)
        where r.status = 'queued' and r.next_attempt_at is null and r.row_number < f.next_row
        """);

    private async Task<string> MetricsAsync()
    {
        using var text = new MemoryStream();
        await Get<CollectorRegistry>().CollectAndExportAsTextAsync(text);
        return System.Text.Encoding.UTF8.GetString(text.ToArray());
    }
}
