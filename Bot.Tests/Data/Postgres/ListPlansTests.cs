using Bot.Data.Cases;
using Bot.Data.Postgres;
using Bot.Data.Staff;
using Dapper;
using NUnit.Framework;

namespace Bot.Tests.Data.Postgres;

/// <summary>Lists that grow without end are read along an index, in its order, whatever is asked for.</summary>
public sealed class ListPlansTests : StoreFixture
{
    private static readonly StaffMember[] s_staff = [new(1, "shouli", "李敏", [StaffRole.Agent], "center"), new(2, "chengguan", "赵强", [StaffRole.Officer], "urban")];

    [Test, Combinatorial]
    public async Task Cases_in_every_view_and_order([Values] CaseView view, [Values] CaseOrder order, [Values(0, 1)] int staff, [Values] bool deep)
    {
        var (sql, parameters) = CaseQueue.Page(new(view, order, After: deep ? "1780000000000000.7" : null), s_staff[staff], 26);
        await AlongAnIndexAsync(sql, parameters);
    }

    [TestCase("select * from job where status = 'cancelled' order by id desc limit 51", "job_cancelled")]
    [TestCase("select * from follower f where f.scene = 'svc_1' order by f.last_message_at desc nulls last, f.openid limit 26", "Index Cond: (scene = ")]
    public Task Jobs_of_a_state_and_followers_of_a_scene(string sql, string condition) => AlongAnIndexAsync(sql, new { }, condition);

    // Where nothing is to be read everything is cheap: what is left to the planner here is what the indexes offer.
    private async Task AlongAnIndexAsync(string sql, object parameters, string condition = "")
    {
        await using var connection = await One.OpenConnectionAsync();
        await connection.ExecuteAsync("set enable_seqscan = off; set enable_sort = off; set enable_incremental_sort = off; set enable_bitmapscan = off");
        var plan = string.Join('\n', await connection.QueryAsync<string>($"explain {sql}", parameters));
        Assert.That(plan, Does.Contain("Index Scan").And.Contain(condition).And.Not.Contain("Sort").And.Not.Contain("Seq Scan"));
    }
}
