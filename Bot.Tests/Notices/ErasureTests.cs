using Bot.Data.Notices;
using Bot.Data.Postgres;
using Bot.WeChat;
using NUnit.Framework;

namespace Bot.Tests.Notices;

/// <summary>Who was told is forgotten in time, and at once where the citizen asks for it; the counts stay.</summary>
public sealed class ErasureTests : NoticeFixture
{
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
    public async Task One_citizen_is_erased_from_everywhere_and_gets_nothing_more()
    {
        await SentAsync(2);
        var id = await MakeAsync(2);

        Assert.That(await Get<PostgresNoticeErasure>().EraseAsync(new OpenId("o-0000001-abcdefghijklmnopqr"), default), Is.EqualTo(2));

        Assert.That((await ClaimAsync()).Rows.Select(r => r.Row), Is.EqualTo([2]));
        Assert.That((await RowsAsync(id))[0], Is.EqualTo(RecipientStatus.Cancelled));
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
    public async Task A_notice_is_done_when_its_last_citizen_is_erased()
    {
        var id = await MakeAsync(1);
        await Get<PostgresNoticeErasure>().EraseAsync(new OpenId("o-0000001-abcdefghijklmnopqr"), default);
        Assert.That(await StatusAsync(id), Is.EqualTo(NoticeStatus.Done));
    }
}
