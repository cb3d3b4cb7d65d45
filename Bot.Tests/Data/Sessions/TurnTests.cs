using Bot.Data.Sessions;
using NUnit.Framework;

namespace Bot.Tests.Data.Sessions;

[TestFixture(typeof(RedisStore))]
[TestFixture(typeof(LocalStore))]
public sealed class TurnTests<TStore> : SessionsContract<TStore>
    where TStore : SessionStore, new()
{
    private static readonly TimeSpan s_nearly = SessionLimits.Lease - TimeSpan.FromSeconds(1);

    [Test]
    public async Task Begins_with_nothing_and_goes_on_from_what_was_kept()
    {
        var first = await One.BeginAsync(Citizen, "1", "a");
        Assert.That((first.Status, first.Payload.Length, first.Owed), Is.EqualTo((TurnStatus.Started, 0, (string?)null)));
        Assert.That(await One.CommitAsync(Citizen, "1", "a", Bytes("session"), Bytes("reply")), Is.EqualTo(new Committed(true)));

        var second = await Other.BeginAsync(Citizen, "2", "b");
        Assert.That((second.Status, Text(second.Payload)), Is.EqualTo((TurnStatus.Started, "session")));
    }

    [Test]
    public async Task Gives_a_repeated_message_its_stored_reply_on_every_host()
    {
        await AnswerAsync("1", "session", "reply");
        foreach (var host in new[] { One, Other, One })
        {
            var repeat = await host.BeginAsync(Citizen, "1", "another");
            Assert.That((repeat.Status, Text(repeat.Payload)), Is.EqualTo((TurnStatus.Answered, "reply")));
        }

        Assert.That(await SessionAsync(), Is.EqualTo("session"), "a repeat holds nothing");
    }

    [Test]
    public async Task Keeps_any_bytes()
    {
        var bytes = Enumerable.Range(0, 256).Select(b => (byte)b).ToArray();
        await One.BeginAsync(Citizen, "1", "a");
        await One.CommitAsync(Citizen, "1", "a", bytes, bytes);
        Assert.That((await Other.BeginAsync(Citizen, "1", "b")).Payload.ToArray(), Is.EqualTo(bytes));
        Assert.That((await Other.BeginAsync(Citizen, "2", "c")).Payload.ToArray(), Is.EqualTo(bytes));
    }

    [Test]
    public async Task Remembers_that_a_message_had_an_empty_reply()
    {
        await AnswerAsync("1", "session", "");
        var repeat = await Other.BeginAsync(Citizen, "1", "b");
        Assert.That((repeat.Status, repeat.Payload.Length), Is.EqualTo((TurnStatus.Answered, 0)));
    }

    [Test]
    public async Task Forgets_the_session_when_an_empty_one_is_kept()
    {
        await AnswerAsync("1", "session", "reply");
        await AnswerAsync("2", "", "reply");
        Assert.That(await SessionAsync(), Is.Empty);
    }

    [Test]
    public async Task Tells_a_repeat_that_the_first_delivery_is_running()
    {
        await One.BeginAsync(Citizen, "1", "a");
        Assert.That((await Other.BeginAsync(Citizen, "1", "b")).Status, Is.EqualTo(TurnStatus.Running));
        Assert.That((await One.BeginAsync(Citizen, "1", "c")).Status, Is.EqualTo(TurnStatus.Running));
        Assert.That((await One.CommitAsync(Citizen, "1", "a", default, Bytes("reply"))).Next, Is.Null, "a repeat does not queue");
    }

    [Test]
    public async Task Gives_an_attempt_its_own_turn_again_when_the_answer_was_lost()
    {
        await One.BeginAsync(Citizen, "1", "a");
        Assert.That((await One.BeginAsync(Citizen, "1", "a")).Status, Is.EqualTo(TurnStatus.Started));
    }

    [Test]
    public async Task Keeps_the_turn_of_whoever_renews_it()
    {
        await One.BeginAsync(Citizen, "1", "a");
        for (var i = 0; i < 5; i++)
        {
            await Store.PassAsync(Citizen, s_nearly);
            Assert.That(await One.RenewAsync(Citizen, "1", "a"), Is.True);
            Assert.That((await Other.BeginAsync(Citizen, "2", "b", again: i > 0)).Status, Is.EqualTo(TurnStatus.Waiting));
        }

        Assert.That((await One.CommitAsync(Citizen, "1", "a", Bytes("s"), Bytes("r"))).Kept, Is.True);
    }

    [Test]
    public async Task Runs_the_next_delivery_when_the_host_of_the_first_died()
    {
        await One.BeginAsync(Citizen, "1", "a");
        await Store.PassAsync(Citizen, s_nearly);
        Assert.That((await Other.BeginAsync(Citizen, "1", "b")).Status, Is.EqualTo(TurnStatus.Running));
        await Store.PassAsync(Citizen, TimeSpan.FromSeconds(1.1));
        Assert.That((await Other.BeginAsync(Citizen, "1", "b")).Status, Is.EqualTo(TurnStatus.Started));
    }

    [Test]
    public async Task Changes_nothing_when_the_turn_lapsed_before_the_commit()
    {
        await AnswerAsync("0", "before", "reply");
        await One.BeginAsync(Citizen, "1", "a");
        await Store.PassAsync(Citizen, SessionLimits.Lease);

        Assert.That(await One.RenewAsync(Citizen, "1", "a"), Is.False);
        Assert.That(await One.CommitAsync(Citizen, "1", "a", Bytes("late"), Bytes("late")), Is.EqualTo(new Committed(false)));
        Assert.That(await SessionAsync(), Is.EqualTo("before"));
        Assert.That((await Other.BeginAsync(Citizen, "1", "b")).Status, Is.EqualTo(TurnStatus.Started));
    }

    [Test]
    public async Task Changes_nothing_when_somebody_else_has_the_turn_by_now()
    {
        await One.BeginAsync(Citizen, "1", "a");
        await Store.PassAsync(Citizen, SessionLimits.Lease);
        await Other.BeginAsync(Citizen, "2", "b");

        Assert.That(await One.RenewAsync(Citizen, "1", "a"), Is.False);
        Assert.That((await One.CommitAsync(Citizen, "1", "a", Bytes("late"), Bytes("late"))).Kept, Is.False);
        await ReleaseAsync(One, Citizen, "1", "a");
        Assert.That((await Other.CommitAsync(Citizen, "2", "b", Bytes("kept"), Bytes("kept"))).Kept, Is.True, "the other's turn was not touched");
        Assert.That(await SessionAsync(), Is.EqualTo("kept"));
    }

    [Test]
    public async Task A_turn_given_back_leaves_everything_as_it_was()
    {
        await AnswerAsync("0", "before", "reply");
        await One.BeginAsync(Citizen, "1", "a");
        await ReleaseAsync(One, Citizen, "1", "a");
        await ReleaseAsync(One, Citizen, "1", "a");
        Assert.That((await One.CommitAsync(Citizen, "1", "a", Bytes("late"), Bytes("late"))).Kept, Is.False);
        Assert.That(await SessionAsync(), Is.EqualTo("before"));
        Assert.That((await One.BeginAsync(Citizen, "1", "b")).Status, Is.EqualTo(TurnStatus.Started));
    }

    [Test]
    public async Task Gives_back_nothing_that_belongs_to_another()
    {
        await One.BeginAsync(Citizen, "1", "a");
        await ReleaseAsync(Other, Citizen, "1", "b");
        await ReleaseAsync(Other, Citizen, "2", "never seen");
        await ReleaseAsync(Other, NewCitizen(), "1", "a");
        Assert.That(await One.RenewAsync(Citizen, "1", "a"), Is.True);
    }

    [Test]
    public async Task Forgets_replies_after_ten_minutes_and_the_session_after_a_day()
    {
        await AnswerAsync("1", "session", "reply");
        await Store.PassAsync(Citizen, SessionLimits.ReplyKept - TimeSpan.FromSeconds(30));
        Assert.That((await One.BeginAsync(Citizen, "1", "b")).Status, Is.EqualTo(TurnStatus.Answered));
        await Store.PassAsync(Citizen, TimeSpan.FromSeconds(31));
        Assert.That((await One.BeginAsync(Citizen, "1", "b")).Status, Is.EqualTo(TurnStatus.Started));
        await ReleaseAsync(One, Citizen, "1", "b");

        await Store.PassAsync(Citizen, SessionLimits.SessionKept - TimeSpan.FromMinutes(20));
        Assert.That(await SessionAsync(), Is.EqualTo("session"));
        await Store.PassAsync(Citizen, TimeSpan.FromMinutes(20));
        Assert.That(await SessionAsync(), Is.Empty);
    }
}
