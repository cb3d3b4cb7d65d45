using Bot.Data.Notices;
using Dapper;
using NUnit.Framework;

namespace Bot.Tests.Notices;

/// <summary>What the platform tells afterwards of a notice that it took.</summary>
public sealed class EventTests : NoticeFixture
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
    public async Task Many_events_at_once_are_all_kept()
    {
        var (id, claim) = await SentAsync(300);

        await Task.WhenAll(claim.Rows.Select(r => Events.HearAsync(Event(r, 100 + r.Row), default)));

        Assert.That(await CountsAsync(id), Is.EqualTo(new NoticeCounts(0, 0, 300, 0, 0, 0)));
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
    public async Task Events_of_other_systems_are_forgotten_after_a_day()
    {
        await Events.HearAsync(new NoticeEvent(9, new("stranger"), RecipientStatus.Delivered, null), default);
        Clock.Advance(NoticeLimits.EventKept + TimeSpan.FromMinutes(1));
        await Queue.SweepAsync(default);

        await using var connection = await Database.DataSource.OpenConnectionAsync();
        Assert.That(await connection.ExecuteScalarAsync<int>("select count(*) from notice_event"), Is.Zero);
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
            await connection.QueryAsync<bool>("select subscribed from follower order by openid"), Is.EqualTo([false, true]));
    }
}
