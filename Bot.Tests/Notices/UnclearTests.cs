using Bot.Data.Notices;
using NUnit.Framework;

namespace Bot.Tests.Notices;

/// <summary>What to believe when the answer or the event is missing.</summary>
public sealed class UnclearTests : NoticeFixture
{
    private INoticeEvents Events => Get<INoticeEvents>();

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
    public async Task Past_that_time_it_is_never_sent_again()
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
}
