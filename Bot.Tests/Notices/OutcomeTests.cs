using Bot.Data.Notices;
using Bot.Data.Postgres;
using Bot.Handlers.Notices;
using NUnit.Framework;

namespace Bot.Tests.Notices;

/// <summary>Results, events and what to believe when one of them is missing.</summary>
public sealed class OutcomeTests : NoticeFixture
{
    private INoticeEvents Events => Get<INoticeEvents>();

    [Test]
    public async Task An_event_moves_its_row_once_however_often_it_comes()
    {
        var (id, claim) = await SentAsync(3);

        await Events.HearAsync(Event(claim.Rows[0], 101), default);
        await Events.HearAsync(Event(claim.Rows[0], 101), default);
        await Events.HearAsync(Event(claim.Rows[1], 102, RecipientStatus.Refused), default);
        await Events.HearAsync(Event(claim.Rows[1], 102), default);

        Assert.That(await RowsAsync(id), Is.EqualTo([RecipientStatus.Delivered, RecipientStatus.Refused, RecipientStatus.Sent]));
        Assert.That(await CountsAsync(id), Is.EqualTo(new NoticeCounts(0, 1, 1, 1, 0, 0)));
        Assert.That((await Notices.RecipientsAsync(id, RecipientStatus.Refused, 0, 10, default)).Single().Words, Is.EqualTo("用户拒收"));
    }

    [Test]
    public async Task An_event_before_the_answer_is_kept_and_joined()
    {
        var id = await MakeAsync(1);
        var claim = await ClaimAsync(lane: NoticeLane.Single);
        await Events.HearAsync(Event(claim.Rows[0], 101), default);
        await Queue.SweepAsync(default);
        Assert.That(await RowsAsync(id), Is.EqualTo([RecipientStatus.Sending]));

        await RecordAsync(claim, Sent(claim.Rows[0], 101));
        Clock.Advance(TimeSpan.FromSeconds(5));
        await Queue.SweepAsync(default);

        Assert.That(await RowsAsync(id), Is.EqualTo([RecipientStatus.Delivered]));
    }

    [Test]
    public async Task Many_events_at_once_are_all_kept()
    {
        var (id, claim) = await SentAsync(300);

        await Task.WhenAll(claim.Rows.Select(r => Events.HearAsync(Event(r, 100 + r.Row), default)));

        Assert.That(await CountsAsync(id), Is.EqualTo(new NoticeCounts(0, 0, 300, 0, 0, 0)));
    }

    [Test]
    public async Task An_unclear_attempt_is_repeated_under_its_id_while_the_platform_drops_doubles()
    {
        var id = await MakeAsync(1);
        var first = await ClaimAsync(lane: NoticeLane.Single);
        await RecordAsync(first, Unclear(first.Rows[0]));

        Clock.Advance(TimeSpan.FromSeconds(30));
        var second = await ClaimAsync(lane: NoticeLane.Single);

        Assert.That(second.Rows.Single().ClientMsgId, Is.EqualTo(first.Rows[0].ClientMsgId));
        Assert.That(second.Rows.Single().UncertainSince, Is.EqualTo(first.Rows[0].ClaimedAt));
        await RecordAsync(second, Sent(second.Rows[0], 7));
        Assert.That(await RowsAsync(id), Is.EqualTo([RecipientStatus.Sent]));
    }

    [Test]
    public async Task A_refusal_for_certain_between_does_not_lengthen_the_time_for_repeats()
    {
        await MakeAsync(1);
        var first = await ClaimAsync(lane: NoticeLane.Single);
        await RecordAsync(first, Unclear(first.Rows[0]));
        Clock.Advance(TimeSpan.FromMinutes(4));
        var second = await ClaimAsync(lane: NoticeLane.Single);
        await RecordAsync(second, new SendResult.Again(Clock.GetUtcNow(), true, -1, "busy")
        {
            NoticeId = second.Rows[0].NoticeId, Row = 1, Lease = second.Rows[0].Lease,
        });

        Assert.That((await ClaimAsync(lane: NoticeLane.Single)).Rows.Single().UncertainSince, Is.EqualTo(first.Rows[0].ClaimedAt));
    }

    [Test]
    public async Task Past_that_time_it_is_never_sent_again_and_its_event_decides()
    {
        var id = await MakeAsync(1);
        var first = await ClaimAsync(lane: NoticeLane.Single);
        await RecordAsync(first, Unclear(first.Rows[0]));

        Clock.Advance(NoticeLimits.RepeatWithin);
        Assert.That((await ClaimAsync(lane: NoticeLane.Single)).Rows, Is.Empty);
        await Queue.SweepAsync(default);
        Assert.That(await RowsAsync(id), Is.EqualTo([RecipientStatus.Parked]));
        Assert.That((await CountsAsync(id)).Sent, Is.EqualTo(1));
        Assert.That(await StatusAsync(id), Is.EqualTo(NoticeStatus.Done));
    }

    [TestCase(4, ExpectedResult = RecipientStatus.Delivered, TestName = "An event soon after the attempt is its result though nobody knows its id")]
    [TestCase(400, ExpectedResult = RecipientStatus.Parked, TestName = "An event minutes after the last attempt is another system's")]
    [TestCase(4, 5, ExpectedResult = RecipientStatus.Parked, TestName = "Two events of the time of the attempt tell nothing")]
    public async Task<RecipientStatus> Event_without_an_id(params int[] seconds)
    {
        var id = await MakeAsync(1);
        var claim = await ClaimAsync(lane: NoticeLane.Single);
        await RecordAsync(claim, Unclear(claim.Rows[0]));
        foreach (var second in seconds)
        {
            Clock.Advance(claim.Rows[0].ClaimedAt.AddSeconds(second) - Clock.GetUtcNow());
            await Events.HearAsync(Event(claim.Rows[0], second), default);
        }

        await Queue.SweepAsync(default);
        Assert.That(await RowsAsync(id), Is.EqualTo([RecipientStatus.Queued]), "a repeat may still learn the id");
        Clock.Advance(NoticeLimits.RepeatWithin);
        await Queue.SweepAsync(default);

        var row = (await Notices.RecipientsAsync(id, null, 0, 1, default)).Single();
        Assert.That(row.Words, row.Status is RecipientStatus.Delivered ? Is.EqualTo("已送达（微信没有答复，按市民和时间推断）") : Is.Null);
        return row.Status;
    }

    [Test]
    public async Task An_event_is_nobodys_when_two_unclear_notices_of_the_citizen_could_have_it()
    {
        string[] ids = [await MakeAsync(1), await MakeAsync(1)];
        var claim = await ClaimAsync(lane: NoticeLane.Single);
        await RecordAsync(claim, Unclear(claim.Rows[0]), Unclear(claim.Rows[1]));
        Clock.Advance(TimeSpan.FromSeconds(4));
        await Events.HearAsync(Event(claim.Rows[0], 55), default);
        Clock.Advance(NoticeLimits.RepeatWithin);
        await Queue.SweepAsync(default);

        Assert.That(await RowsAsync(ids[0]), Is.EqualTo([RecipientStatus.Parked]));
        Assert.That(await RowsAsync(ids[1]), Is.EqualTo([RecipientStatus.Parked]));
    }

    [Test]
    public async Task Without_an_event_for_a_day_the_outcome_is_unknown_and_counts_as_sent()
    {
        var id = await MakeAsync(1);
        var claim = await ClaimAsync(lane: NoticeLane.Single);
        await RecordAsync(claim, new SendResult.Unclear(null) { NoticeId = claim.Rows[0].NoticeId, Row = 1, Lease = claim.Rows[0].Lease });
        Clock.Advance(NoticeLimits.ResultWithin - TimeSpan.FromMinutes(1));
        await Queue.SweepAsync(default);
        Assert.That(await RowsAsync(id), Is.EqualTo([RecipientStatus.Parked]));

        Clock.Advance(TimeSpan.FromMinutes(1));
        await Queue.SweepAsync(default);

        var row = (await Notices.RecipientsAsync(id, RecipientStatus.Sent, 0, 10, default)).Single();
        Assert.That((row.Status, row.Words), Is.EqualTo((RecipientStatus.Unknown, "结果未知：微信没有答复，也没有收到送达结果")));
        Assert.That((await CountsAsync(id)).Sent, Is.EqualTo(1));
    }

    [Test]
    public async Task Without_an_event_for_a_day_what_was_accepted_is_unknown_too_and_a_late_event_still_tells()
    {
        var (id, claim) = await SentAsync(3);
        await Events.HearAsync(Event(claim.Rows[0], 101), default);
        Clock.Advance(NoticeLimits.ResultWithin);

        await Queue.SweepAsync(default);
        Assert.That(await RowsAsync(id), Is.EqualTo([RecipientStatus.Delivered, RecipientStatus.Unknown, RecipientStatus.Unknown]));
        Assert.That((await CountsAsync(id)).Sent, Is.EqualTo(2));

        await Events.HearAsync(Event(claim.Rows[1], 102), default);
        Assert.That((await RowsAsync(id))[1], Is.EqualTo(RecipientStatus.Delivered));
    }

    [Test]
    public async Task A_day_is_counted_for_each_row_also_while_its_notice_waits_or_still_runs()
    {
        var id = await MakeAsync(3);
        await SendOneAsync(1);
        await Notices.PauseAsync(id, "chief", "", default);
        Clock.Advance(TimeSpan.FromHours(2));
        await Notices.ResumeAsync(id, "chief", default);
        await SendOneAsync(2);
        await Notices.PauseAsync(id, "chief", "", default);

        Clock.Advance(NoticeLimits.ResultWithin - TimeSpan.FromHours(2));
        await Queue.SweepAsync(default);
        Assert.That(await RowsAsync(id), Is.EqualTo([RecipientStatus.Unknown, RecipientStatus.Sent, RecipientStatus.Queued]));
        Clock.Advance(TimeSpan.FromHours(2));
        await Notices.ResumeAsync(id, "chief", default);
        await SendOneAsync(3);
        await Queue.SweepAsync(default);
        Assert.That(await RowsAsync(id), Is.EqualTo([RecipientStatus.Unknown, RecipientStatus.Unknown, RecipientStatus.Sent]));
        Clock.Advance(NoticeLimits.ResultWithin);
        await Queue.SweepAsync(default);
        Assert.That((await RowsAsync(id))[2], Is.EqualTo(RecipientStatus.Unknown));

        async Task SendOneAsync(long msgId)
        {
            var claim = await ClaimAsync(1);
            await RecordAsync(claim, Sent(claim.Rows.Single(), msgId));
        }
    }

    [TestCase(1, NoticeLane.Single)]
    [TestCase(3, NoticeLane.Bulk)]
    public async Task What_is_unclear_goes_once_more_when_a_person_says_so(int rows, NoticeLane lane)
    {
        var id = await MakeAsync(rows, lane: lane);
        var claim = await ClaimAsync(lane: lane);
        SendResult.Unclear unclear = new(null, -1, "微信系统繁忙") { NoticeId = claim.Rows[0].NoticeId, Row = 1, Lease = claim.Rows[0].Lease };
        await RecordAsync(claim, [unclear, .. claim.Rows.Skip(1).Select(r => Sent(r, r.Row))]);
        Assert.That((await Notices.FindAsync(id, default))!, Has.Property("Status").EqualTo(NoticeStatus.Done).And.Property("Unclear").EqualTo(1));
        Assert.That((await Notices.RecipientsAsync(id, RecipientStatus.Parked, 0, 10, default)).Single().ErrorCode, Is.EqualTo(-1));
        Assert.That((await Notices.ListAsync(new(Unclear: true), default)).Select(n => n.Id), Is.EqualTo(new[] { id }));
        Clock.Advance(TimeSpan.FromHours(3));

        Assert.That(await Notices.ResendAsync(id, 2, "chief", default), Is.Zero, "of another row nothing is unclear");
        var clicks = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => Notices.ResendAsync(id, i % 2 == 0 ? 1 : null, "chief", default))));

        Assert.That(clicks.Sum(), Is.EqualTo(1));
        var again = await ClaimAsync(lane: lane);
        Assert.That(again.Rows.Select(r => (r.ClientMsgId, r.UncertainSince, r.Attempt)), Is.EqualTo([($"{id}-1", (DateTimeOffset?)null, 1)]));
        Assert.That(await StatusAsync(id), Is.EqualTo(NoticeStatus.Sending));
        await RecordAsync(again, Sent(again.Rows[0], 77));
        Assert.That((await StatusAsync(id), (await RowsAsync(id))[0]), Is.EqualTo((NoticeStatus.Done, RecipientStatus.Sent)));
        Assert.That(await Notices.ResendAsync(id, null, "chief", default), Is.Zero);
        await using (var connection = await Database.DataSource.OpenConnectionAsync())
            Assert.That(await Dapper.SqlMapper.ExecuteScalarAsync<int>(connection, "select count(*) from audit_entry where act = 'notice.resend'"), Is.EqualTo(1));

        Clock.Advance(NoticeLimits.ResultWithin);
        await Queue.SweepAsync(default);
        Assert.That((await RowsAsync(id))[0], Is.EqualTo(RecipientStatus.Unknown), "and is waited for as any other");
    }

    [Test]
    public async Task What_was_cancelled_or_is_out_of_date_is_not_sent_once_more()
    {
        var id = await MakeAsync(2);
        var claim = await ClaimAsync(1);
        await RecordAsync(claim, new SendResult.Unclear(null) { NoticeId = claim.Rows[0].NoticeId, Row = 1, Lease = claim.Rows[0].Lease });
        await ExecuteAsync("update notice set expires_at = @at", new { at = Clock.GetUtcNow().AddHours(1).UtcDateTime });
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.That(await Notices.ResendAsync(id, null, "chief", default), Is.Zero, "out of date");
        await ExecuteAsync("update notice set expires_at = null");
        await Notices.CancelAsync(id, "chief", "发错了", default);
        Assert.That(await Notices.ResendAsync(id, null, "chief", default), Is.Zero, "cancelled");
        Assert.That(await RowsAsync(id), Is.EqualTo([RecipientStatus.Parked, RecipientStatus.Cancelled]));
    }

    [Test]
    public async Task What_a_busy_platform_never_took_waits_for_its_event_and_then_has_failed()
    {
        var id = await MakeAsync(1);
        var claim = await ClaimAsync(lane: NoticeLane.Single);
        await RecordAsync(claim, new SendResult.Unclear(null, -1, "微信系统繁忙") { NoticeId = claim.Rows[0].NoticeId, Row = 1, Lease = claim.Rows[0].Lease });
        Assert.That(await RowsAsync(id), Is.EqualTo([RecipientStatus.Parked]), "a repeat now could be a second notice");

        Clock.Advance(NoticeLimits.ResultWithin);
        await Queue.SweepAsync(default);

        Assert.That((await Notices.RecipientsAsync(id, RecipientStatus.Failed, 0, 10, default)).Single().Words, Is.EqualTo("多次重试仍未成功：微信系统繁忙"));
    }

    [Test]
    public async Task Events_of_other_systems_are_forgotten_after_a_day()
    {
        await Events.HearAsync(new NoticeEvent(9, new("stranger"), RecipientStatus.Delivered, null), default);
        Clock.Advance(NoticeLimits.EventKept + TimeSpan.FromMinutes(1));
        await Queue.SweepAsync(default);

        await using var connection = await Database.DataSource.OpenConnectionAsync();
        Assert.That(await Dapper.SqlMapper.ExecuteScalarAsync<int>(connection, "select count(*) from notice_event"), Is.Zero);
    }

    [Test]
    public async Task Cancelling_spares_what_is_under_way_and_parks_what_may_have_gone()
    {
        var id = await MakeAsync(5);
        var first = await ClaimAsync(2);
        await RecordAsync(first, Unclear(first.Rows[0]), Sent(first.Rows[1], 2));
        var flying = await ClaimAsync(1);

        Assert.That((await Notices.CancelAsync(id, "chief", "发错了", default)).Status, Is.EqualTo(NoticeStatus.Cancelled));

        Assert.That(await RowsAsync(id), Is.EqualTo(
            [RecipientStatus.Parked, RecipientStatus.Sent, RecipientStatus.Queued, RecipientStatus.Cancelled, RecipientStatus.Cancelled]));
        await RecordAsync(flying, NoticeVerdict.GiveBack(flying.Rows[0], Clock.GetUtcNow()));
        Assert.That((await RowsAsync(id))[2], Is.EqualTo(RecipientStatus.Cancelled));
        Assert.That((await ClaimAsync()).Rows, Is.Empty);
        Assert.That((await Notices.FindAsync(id, default))!.FinishedAt, Is.Not.Null);
    }

    [Test]
    public async Task Cancelling_while_hosts_claim_and_pause_leaves_every_row_in_one_place()
    {
        var id = await MakeAsync(3_000);
        var cancelling = Task.Run(async () =>
        {
            await Notices.PauseAsync(id, "chief", "", default);
            await Notices.ResumeAsync(id, "chief", default);
            return await Notices.CancelAsync(id, "chief", "", default);
        });
        List<(Claim Claim, IReadOnlyCollection<ClaimedNotice> Begun)> claims = [];
        while (!cancelling.IsCompleted)
        {
            var claim = await Queue.ClaimAsync(NoticeLane.Bulk, 100, Lease, quiet: false, default);
            claims.Add((claim, claim.Fresh ? await Queue.BeginAsync(claim.Rows, default) : claim.Rows));
        }

        Assert.That((await cancelling).Ok);

        long message = 0;
        foreach (var (claim, begun) in claims.Where(c => c.Claim.Lease is not null))
            await RecordAsync(claim, claim.Rows.Select(r => begun.Contains(r) ? (SendResult)Sent(r, ++message) : NoticeVerdict.GiveBack(r, Clock.GetUtcNow())).ToArray());
        await Queue.SweepAsync(default);

        var counts = await CountsAsync(id);
        Assert.That((counts.Queued, counts.Sent + counts.Cancelled), Is.EqualTo((0, 3_000)));
        Assert.That(counts.Sent, Is.EqualTo(message));
    }

    [Test]
    public async Task Old_notices_are_erased_and_their_counts_stay()
    {
        var (id, claim) = await SentAsync(12);
        Clock.Advance(TimeSpan.FromDays(90));
        var young = await MakeAsync(2);

        Assert.That(await Notices.EraseAsync(Clock.GetUtcNow().AddDays(-91), default), Is.Zero);
        Assert.That(await Notices.EraseAsync(Clock.GetUtcNow().AddDays(-89), default), Is.EqualTo(12));
        Assert.That(await Notices.EraseAsync(Clock.GetUtcNow().AddDays(-89), default), Is.Zero);

        Assert.That((await Notices.RecipientsAsync(id, null, 0, 20, default)).Select(r => r.To.Value), Is.All.Empty);
        Assert.That((await CountsAsync(id)).Sent, Is.EqualTo(12));
        Assert.That((await Notices.RecipientsAsync(young, null, 0, 20, default)).Select(r => r.To.Value), Is.All.Not.Empty);
    }

    [Test]
    public async Task What_was_begun_and_never_ended_is_closed_and_forgotten_in_time()
    {
        var draft = await MakeAsync(3, NoticeOrigin.Console);
        var paused = await StartedAsync(3);
        await Notices.PauseAsync(paused, "chief", "", default);
        Clock.Advance(TimeSpan.FromDays(91));

        await Notices.EraseAsync(Clock.GetUtcNow().AddDays(-90), default);
        await Queue.SweepAsync(default);
        Assert.That(await Notices.EraseAsync(Clock.GetUtcNow().AddDays(-90), default), Is.EqualTo(6));

        foreach (var id in new[] { draft, paused })
        {
            Assert.That(await StatusAsync(id), Is.EqualTo(NoticeStatus.Cancelled));
            Assert.That((await Notices.RecipientsAsync(id, null, 0, 10, default)).Select(r => r.To.Value), Is.All.Empty);
        }
    }

    [Test]
    public async Task What_went_out_after_all_is_sent_even_where_it_was_cancelled()
    {
        var id = await MakeAsync(1, lane: NoticeLane.Bulk);
        var claim = await ClaimAsync();
        await Get<PostgresNoticeErasure>().EraseAsync(claim.Rows[0].To, default);

        await RecordAsync(claim, Sent(claim.Rows[0], 5));

        Assert.That(await RowsAsync(id), Is.EqualTo([RecipientStatus.Sent]));
    }

    [Test]
    public async Task One_citizen_is_erased_from_everywhere_and_gets_nothing_more()
    {
        await SentAsync(2);
        var id = await MakeAsync(2);

        Assert.That(await Get<PostgresNoticeErasure>().EraseAsync(new Bot.WeChat.OpenId("o-0000001-abcdefghijklmnopqr"), default), Is.EqualTo(2));

        Assert.That((await ClaimAsync()).Rows.Select(r => r.Row), Is.EqualTo([2]));
        Assert.That((await RowsAsync(id))[0], Is.EqualTo(RecipientStatus.Cancelled));
    }

    [Test]
    public async Task A_notice_is_done_when_its_last_citizen_is_erased()
    {
        var id = await MakeAsync(1);
        await Get<PostgresNoticeErasure>().EraseAsync(new Bot.WeChat.OpenId("o-0000001-abcdefghijklmnopqr"), default);
        Assert.That(await StatusAsync(id), Is.EqualTo(NoticeStatus.Done));
    }

    [Test]
    public async Task Who_does_not_follow_as_the_platform_says_is_known_to_have_left()
    {
        await ExecuteAsync("insert into follower (openid) values ('o-0000001-abcdefghijklmnopqr'), ('o-0000002-abcdefghijklmnopqr')");
        await MakeAsync(2);
        var claim = await ClaimAsync();
        // One of them came back meanwhile.
        await ExecuteAsync("update follower set last_event_time = 4000000000 where openid like 'o-0000002%'");
        await RecordAsync(claim, [.. claim.Rows.Select(r => (SendResult)new SendResult.Ended(RecipientStatus.Failed, 43004, "用户未关注公众号") { NoticeId = r.NoticeId, Row = r.Row, Lease = r.Lease })]);

        await using var connection = await Database.DataSource.OpenConnectionAsync();
        Assert.That(
            await Dapper.SqlMapper.QueryAsync<bool>(connection, "select subscribed from follower order by openid"), Is.EqualTo([false, true]));
    }

    private async Task<(string Id, Claim Claim)> SentAsync(int rows)
    {
        var id = await MakeAsync(rows, lane: NoticeLane.Bulk);
        var claim = await ClaimAsync(rows);
        await RecordAsync(claim, claim.Rows.Select(r => Sent(r, 100 + r.Row)).ToArray());
        return (id, claim);
    }
}
