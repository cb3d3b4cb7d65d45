using Bot.Data.Sessions;
using NUnit.Framework;

namespace Bot.Tests.Data.Sessions;

[TestFixture(typeof(RedisStore))]
[TestFixture(typeof(LocalStore))]
public sealed class QueueTests<TStore> : SessionsContract<TStore>
    where TStore : SessionStore, new()
{
    private static readonly Begun s_started = new(TurnStatus.Started);

    private static Begun Waiting(int place) => new(TurnStatus.Waiting, Place: place);

    [Test]
    public async Task Hands_the_turn_over_in_the_order_of_arrival()
    {
        await One.BeginAsync(Citizen, "1", "a");
        Assert.That(await Other.BeginAsync(Citizen, "2", "b"), Is.EqualTo(Waiting(1)));
        Assert.That(await One.BeginAsync(Citizen, "3", "c"), Is.EqualTo(Waiting(2)));
        Assert.That(await One.BeginAsync(Citizen, "3", "c", again: true), Is.EqualTo(Waiting(2)), "asking again keeps the place");
        Assert.That(await Other.BeginAsync(Citizen, "2", "b", again: true), Is.EqualTo(Waiting(1)));

        Assert.That(await One.CommitAsync(Citizen, "1", "a", Bytes("s1"), Bytes("r1")), Is.EqualTo(new Committed(true, "b")));
        Assert.That(await One.BeginAsync(Citizen, "3", "c", again: true), Is.EqualTo(Waiting(1)), "it is not his turn yet");
        Assert.That(await One.BeginAsync(Citizen, "4", "d"), Is.EqualTo(Waiting(2)));
        var second = await Other.BeginAsync(Citizen, "2", "b", again: true);
        Assert.That((second.Status, Text(second.Payload)), Is.EqualTo((TurnStatus.Started, "s1")));
        Assert.That(await Other.CommitAsync(Citizen, "2", "b", default, default), Is.EqualTo(new Committed(true, "c")));
        Assert.That((await One.BeginAsync(Citizen, "3", "c", again: true)).Status, Is.EqualTo(TurnStatus.Started));
        Assert.That(await One.CommitAsync(Citizen, "3", "c", default, default), Is.EqualTo(new Committed(true, "d")));
        Assert.That(await One.BeginAsync(Citizen, "4", "d", again: true), Is.EqualTo(s_started));
        Assert.That(await One.CommitAsync(Citizen, "4", "d", default, default), Is.EqualTo(new Committed(true)));
    }

    [Test]
    public async Task Tells_a_repeat_that_the_first_delivery_stands_in_the_queue()
    {
        await One.BeginAsync(Citizen, "1", "a");
        await One.BeginAsync(Citizen, "2", "b");
        Assert.That((await Other.BeginAsync(Citizen, "2", "c")).Status, Is.EqualTo(TurnStatus.Running));
        Assert.That((await One.CommitAsync(Citizen, "1", "a", default, default)).Next, Is.EqualTo("b"));
        Assert.That((await Other.BeginAsync(Citizen, "2", "c")).Status, Is.EqualTo(TurnStatus.Running));
        await One.BeginAsync(Citizen, "2", "b", again: true);
        await One.CommitAsync(Citizen, "2", "b", default, Bytes("reply"));
        Assert.That(Text((await Other.BeginAsync(Citizen, "2", "c")).Payload), Is.EqualTo("reply"));
    }

    [Test]
    public async Task Turns_away_who_comes_when_the_queue_is_full()
    {
        await One.BeginAsync(Citizen, "1", "a");
        for (var i = 1; i <= SessionLimits.QueueLength; i++)
            Assert.That(await One.BeginAsync(Citizen, $"m{i}", $"l{i}"), Is.EqualTo(Waiting(i)));

        Assert.That((await Other.BeginAsync(Citizen, "too many", "x")).Status, Is.EqualTo(TurnStatus.Crowded));
        Assert.That((await Other.BeginAsync(Citizen, "m7", "repeat")).Status, Is.EqualTo(TurnStatus.Running));
        Assert.That(await One.BeginAsync(Citizen, "m200", "l200", again: true), Is.EqualTo(Waiting(200)));
        Assert.That((await Other.BeginAsync(NewCitizen(), "1", "y")).Status, Is.EqualTo(TurnStatus.Started), "nobody else is in the way");

        await ReleaseAsync(One, Citizen, "m3", "l3");
        Assert.That(await Other.BeginAsync(Citizen, "too many", "x"), Is.EqualTo(Waiting(SessionLimits.QueueLength)));
    }

    [Test]
    public async Task Closes_the_gap_when_somebody_leaves_the_queue()
    {
        await One.BeginAsync(Citizen, "1", "a");
        await One.BeginAsync(Citizen, "2", "b");
        await One.BeginAsync(Citizen, "3", "c");
        await ReleaseAsync(One, Citizen, "2", "b");
        await ReleaseAsync(One, Citizen, "2", "b");
        Assert.That(await One.BeginAsync(Citizen, "3", "c", again: true), Is.EqualTo(Waiting(1)));
        Assert.That((await One.CommitAsync(Citizen, "1", "a", default, default)).Next, Is.EqualTo("c"));
    }

    [Test]
    public async Task Passes_a_turn_that_is_given_back_to_the_first_in_line()
    {
        await One.BeginAsync(Citizen, "1", "a");
        await Other.BeginAsync(Citizen, "2", "b");
        await Other.BeginAsync(Citizen, "3", "c");
        await ReleaseAsync(One, Citizen, "1", "a");
        Assert.That(await Other.BeginAsync(Citizen, "3", "c", again: true), Is.EqualTo(Waiting(1)));
        Assert.That((await Other.BeginAsync(Citizen, "2", "b", again: true)).Status, Is.EqualTo(TurnStatus.Started));
    }

    [Test]
    public async Task Goes_on_with_the_queue_when_the_holder_died()
    {
        await One.BeginAsync(Citizen, "1", "a");
        await Other.BeginAsync(Citizen, "2", "b");
        await Other.BeginAsync(Citizen, "3", "c");
        await Store.PassAsync(Citizen, SessionLimits.Lease);
        Assert.That((await Other.BeginAsync(Citizen, "2", "b", again: true)).Status, Is.EqualTo(TurnStatus.Started));
        Assert.That(await Other.BeginAsync(Citizen, "3", "c", again: true), Is.EqualTo(Waiting(1)));
        Assert.That((await Other.CommitAsync(Citizen, "2", "b", default, default)).Next, Is.EqualTo("c"));
    }

    [Test]
    public async Task Goes_on_when_the_turn_was_passed_to_somebody_who_died_waiting()
    {
        await One.BeginAsync(Citizen, "1", "a");
        await Other.BeginAsync(Citizen, "2", "dies");
        await One.BeginAsync(Citizen, "3", "c");
        Assert.That((await One.CommitAsync(Citizen, "1", "a", default, default)).Next, Is.EqualTo("dies"));
        Assert.That(await One.BeginAsync(Citizen, "3", "c", again: true), Is.EqualTo(Waiting(1)));
        await Store.PassAsync(Citizen, SessionLimits.TakenUp);
        Assert.That((await One.BeginAsync(Citizen, "3", "c", again: true)).Status, Is.EqualTo(TurnStatus.Started));
        await One.CommitAsync(Citizen, "3", "c", default, default);
        Assert.That((await One.BeginAsync(Citizen, "2", "again")).Status, Is.EqualTo(TurnStatus.Started), "its next delivery runs");
    }

    [Test]
    public async Task Who_takes_up_a_turn_that_was_passed_on_keeps_it_as_long_as_any_other()
    {
        await One.BeginAsync(Citizen, "1", "a");
        await Other.BeginAsync(Citizen, "2", "b");
        await One.CommitAsync(Citizen, "1", "a", default, default);
        await Store.PassAsync(Citizen, SessionLimits.TakenUp - TimeSpan.FromSeconds(0.5));
        Assert.That((await Other.BeginAsync(Citizen, "2", "b", again: true)).Status, Is.EqualTo(TurnStatus.Started));
        await Store.PassAsync(Citizen, SessionLimits.Lease - TimeSpan.FromSeconds(1));
        Assert.That((await Other.CommitAsync(Citizen, "2", "b", default, default)).Kept, Is.True);
    }

    [Test]
    public async Task Passes_over_who_died_waiting()
    {
        await One.BeginAsync(Citizen, "1", "a");
        await Other.BeginAsync(Citizen, "2", "dies");
        await Other.BeginAsync(Citizen, "3", "dies too");
        await One.BeginAsync(Citizen, "4", "d");
        await Store.PassAsync(Citizen, SessionLimits.Silent + TimeSpan.FromSeconds(0.5));
        Assert.That(await One.BeginAsync(Citizen, "4", "d", again: true), Is.EqualTo(Waiting(3)));
        Assert.That((await One.CommitAsync(Citizen, "1", "a", default, default)).Next, Is.EqualTo("d"));
        Assert.That((await One.BeginAsync(Citizen, "4", "d", again: true)).Status, Is.EqualTo(TurnStatus.Started));
    }

    [Test]
    public async Task A_further_delivery_stands_in_the_place_of_the_one_that_died_waiting()
    {
        await One.BeginAsync(Citizen, "1", "a");
        await Other.BeginAsync(Citizen, "2", "dies");
        await One.BeginAsync(Citizen, "3", "c");
        Assert.That((await One.BeginAsync(Citizen, "2", "b")).Status, Is.EqualTo(TurnStatus.Running));
        await Store.PassAsync(Citizen, SessionLimits.Silent + TimeSpan.FromSeconds(0.5));
        Assert.That(await One.BeginAsync(Citizen, "2", "b"), Is.EqualTo(Waiting(1)));
        Assert.That(await One.BeginAsync(Citizen, "3", "c", again: true), Is.EqualTo(Waiting(2)));
        Assert.That((await One.CommitAsync(Citizen, "1", "a", default, default)).Next, Is.EqualTo("b"));
    }

    [Test]
    public async Task Keeps_the_order_of_those_who_wait_when_the_holder_died()
    {
        var last = TimeSpan.FromSeconds(0.5);
        await One.BeginAsync(Citizen, "1", "dies");
        await Other.BeginAsync(Citizen, "2", "dies too");
        await One.BeginAsync(Citizen, "3", "c");
        await One.BeginAsync(Citizen, "4", "d");
        await Store.PassAsync(Citizen, SessionLimits.Lease - last);
        Assert.That(await One.BeginAsync(Citizen, "3", "c", again: true), Is.EqualTo(Waiting(2)));
        Assert.That(await One.BeginAsync(Citizen, "4", "d", again: true), Is.EqualTo(Waiting(3)));
        await Store.PassAsync(Citizen, last);
        Assert.That(await One.BeginAsync(Citizen, "4", "d", again: true), Is.EqualTo(Waiting(1)), "it asks first, and stands behind c");
        Assert.That((await One.BeginAsync(Citizen, "3", "c", again: true)).Status, Is.EqualTo(TurnStatus.Started));
        Assert.That((await One.CommitAsync(Citizen, "3", "c", default, default)).Next, Is.EqualTo("d"));
    }
}
