using Bot.Bench.Notices;
using Bot.Data.Notices;
using Bot.Handlers.Notices;
using Npgsql;
using NUnit.Framework;

namespace Bot.Tests.Notices;

public sealed class LifeCycleTests : NoticeFixture
{
    [Test]
    public async Task Goes_from_draft_to_done_with_a_second_pair_of_eyes()
    {
        var id = await MakeAsync(2, NoticeOrigin.Console);
        Assert.That(await StatusAsync(id), Is.EqualTo(NoticeStatus.Draft));
        Assert.That((await ClaimAsync()).Rows, Is.Empty);

        Assert.That((await Notices.SubmitAsync(id, "clerk", default)).Status, Is.EqualTo(NoticeStatus.Submitted));
        Assert.That((await Notices.ApproveAsync(id, "chief", default)).Status, Is.EqualTo(NoticeStatus.Approved));
        Assert.That((await Notices.StartAsync(id, "chief", null, default)).Status, Is.EqualTo(NoticeStatus.Sending));
        Assert.That((await Notices.PauseAsync(id, "chief", "再核对一遍", default)).Status, Is.EqualTo(NoticeStatus.Paused));
        Assert.That((await ClaimAsync()).Rows, Is.Empty);
        Assert.That((await Notices.ResumeAsync(id, "chief", default)).Status, Is.EqualTo(NoticeStatus.Sending));
        var claim = await ClaimAsync();
        await RecordAsync(claim, Sent(claim.Rows[0], 1), Sent(claim.Rows[1], 2));

        var notice = (await Notices.FindAsync(id, default))!;
        Assert.That((notice.Status, notice.MadeBy, notice.ApprovedBy), Is.EqualTo((NoticeStatus.Done, "clerk", "chief")));
        Assert.That(notice.Counts, Is.EqualTo(new NoticeCounts(0, 2, 0, 0, 0, 0)));
    }

    [TestCase(NoticeAct.Approve)]
    [TestCase(NoticeAct.Start)]
    [TestCase(NoticeAct.Pause)]
    [TestCase(NoticeAct.Resume)]
    [TestCase(NoticeAct.Return)]
    public async Task Refuses_what_a_draft_does_not_allow(NoticeAct act)
    {
        var id = await MakeAsync(1, NoticeOrigin.Console);

        var change = await ActAsync(id, act);

        Assert.That((change.Kind, change.Status), Is.EqualTo((NoticeChangeKind.WrongStatus, NoticeStatus.Draft)));
        Assert.That(NoticeLifeCycle.Allows(NoticeStatus.Draft, act), Is.False);
    }

    [Test]
    public async Task Nobody_approves_their_own_notice()
    {
        var id = await MakeAsync(1, NoticeOrigin.Console);
        await Notices.SubmitAsync(id, "clerk", default);

        Assert.That((await Notices.ApproveAsync(id, "clerk", default)).Kind, Is.EqualTo(NoticeChangeKind.SamePerson));
        Assert.That(await StatusAsync(id), Is.EqualTo(NoticeStatus.Submitted));
    }

    [Test]
    public async Task The_database_itself_keeps_four_eyes()
    {
        var id = await MakeAsync(1, NoticeOrigin.Console);

        Assert.That(ConstraintOf("update notice set status = 'sending' where public_id = @id", id), Is.EqualTo("notice_console_is_approved"));
        Assert.That(ConstraintOf("update notice set approved_by = made_by where public_id = @id", id), Is.EqualTo("notice_four_eyes"));
        await ExecuteAsync("update notice set approved_by = 'chief' where public_id = @id", new { id });
        Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync("update notice set made_by = 'other' where public_id = @id", new { id }));
        Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync("update notice set approved_by = 'other' where public_id = @id", new { id }));
    }

    [Test]
    public async Task A_returned_notice_is_a_draft_again_and_says_why()
    {
        var id = await MakeAsync(1, NoticeOrigin.Console);
        await Notices.SubmitAsync(id, "clerk", default);

        await Notices.ReturnAsync(id, "chief", "时间写错了", default);

        var notice = (await Notices.FindAsync(id, default))!;
        Assert.That((notice.Status, notice.Reason), Is.EqualTo((NoticeStatus.Draft, "时间写错了")));
    }

    [Test]
    public async Task A_scheduled_notice_starts_when_its_time_has_come()
    {
        var id = await MakeAsync(3, at: Clock.GetUtcNow().AddHours(2));
        Assert.That(await StatusAsync(id), Is.EqualTo(NoticeStatus.Scheduled));
        await Queue.SweepAsync(default);
        Assert.That((await ClaimAsync()).Rows, Is.Empty);

        Clock.Advance(TimeSpan.FromHours(2));
        await Queue.SweepAsync(default);

        Assert.That((await ClaimAsync()).Rows, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_scheduled_single_notice_waits_for_its_time_too()
    {
        await MakeAsync(1, at: Clock.GetUtcNow().AddHours(2));
        Assert.That((await ClaimAsync(lane: NoticeLane.Single)).Rows, Is.Empty);

        Clock.Advance(TimeSpan.FromHours(2));
        await Queue.SweepAsync(default);

        Assert.That((await ClaimAsync(lane: NoticeLane.Single)).Rows, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Nothing_is_scheduled_beyond_a_week()
    {
        var late = Clock.GetUtcNow().AddDays(7).AddMinutes(1);
        var refused = await Office.SendAsync(BenchTemplate.Request(NoticeLane.Bulk) with { ScheduledAt = late }, BenchTemplate.Rows(1), default);
        Assert.That(((NoticeAnswer.Refused)refused).Problems.Keys, Is.EqualTo(["scheduledAt"]));

        var id = await MakeAsync(1, NoticeOrigin.Console);
        await Notices.SubmitAsync(id, "clerk", default);
        await Notices.ApproveAsync(id, "chief", default);
        Assert.That((await Notices.StartAsync(id, "chief", late, default)).Kind, Is.EqualTo(NoticeChangeKind.TooFarAhead));
    }

    [Test]
    public async Task A_notice_that_is_not_there_cannot_be_steered()
    {
        Assert.That((await Notices.CancelAsync("Nnobody", "chief", "", default)).Kind, Is.EqualTo(NoticeChangeKind.NotFound));
        Assert.That(await Notices.FindAsync("Nnobody", default), Is.Null);
    }

    private Task<NoticeChange> ActAsync(string id, NoticeAct act) => act switch
    {
        NoticeAct.Submit => Notices.SubmitAsync(id, "clerk", default),
        NoticeAct.Return => Notices.ReturnAsync(id, "chief", "", default),
        NoticeAct.Approve => Notices.ApproveAsync(id, "chief", default),
        NoticeAct.Start => Notices.StartAsync(id, "chief", null, default),
        NoticeAct.Pause => Notices.PauseAsync(id, "chief", "", default),
        NoticeAct.Resume => Notices.ResumeAsync(id, "chief", default),
        NoticeAct.Cancel => Notices.CancelAsync(id, "chief", "", default),
        NoticeAct.Replace => Notices.ReplaceAsync(id, "clerk", "", default),
    };

    private string? ConstraintOf(string sql, string id) =>
        Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(sql, new { id }))!.ConstraintName;
}
