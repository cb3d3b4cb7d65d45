using Bot.Bench.Notices;
using Bot.Data.Notices;
using Bot.Handlers.Notices;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Notices;

/// <summary>Whose turn it is, and who is left out.</summary>
public sealed class QueueTests : NoticeFixture
{
    [Test]
    public async Task A_claimed_row_carries_all_that_is_sent()
    {
        var id = await MakeAsync(1);

        var row = (await ClaimAsync(lane: NoticeLane.Single)).Rows.Single();

        Assert.That((row.ClientMsgId, row.Notice.TemplateId, row.Attempt, row.Skip), Is.EqualTo(($"{id}-1", "TEMPLATE", 1, (SkipReason?)null)));
        Assert.That(row.Data, Is.EquivalentTo(BenchTemplate.Data));
        Assert.That(row.Notice.DueAt, Is.EqualTo(Clock.GetUtcNow()));
    }

    [Test]
    public async Task Hosts_that_claim_at_once_never_take_the_same_row()
    {
        await MakeAsync(2_000);

        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ClaimAsync(250)));

        var rows = claims.SelectMany(c => c.Rows.Select(r => r.Row)).ToArray();
        Assert.That(rows, Is.Unique);
        Assert.That(rows, Has.Length.GreaterThan(250));
    }

    [Test]
    public async Task Bulk_notices_get_equal_shares()
    {
        await MakeAsync(1_000, prefix: "a-");
        await MakeAsync(1_000, prefix: "b-");
        await MakeAsync(10, prefix: "c-");

        var claim = await ClaimAsync(300);

        Assert.That(claim.Rows.CountBy(r => r.To.Value[..2]).ToDictionary(), Is.EquivalentTo(new Dictionary<string, int> { ["a-"] = 100, ["b-"] = 100, ["c-"] = 10 }));
    }

    [Test]
    public async Task Every_one_of_many_bulk_notices_gets_its_turn()
    {
        for (var i = 0; i < 80; i++)
            await MakeAsync(5, prefix: $"{i:D2}");

        HashSet<string> served = [];
        for (var turn = 0; turn < 3; turn++)
            served.UnionWith((await ClaimAsync(32)).Rows.Select(r => r.To.Value[..2]));

        Assert.That(served, Has.Count.EqualTo(80));
    }

    [Test]
    public async Task Notices_that_come_back_again_and_again_let_others_have_their_turn()
    {
        for (var i = 0; i < 40; i++)
            await MakeAsync(2, prefix: $"{i:D2}");

        HashSet<string> served = [];
        for (var turn = 0; turn < 4; turn++)
        {
            var claim = await ClaimAsync(32);
            served.UnionWith(claim.Rows.Select(r => r.To.Value[..2]));
            await RecordAsync(claim, claim.Rows.Select(r => (SendResult)NoticeVerdict.GiveBack(r, Clock.GetUtcNow())).ToArray());
        }

        Assert.That(served, Has.Count.EqualTo(40));
    }

    [Test]
    public async Task Single_and_urgent_notices_do_not_queue_behind_a_big_one()
    {
        await MakeAsync(3_000);
        await MakeAsync(1, prefix: "single-");
        await MakeAsync(20, lane: NoticeLane.Urgent, prefix: "urgent-");

        Assert.That((await ClaimAsync(lane: NoticeLane.Single)).Rows.Single().To.Value, Does.StartWith("single-"));
        Assert.That((await ClaimAsync(lane: NoticeLane.Urgent)).Rows, Has.Count.EqualTo(20));
    }

    [Test]
    public async Task Quiet_hours_hold_back_what_staff_send_in_bulk_and_nothing_else()
    {
        await StartedAsync(2, prefix: "bulk-");
        await StartedAsync(2, prefix: "anyhour-", anyHour: true);
        await StartedAsync(2, NoticeLane.Urgent, "urgent-");
        await MakeAsync(2, prefix: "api-");

        var night = (await ClaimAsync(quiet: true)).Rows.Select(r => r.To.Value).ToArray();
        Assert.That(night.Count(to => to.StartsWith("anyhour-", StringComparison.Ordinal) || to.StartsWith("api-", StringComparison.Ordinal)), Is.EqualTo(4));
        Assert.That(night, Has.Length.EqualTo(4));
        Assert.That((await ClaimAsync(lane: NoticeLane.Urgent, quiet: true)).Rows, Has.Count.EqualTo(2));
        Assert.That((await ClaimAsync(quiet: false)).Rows, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Citizens_who_left_or_opted_out_are_skipped()
    {
        await ExecuteAsync("insert into follower (openid, subscribed) values ('x-0000001-abcdefghijklmnopqr', false)");
        await Get<INoticeOptOuts>().ChooseAsync(new OpenId("x-0000002-abcdefghijklmnopqr"), NoticeOptOut.Bulk, default);
        await Get<INoticeOptOuts>().ChooseAsync(new OpenId("s-0000001-abcdefghijklmnopqr"), NoticeOptOut.Bulk, default);
        await StartedAsync(1, NoticeLane.Single, "s-");
        Assert.That((await ClaimAsync(lane: NoticeLane.Single)).Rows.Single().Skip, Is.Null, "about their own business");
        await StartedAsync(3, prefix: "x-");
        await MakeAsync(3, prefix: "x-");

        var claim = await ClaimAsync();

        SkipReason?[] own = [.. claim.Rows.Where(r => r.NoticeId == claim.Rows.Min(x => x.NoticeId)).OrderBy(r => r.Row).Select(r => r.Skip)];
        Assert.That(own, Is.EqualTo(new SkipReason?[] { SkipReason.NotFollowing, SkipReason.OptedOut, null }));
        SkipReason?[] others = [.. claim.Rows.Where(r => r.NoticeId != claim.Rows.Min(x => x.NoticeId)).OrderBy(r => r.Row).Select(r => r.Skip)];
        Assert.That(others, Is.EqualTo(new SkipReason?[] { SkipReason.NotFollowing, null, null }), "another office's are about the citizen's own business");
        await Get<INoticeOptOuts>().ChooseAsync(new OpenId("x-0000003-abcdefghijklmnopqr"), NoticeOptOut.Everything, default);
        await MakeAsync(3, prefix: "x-");
        Assert.That((await ClaimAsync()).Rows.Single(r => r.Row == 3).Skip, Is.EqualTo(SkipReason.OptedOut), "everything is everything");
    }

    [Test]
    public async Task What_has_expired_goes_out_no_more_and_is_cancelled()
    {
        var request = BenchTemplate.Request(NoticeLane.Bulk) with { ExpiresAt = Clock.GetUtcNow().AddMinutes(5) };
        var id = ((NoticeAnswer.Accepted)await Office.SendAsync(request, BenchTemplate.Rows(4), default)).Notice.Id;
        var claim = await ClaimAsync(2);
        await RecordAsync(claim, [Sent(claim.Rows[0], 1)]);
        Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.That((await ClaimAsync()).Rows, Is.Empty);
        await Queue.RecordAsync([NoticeVerdict.GiveBack(claim.Rows[1], Clock.GetUtcNow())], [claim.Lease!.Value], default);
        await Queue.SweepAsync(default);

        Assert.That(await RowsAsync(id), Is.EqualTo([RecipientStatus.Sent, RecipientStatus.Cancelled, RecipientStatus.Cancelled, RecipientStatus.Cancelled]));
        var notice = (await Notices.FindAsync(id, default))!;
        Assert.That((notice.Status, notice.Reason), Is.EqualTo((NoticeStatus.Cancelled, "已过有效期，没有发出的不再发送")));
        Assert.That(notice.FinishedAt, Is.Not.Null);
    }

    [Test]
    public async Task New_work_rings_the_bell()
    {
        using var stop = new CancellationTokenSource();
        using var rung = new SemaphoreSlim(0);
        using var halted = new SemaphoreSlim(0);
        var listening = Queue.ListenAsync(halt => (halt is null ? rung : halted).Release(), stop.Token);
        Assert.That(await rung.WaitAsync(TimeSpan.FromSeconds(20)), "on listening");

        var id = await MakeAsync(1);

        Assert.That(await rung.WaitAsync(TimeSpan.FromSeconds(20)), "on a notice");
        await Notices.PauseAsync(id, "chief", "", default);
        Assert.That(await halted.WaitAsync(TimeSpan.FromSeconds(20)), "hosts that hold rows hear of a stop");
        await stop.CancelAsync();
        await listening;
    }
}
