using Bot.Bench.Notices;
using Bot.Data.Notices;
using Bot.Handlers.Notices;
using Bot.Handlers.Notices.Groups;
using Bot.WeChat;
using Dapper;
using NUnit.Framework;

namespace Bot.Tests.Notices;

/// <summary>A notice for a group, whose members change between draft and start.</summary>
public sealed class GatheringTests : NoticeFixture
{
    private Members _members = null!;

    [SetUp]
    public void BeginEmpty() => _members = new();

    [Test]
    public async Task It_goes_to_those_who_are_in_the_group_when_it_starts()
    {
        var id = await StartedAsync(3);
        var draft = await OpenIdsAsync(id);
        _members.Are = [draft[1], draft[2], "o-joined", "o-joined"];
        Assert.That((await ClaimAsync()).Rows, Is.Empty, "not before its list is up to date");
        await Queue.SweepAsync(default, quiet: true);
        Assert.That(await DueAsync(), Is.Empty, "nothing of it goes before the morning, and by then others may be in the group");
        await Queue.SweepAsync(default);
        await Queue.SweepAsync(default);
        Assert.That(await DueAsync(), Is.EqualTo(new[] { id }));

        await RunAsync(id);
        await RunAsync(id);

        var rows = await Notices.RecipientsAsync(id, null, 0, 10, default);
        Assert.That(rows.Select(r => (r.To.Value, r.Status)), Is.EqualTo(
            [(draft[0], RecipientStatus.Cancelled), (draft[1], RecipientStatus.Queued), (draft[2], RecipientStatus.Queued), ("o-joined", RecipientStatus.Queued)]));
        Assert.That(rows[0].Words, Is.EqualTo("开始发送时已不在名单里，没有发送"));
        Assert.That((await Notices.FindAsync(id, default))!, Has.Property("Recipients").EqualTo(4).And.Property("Joined").EqualTo(1).And.Property("Gathering").False);
        var claim = await ClaimAsync();
        Assert.That(claim.Rows.Select(r => r.To.Value), Is.EqualTo(new[] { draft[1], draft[2], "o-joined" }));
        Assert.That(claim.Rows[2].Data, Is.EquivalentTo(BenchTemplate.Data), "all are told the same");
        await Queue.SweepAsync(default);
        Assert.That(await AuditedAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task Whom_nobody_can_tell_stops_it_and_going_on_asks_again()
    {
        var id = await StartedAsync(2);
        await Queue.SweepAsync(default);
        _members.Fault = "微信没有给出名单";
        Assert.That(() => RunAsync(id), Throws.InstanceOf<NoticeGroupException>(), "it is tried again");
        await RunAsync(id, attempt: 3);

        var paused = (await Notices.FindAsync(id, default))!;
        Assert.That((paused.Status, paused.Counts.Queued), Is.EqualTo((NoticeStatus.Paused, 2)));
        Assert.That(paused.Reason, Does.Contain("微信没有给出名单").And.Contain("点“继续”再取一次"));
        await ExecuteAsync("update job set status = 'done', finished_at = now()");
        await Queue.SweepAsync(default);
        Assert.That(await DueAsync(), Is.Empty);

        await Notices.ResumeAsync(id, "chief", default);
        await Queue.SweepAsync(default);
        Assert.That(await DueAsync(), Is.EqualTo(new[] { id }));
        (_members.Fault, _members.Are) = (null, await OpenIdsAsync(id));
        await RunAsync(id);
        Assert.That((await ClaimAsync()).Rows, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task It_is_over_when_everybody_left_and_when_it_is_cancelled_meanwhile()
    {
        var (left, cancelled) = (await StartedAsync(2), await StartedAsync(2));
        await Notices.CancelAsync(cancelled, "chief", "发错了", default);
        foreach (var id in new[] { left, cancelled })
        {
            await RunAsync(id);
            Assert.That(await RowsAsync(id), Is.All.EqualTo(RecipientStatus.Cancelled));
            Assert.That((await Notices.FindAsync(id, default))!.FinishedAt, Is.Not.Null);
        }
    }

    private async Task<string> StartedAsync(int rows)
    {
        var request = BenchTemplate.Request(NoticeLane.Bulk) with { Origin = NoticeOrigin.Console, MadeBy = "clerk", Group = new(Members.Name, "all") };
        var id = ((NoticeAnswer.Accepted)await Office.SendAsync(request, BenchTemplate.Rows(rows), default)).Notice.Id;
        await Notices.SubmitAsync(id, "clerk", default);
        await Notices.ApproveAsync(id, "chief", default);
        Assert.That((await Notices.StartAsync(id, "chief", null, default)).Status, Is.EqualTo(NoticeStatus.Sending));
        return id;
    }

    private Task RunAsync(string id, int attempt = 1) => new NoticeGatheringJob(Get<INoticeGathering>(), Notices, [_members])
        .RunAsync(new(1, INoticeGathering.JobKind, id, "{}", attempt, Guid.NewGuid()), default);

    private async Task<string[]> OpenIdsAsync(string id) => [.. (await Notices.RecipientsAsync(id, null, 0, 10, default)).Select(r => r.To.Value)];

    private async Task<IEnumerable<string>> DueAsync()
    {
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        return await connection.QueryAsync<string>("select key from job where kind = 'notice-gather' and status = 'waiting'");
    }

    private async Task<int> AuditedAsync()
    {
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<int>("select count(*) from audit_entry where act = 'notice.gather'");
    }

    private sealed class Members : INoticeGroup
    {
        public const string Name = "members";

        public string[] Are { get; set; } = [];

        public string? Fault { get; set; }

        public string Kind => Name;

        public string Label => "成员";

        public Task<IReadOnlyList<GroupChoice>> ChoicesAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<GroupChoice>>([new("all", "全部")]);

        public async IAsyncEnumerable<OpenId> MembersAsync(string choice, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
        {
            await Task.CompletedTask;
            foreach (var member in Are)
                yield return new(member);
            if (Fault is not null)
                throw new NoticeGroupException(Fault);
        }

        public Task<bool> HasAsync(string choice, OpenId citizen, CancellationToken ct) => Task.FromResult(Are.Contains(citizen.Value));
    }
}
