using Bot.Bench.Notices;
using Bot.Data.Notices;
using Bot.Handlers.Notices;
using Bot.Tests.Infrastructure;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Bot.Tests.Notices;

/// <summary>The stores of notices over a fresh database and a clock of the test's own; nothing is sent unless the test does so.</summary>
public abstract class NoticeFixture
{
    protected static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    private IHost _host = null!;

    /// <summary>A Monday morning in Beijing.</summary>
    protected FakeTimeProvider Clock { get; private set; } = null!;

    protected TestDatabase Database { get; private set; } = null!;

    internal INotices Notices => Get<INotices>();

    internal INoticeQueue Queue => Get<INoticeQueue>();

    internal NoticeOffice Office => Get<NoticeOffice>();

    internal T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    [SetUp]
    public async Task Begin()
    {
        Clock = new(new DateTimeOffset(2026, 11, 23, 9, 30, 0, TimeSpan.FromHours(8)));
        Database = await TestDatabase.CreateAsync();
        _host = await new EngineHost { Postgres = Database.ConnectionString, Platform = "http://127.0.0.1:1", Clock = Clock, Sends = false }.StartAsync();
        await BenchTemplate.SyncAsync(Get<INoticeTemplates>());
    }

    [TearDown]
    public async Task End()
    {
        try
        {
            Assert.That(await MiscountedAsync(), Is.Zero, "notices whose counts are not their rows");
        }
        finally
        {
            _host.Dispose();
            await Database.DisposeAsync();
        }
    }

    internal async Task<string> MakeAsync(
        int rows, NoticeOrigin origin = NoticeOrigin.Api, NoticeLane? lane = null, string prefix = "o-", DateTimeOffset? at = null, bool anyHour = false)
    {
        var request = BenchTemplate.Request(lane ?? (rows == 1 ? NoticeLane.Single : NoticeLane.Bulk)) with
        {
            Origin = origin, ScheduledAt = at, AnyHour = anyHour, MadeBy = "clerk",
        };
        var answer = await Office.SendAsync(request, BenchTemplate.Rows(rows, prefix), default);
        return ((NoticeAnswer.Accepted)answer).Notice.Id;
    }

    /// <summary>A console notice, approved and started.</summary>
    internal async Task<string> StartedAsync(int rows, NoticeLane lane = NoticeLane.Bulk, string prefix = "o-", bool anyHour = false)
    {
        var id = await MakeAsync(rows, NoticeOrigin.Console, lane, prefix, anyHour: anyHour);
        Assert.That((await Notices.SubmitAsync(id, "clerk", default)).Ok);
        Assert.That((await Notices.ApproveAsync(id, "chief", default)).Ok);
        Assert.That((await Notices.StartAsync(id, "chief", null, default)).Ok);
        return id;
    }

    /// <summary>Claims and begins: from then on anything may have been sent.</summary>
    internal async Task<Claim> ClaimAsync(int limit = 100, NoticeLane lane = NoticeLane.Bulk, bool quiet = false)
    {
        var claim = lane is NoticeLane.Single ? await Queue.ClaimSinglesAsync(limit, Lease, default) : await Queue.ClaimAsync(lane, limit, Lease, quiet, default);
        if (claim.Fresh)
            Assert.That(await Queue.BeginAsync(claim.Rows, default), Has.Count.EqualTo(claim.Rows.Count));
        return claim;
    }

    /// <summary>A bulk notice of which the platform has taken every row, under the numbers from 101 on.</summary>
    internal async Task<(string Id, Claim Claim)> SentAsync(int rows)
    {
        var id = await MakeAsync(rows, lane: NoticeLane.Bulk);
        var claim = await ClaimAsync(rows);
        await RecordAsync(claim, claim.Rows.Select(r => Sent(r, 100 + r.Row)).ToArray());
        return (id, claim);
    }

    internal Task RecordAsync(Claim claim, params IReadOnlyCollection<SendResult> results) =>
        Queue.RecordAsync(results, results.Count == claim.Rows.Count ? [claim.Lease!.Value] : [], default);

    internal SendResult.Sent Sent(ClaimedNotice row, long msgId) =>
        new(msgId, Clock.GetUtcNow()) { NoticeId = row.NoticeId, Row = row.Row, Lease = row.Lease };

    internal SendResult.Unclear Unclear(ClaimedNotice row) =>
        (SendResult.Unclear)NoticeVerdict.Unclear(row, Clock.GetUtcNow()).Result;

    internal static NoticeEvent Event(ClaimedNotice row, long msgId, RecipientStatus status = RecipientStatus.Delivered) =>
        new(msgId, row.To, status, status is RecipientStatus.Delivered ? null : "用户拒收");

    internal async Task<NoticeCounts> CountsAsync(string id) => (await Notices.FindAsync(id, default))!.Counts;

    internal async Task<NoticeStatus> StatusAsync(string id) => (await Notices.FindAsync(id, default))!.Status;

    internal async Task<RecipientStatus[]> RowsAsync(string id) =>
        [.. (await Notices.RecipientsAsync(id, null, 0, 1000, default)).Select(r => r.Status)];

    protected async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, parameters);
    }

    private async Task<int> MiscountedAsync()
    {
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<int>(
            """
            select count(*)::int from notice_tally y
            where array[y.queued, y.sent, y.delivered, y.refused, y.failed, y.cancelled]::bigint[] is distinct from (
                select array[count(*) filter (where status in ('queued', 'sending')), count(*) filter (where status in ('sent', 'parked', 'unknown')),
                    count(*) filter (where status = 'delivered'), count(*) filter (where status = 'refused'),
                    count(*) filter (where status = 'failed'), count(*) filter (where status = 'cancelled')]
                from notice_recipient r where r.notice_id = y.notice_id)
            """);
    }
}
