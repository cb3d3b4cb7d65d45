using Bot.Data.Notices;
using Bot.Handlers.Notices;
using NUnit.Framework;

namespace Bot.Tests.Notices;

/// <summary>What a host took and did not finish.</summary>
public sealed class LeaseTests : NoticeFixture
{
    [Test]
    public async Task Rows_given_back_are_as_if_never_taken()
    {
        await MakeAsync(1, lane: NoticeLane.Bulk);
        var claim = await ClaimAsync();
        await RecordAsync(claim, NoticeVerdict.GiveBack(claim.Rows[0], Clock.GetUtcNow()));

        var again = (await ClaimAsync()).Rows.Single();

        Assert.That((again.Attempt, again.UncertainSince), Is.EqualTo((1, (DateTimeOffset?)null)));
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

        await RecordAsync(again, again.Rows.Select(r => (SendResult)NoticeVerdict.GiveBack(r, Clock.GetUtcNow())).ToArray());
        Assert.That((await ClaimAsync(1)).Rows.Single().Row, Is.EqualTo(lost.Rows[0].Row), "ahead of the fresh ones of its notice too");
        Clock.Advance(NoticeLimits.RepeatWithin);
        Assert.That((await Queue.ClaimRepeatsAsync(10, Lease, default)).Rows, Is.Empty, "the platform would not know the double any more");
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
    public async Task A_late_host_is_believed_when_it_sent_and_not_when_it_did_not()
    {
        var id = await MakeAsync(2);
        var late = await ClaimAsync();
        Clock.Advance(Lease + TimeSpan.FromSeconds(1));
        await Queue.SweepAsync(default);
        var other = await ClaimAsync();

        await RecordAsync(late, Sent(late.Rows[0], 11), NoticeVerdict.GiveBack(late.Rows[1], Clock.GetUtcNow()));
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
            await RecordAsync(first, first.Rows.Select(r => (SendResult)NoticeVerdict.GiveBack(r, Clock.GetUtcNow())).ToArray());
            Claim[] late = [await ClaimAsync(100), await ClaimAsync(100), await ClaimAsync(100)];
            Clock.Advance(Lease + TimeSpan.FromSeconds(1));

            await Task.WhenAll([
                .. late.Select(claim => Task.Run(() => RecordAsync(claim, claim.Rows.Select(r => (SendResult)Sent(r, Interlocked.Increment(ref msgId))).ToArray()))),
                .. Enumerable.Range(0, 3).Select(_ => Task.Run(() => Queue.SweepAsync(default)))]);
        }

        Assert.That((await CountsAsync(id)).Sent, Is.EqualTo(3_000));
    }
}
