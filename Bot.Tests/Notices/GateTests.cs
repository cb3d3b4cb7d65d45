using Bot.Data.Notices;
using Dapper;
using NUnit.Framework;

namespace Bot.Tests.Notices;

/// <summary>While the account may send nothing at all.</summary>
public sealed class GateTests : NoticeFixture
{
    [Test]
    public async Task A_closed_gate_stops_every_lane_until_its_time()
    {
        await MakeAsync(1);
        await MakeAsync(5);
        await Queue.CloseGateAsync(Clock.GetUtcNow().AddMinutes(10), 45009, "接口当日调用次数已用完", default);
        await Queue.CloseGateAsync(Clock.GetUtcNow().AddMinutes(1), 45011, "接口调用过于频繁", default);

        Assert.That((await Queue.GateAsync(default))!.Code, Is.EqualTo(45009), "the longer one stands");
        Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.That((await ClaimAsync()).Rows.Concat((await ClaimAsync(lane: NoticeLane.Single)).Rows), Is.Empty);
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That((await ClaimAsync()).Rows.Concat((await ClaimAsync(lane: NoticeLane.Single)).Rows).Count(), Is.EqualTo(6));
        Assert.That(await Queue.GateAsync(default), Is.Null);
    }

    [Test]
    public async Task An_administrator_opens_the_gate_and_the_audit_log_knows()
    {
        await MakeAsync(2);
        await Queue.CloseGateAsync(Clock.GetUtcNow().AddHours(10), 45009, "接口当日调用次数已用完", default);
        Assert.That((await ClaimAsync()).Rows, Is.Empty);

        await Queue.OpenGateAsync("admin", default);

        Assert.That((await ClaimAsync()).Rows, Has.Count.EqualTo(2));
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        Assert.That(await connection.ExecuteScalarAsync<string>("select actor from audit_entry where act = 'notice.open'"), Is.EqualTo("admin"));
    }
}
