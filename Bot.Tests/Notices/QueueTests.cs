using Bot.Data.Notices;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Notices;

public sealed class QueueTests : NoticeFixture
{
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
    public async Task Single_and_urgent_notices_do_not_queue_behind_a_big_one()
    {
        await MakeAsync(3_000);
        await MakeAsync(1, prefix: "single-");
        await MakeAsync(20, lane: NoticeLane.Urgent, prefix: "urgent-");

        Assert.That((await ClaimAsync(lane: NoticeLane.Single)).Rows.Single().To.Value, Does.StartWith("single-"));
        Assert.That((await ClaimAsync(lane: NoticeLane.Urgent)).Rows, Has.Count.EqualTo(20));
    }

    [Test]
    public async Task A_claimed_row_carries_all_that_is_sent()
    {
        var id = await MakeAsync(1);

        var row = (await ClaimAsync(lane: NoticeLane.Single)).Rows.Single();

        Assert.That((row.ClientMsgId, row.Notice.TemplateId, row.Attempt, row.Skip), Is.EqualTo(($"{id}-1", "TEMPLATE", 1, (SkipReason?)null)));
        Assert.That(row.Data, Is.EquivalentTo(Bot.Bench.Notices.BenchTemplate.Data));
        Assert.That(row.Notice.DueAt, Is.EqualTo(Clock.GetUtcNow()));
    }

    [Test]
    public async Task A_host_that_died_leaves_its_rows_to_others_under_the_same_id()
    {
        await MakeAsync(3);
        var lost = await ClaimAsync();
        await Queue.SweepAsync(default);
        Assert.That((await ClaimAsync()).Rows, Is.Empty, "the lease still holds");

        Clock.Advance(Lease + TimeSpan.FromSeconds(1));
        await Queue.SweepAsync(default);
        var again = await ClaimAsync();

        Assert.That(again.Rows.Select(r => r.ClientMsgId), Is.EquivalentTo(lost.Rows.Select(r => r.ClientMsgId)));
        Assert.That(again.Rows.Select(r => r.UncertainSince), Is.All.EqualTo(lost.Rows[0].ClaimedAt));
    }

    [Test]
    public async Task What_a_dead_host_only_held_is_as_if_never_taken()
    {
        var id = await MakeAsync(4);
        var claim = await Queue.ClaimAsync(NoticeLane.Bulk, 4, Lease, false, default);
        await Queue.BeginAsync([.. claim.Rows.Take(2)], default);
        Clock.Advance(Lease + TimeSpan.FromSeconds(1));
        Assert.That(await Queue.BeginAsync([.. claim.Rows.Skip(2)], default), Is.Empty, "too late to begin");
        await Queue.SweepAsync(default);

        Assert.That((await Queue.ClaimRepeatsAsync(10, Lease, default)).Rows.Select(r => r.Row), Is.EquivalentTo([1, 2]));
        var again = await ClaimAsync();
        Assert.That(again.Rows.Select(r => (r.Row, r.Attempt, r.UncertainSince)), Is.EquivalentTo([(3, 1, (DateTimeOffset?)null), (4, 1, null)]));
        Clock.Advance(NoticeLimits.RepeatWithin);
        await Queue.SweepAsync(default);
        await Queue.SweepAsync(default);
        Assert.That((await RowsAsync(id)).Count(s => s is RecipientStatus.Parked), Is.GreaterThanOrEqualTo(2));
    }

    [Test]
    public async Task What_is_held_of_a_notice_that_stops_is_not_begun_though_nobody_rang()
    {
        var (stopped, other) = (await StartedAsync(4, prefix: "s"), await StartedAsync(2, prefix: "o"));
        var claim = await Queue.ClaimAsync(NoticeLane.Bulk, 100, Lease, false, default);
        await Queue.BeginAsync([.. claim.Rows.Where(r => r.Row == 1)], default);
        Assert.That((await Notices.CancelAsync(stopped, "chief", "发错了", default)).Ok);

        var begun = await Queue.BeginAsync([.. claim.Rows.Where(r => r.Row > 1)], default);

        Assert.That(begun.Select(r => r.ClientMsgId), Is.EqualTo(new[] { $"{other}-2" }));
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
            await RecordAsync(claim, claim.Rows.Select(r => (SendResult)Bot.Handlers.Notices.NoticeVerdict.GiveBack(r, Clock.GetUtcNow())).ToArray());
        }

        Assert.That(served, Has.Count.EqualTo(40));
    }

    [Test]
    public async Task What_may_have_gone_out_comes_before_everything_fresh_and_keeps_its_place()
    {
        var id = await MakeAsync(50);
        var (unclear, lost) = (await ClaimAsync(1), await ClaimAsync(1));
        await RecordAsync(unclear, Unclear(unclear.Rows[0]));
        Clock.Advance(Lease + TimeSpan.FromSeconds(1));
        await Queue.SweepAsync(default);

        await Notices.PauseAsync(id, "chief", "", default);
        Assert.That((await Queue.ClaimRepeatsAsync(10, Lease, default)).Rows, Is.Empty, "paused");
        await Notices.ResumeAsync(id, "chief", default);
        var again = await Queue.ClaimRepeatsAsync(10, Lease, default);
        Assert.That(again.Rows.Select(r => r.Row), Is.EquivalentTo([1, 2]));

        await RecordAsync(again, again.Rows.Select(r => (SendResult)Bot.Handlers.Notices.NoticeVerdict.GiveBack(r, Clock.GetUtcNow())).ToArray());
        Assert.That((await ClaimAsync(1)).Rows.Single().Row, Is.EqualTo(lost.Rows[0].Row), "ahead of the fresh ones of its notice too");
        Clock.Advance(NoticeLimits.RepeatWithin);
        Assert.That((await Queue.ClaimRepeatsAsync(10, Lease, default)).Rows, Is.Empty, "the platform would not know the double any more");
    }

    [Test]
    public async Task A_late_host_is_believed_when_it_sent_and_not_when_it_did_not()
    {
        var id = await MakeAsync(2);
        var late = await ClaimAsync();
        Clock.Advance(Lease + TimeSpan.FromSeconds(1));
        await Queue.SweepAsync(default);
        var other = await ClaimAsync();

        await RecordAsync(late, Sent(late.Rows[0], 11), Bot.Handlers.Notices.NoticeVerdict.GiveBack(late.Rows[1], Clock.GetUtcNow()));
        Assert.That(await RowsAsync(id), Is.EqualTo([RecipientStatus.Sent, RecipientStatus.Sending]));

        await RecordAsync(other, other.Rows.Select(r => Sent(r, 11 + r.Row - 1)).ToArray());
        Assert.That(await RowsAsync(id), Is.EqualTo([RecipientStatus.Sent, RecipientStatus.Sent]));
        Assert.That(await StatusAsync(id), Is.EqualTo(NoticeStatus.Done));
    }

    [Test]
    public async Task Late_results_and_sweeps_never_wait_for_each_other_for_ever()
    {
        var id = await MakeAsync(3_000);
        var msgId = 0;
        for (var round = 0; round < 10; round++)
        {
            // What came back is held row by row, what is fresh by the span.
            var first = await ClaimAsync(100);
            await RecordAsync(first, first.Rows.Select(r => (SendResult)Bot.Handlers.Notices.NoticeVerdict.GiveBack(r, Clock.GetUtcNow())).ToArray());
            Claim[] late = [await ClaimAsync(100), await ClaimAsync(100), await ClaimAsync(100)];
            Clock.Advance(Lease + TimeSpan.FromSeconds(1));

            await Task.WhenAll([
                .. late.Select(claim => Task.Run(() => RecordAsync(claim, claim.Rows.Select(r => (SendResult)Sent(r, Interlocked.Increment(ref msgId))).ToArray()))),
                .. Enumerable.Range(0, 3).Select(_ => Task.Run(() => Queue.SweepAsync(default)))]);
        }

        Assert.That((await CountsAsync(id)).Sent, Is.EqualTo(3_000));
    }

    [Test]
    public async Task Rows_given_back_are_as_if_never_taken()
    {
        await MakeAsync(1, lane: NoticeLane.Bulk);
        var claim = await ClaimAsync();
        await RecordAsync(claim, Bot.Handlers.Notices.NoticeVerdict.GiveBack(claim.Rows[0], Clock.GetUtcNow()));

        var again = (await ClaimAsync()).Rows.Single();

        Assert.That((again.Attempt, again.UncertainSince), Is.EqualTo((1, (DateTimeOffset?)null)));
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
    public async Task A_closed_gate_stops_every_lane_until_its_time()
    {
        await MakeAsync(1);
        await MakeAsync(5);
        await Queue.CloseGateAsync(Clock.GetUtcNow().AddMinutes(10), 45009, "接口当日调用次数已用完", default);
        await Queue.CloseGateAsync(Clock.GetUtcNow().AddMinutes(1), 45011, "接口调用过于频繁", default);

        Assert.That((await Queue.GateAsync(default))!.Code, Is.EqualTo(45009), "the longer one stands");
        Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.That((await ClaimAsync()).Rows.Concat((await ClaimAsync(lane: NoticeLane.Single)).Rows), Is.Empty);
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That((await ClaimAsync()).Rows.Concat((await ClaimAsync(lane: NoticeLane.Single)).Rows).Count(), Is.EqualTo(6));
        Assert.That(await Queue.GateAsync(default), Is.Null);
    }

    [Test]
    public async Task An_administrator_opens_the_gate_and_the_audit_log_knows()
    {
        await MakeAsync(2);
        await Queue.CloseGateAsync(Clock.GetUtcNow().AddHours(10), 45009, "接口当日调用次数已用完", default);
        Assert.That((await ClaimAsync()).Rows, Is.Empty);

        await Queue.OpenGateAsync("admin", default);

        Assert.That((await ClaimAsync()).Rows, Has.Count.EqualTo(2));
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        Assert.That(await Dapper.SqlMapper.ExecuteScalarAsync<string>(connection, "select actor from audit_entry where act = 'notice.open'"), Is.EqualTo("admin"));
    }

    [Test]
    public async Task What_has_expired_goes_out_no_more_and_is_cancelled()
    {
        var request = Bench.Notices.BenchTemplate.Request(NoticeLane.Bulk) with { ExpiresAt = Clock.GetUtcNow().AddMinutes(5) };
        var id = ((Handlers.Notices.NoticeAnswer.Accepted)await Office.SendAsync(request, Bench.Notices.BenchTemplate.Rows(4), default)).Notice.Id;
        var claim = await ClaimAsync(2);
        await RecordAsync(claim, [Sent(claim.Rows[0], 1)]);
        Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.That((await ClaimAsync()).Rows, Is.Empty);
        await Queue.RecordAsync([Handlers.Notices.NoticeVerdict.GiveBack(claim.Rows[1], Clock.GetUtcNow())], [claim.Lease!.Value], default);
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
