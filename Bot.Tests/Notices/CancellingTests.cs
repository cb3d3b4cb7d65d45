using Bot.Data.Notices;
using Bot.Handlers.Notices;
using NUnit.Framework;

namespace Bot.Tests.Notices;

public sealed class CancellingTests : NoticeFixture
{
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
}
