using Bot.Data.Sessions;
using NUnit.Framework;

namespace Bot.Tests.Data.Sessions;

[TestFixture(typeof(RedisStore))]
[TestFixture(typeof(LocalStore))]
public sealed class OwedTests<TStore> : SessionsContract<TStore>
    where TStore : SessionStore, new()
{
    [Test]
    public async Task Tells_what_is_owed_until_a_commit_says_that_it_was_told()
    {
        await One.OweAsync(Citizen, "第一条");
        await Other.OweAsync(Citizen, "第二条");

        Assert.That((await One.BeginAsync(Citizen, "1", "a")).Owed, Is.EqualTo("第一条\n\n第二条"));
        await One.CommitAsync(Citizen, "1", "a", default, Bytes("r"));
        Assert.That((await Other.BeginAsync(Citizen, "2", "b")).Owed, Is.EqualTo("第一条\n\n第二条"));
        await Other.CommitAsync(Citizen, "2", "b", default, Bytes("r"), told: "第一条\n\n第二条");
        Assert.That((await One.BeginAsync(Citizen, "3", "c")).Owed, Is.Null);
    }

    [Test]
    public async Task Still_owes_what_a_lost_turn_would_have_told()
    {
        await One.OweAsync(Citizen, "还没说");
        await One.BeginAsync(Citizen, "1", "a");
        await Store.PassAsync(Citizen, SessionLimits.Lease);
        Assert.That((await One.CommitAsync(Citizen, "1", "a", default, Bytes("r"), told: "还没说")).Kept, Is.False);
        Assert.That((await Other.BeginAsync(Citizen, "2", "b")).Owed, Is.EqualTo("还没说"));
    }

    [Test]
    public async Task Still_owes_what_came_while_the_turn_ran()
    {
        await One.OweAsync(Citizen, "第一条");
        var begun = await One.BeginAsync(Citizen, "1", "a");
        await Other.OweAsync(Citizen, "第二条");
        await One.CommitAsync(Citizen, "1", "a", default, Bytes("r"), told: begun.Owed);
        Assert.That((await One.BeginAsync(Citizen, "2", "b")).Owed, Is.EqualTo("第二条"));
    }

    [Test]
    public async Task Still_owes_the_rest_of_what_was_told_in_part()
    {
        await One.OweAsync(Citizen, "很长的答复");
        await One.BeginAsync(Citizen, "1", "a");
        await Other.OweAsync(Citizen, "第二条");
        await One.CommitAsync(Citizen, "1", "a", default, Bytes("r"), told: "很长的");
        Assert.That((await One.BeginAsync(Citizen, "2", "b")).Owed, Is.EqualTo("答复\n\n第二条"));
        await One.CommitAsync(Citizen, "2", "b", default, Bytes("r"), told: "答复");
        Assert.That((await Other.BeginAsync(Citizen, "3", "c")).Owed, Is.EqualTo("第二条"));
        await Other.CommitAsync(Citizen, "3", "c", default, Bytes("r"), told: "第二条");
        Assert.That((await Other.BeginAsync(Citizen, "4", "d")).Owed, Is.Null);
    }

    [Test]
    public async Task Owes_an_answer_to_nobody_else()
    {
        await One.OweAsync(Citizen, "私事");
        Assert.That((await One.BeginAsync(NewCitizen(), "1", "a")).Owed, Is.Null);
    }

    [Test]
    public async Task Owes_nothing_after_the_customer_service_window()
    {
        await One.OweAsync(Citizen, "旧事");
        await Store.PassAsync(Citizen, SessionLimits.OwedKept - TimeSpan.FromMinutes(1));
        Assert.That((await One.BeginAsync(Citizen, "1", "a")).Owed, Is.EqualTo("旧事"));
        await ReleaseAsync(One, Citizen, "1", "a");
        await Store.PassAsync(Citizen, TimeSpan.FromMinutes(1));
        Assert.That((await One.BeginAsync(Citizen, "2", "b")).Owed, Is.Null);
    }
}
