using Bot.Data.Notices;
using NUnit.Framework;

namespace Bot.Tests.Notices;

/// <summary>What stayed unclear may go once more, at the risk of a person who says so.</summary>
public sealed class ResendTests : NoticeFixture
{
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
}
