using Bot.Data.Consents;
using Bot.Data.Messages;
using Bot.Data.Notices;
using Bot.Handlers.Jobs;
using Bot.WeChat.Api;
using NUnit.Framework;

namespace Bot.Tests.Messages;

/// <summary>It goes once, whatever breaks while it goes.</summary>
public sealed class MessageOnceTests : MessageFixture
{
    [Test]
    public async Task What_never_left_is_tried_again_by_the_same_way()
    {
        await HeardAsync(hoursAgo: 1);
        Desk.Answers.Enqueue(ApiError.NotSent("no route"));
        await AddAsync("case:1:8");

        var failed = await RunAsync();
        await RunAsync();

        Assert.That(failed.Single(), Is.InstanceOf<JobOutcome.Failed>());
        Assert.That(Desk.Said, Has.Count.EqualTo(2));
        Assert.That((await StandsAsync("case:1:8")).Status, Is.EqualTo("sent"));
    }

    [Test]
    public async Task A_host_that_died_while_it_spoke_is_not_followed_by_a_second_message()
    {
        await HeardAsync(hoursAgo: 1);
        await AddAsync("case:1:6");
        await ExecuteAsync("update citizen_message set status = 'sending'");

        await RunAsync();

        Assert.That(Desk.Said, Is.Empty);
        Assert.That(await StandsAsync("case:1:6"), Is.EqualTo(("unknown", (string?)"发送过程中断，结果未知")));
    }

    [Test]
    public async Task A_host_that_died_while_it_granted_spends_nothing_more()
    {
        await ConsentAsync(times: 2);
        await ExecuteAsync("insert into follower (openid, subscribed) values (@To, false)", new { To = Citizen.Value });
        await AddAsync("case:1:7");
        var message = (await Get<ICitizenMessages>().FindAsync(1, default))!;
        Assert.That(await Get<ICitizenMessages>().BeginGrantingAsync(message.Id, "SUBSCRIBED", default));
        Assert.That(await Get<ICitizenMessages>().BeginGrantingAsync(message.Id, "SUBSCRIBED", default), Is.False);

        await RunAsync();

        Assert.That(Subscriptions.Sent, Is.Empty);
        Assert.That((await StandsAsync("case:1:7")).Status, Is.EqualTo("unknown"));
        Assert.That(await Get<IConsents>().HeldAsync(Citizen, "SUBSCRIBED", default), Is.EqualTo(1));

        await Get<IConsents>().HearOutcomeAsync(Citizen, "SUBSCRIBED", null, default);
        Assert.That((await StandsAsync("case:1:7")).Status, Is.EqualTo("granted"), "its result tells after all");
    }

    [Test]
    public async Task A_host_that_died_once_its_notice_was_made_is_not_followed_by_a_message_at_the_desk()
    {
        await AddAsync("case:1:13");
        await RunAsync();
        // As the crash leaves it; the citizen has read the notice and answered.
        await ExecuteAsync("update citizen_message set status = 'waiting', notice_id = null, told_at = null");
        await ExecuteAsync("update job set status = 'waiting', finished_at = null, due_at = now()");
        await HeardAsync(hoursAgo: 0);

        await RunAsync();

        Assert.That(Desk.Said, Is.Empty);
        Assert.That((await StandsAsync("case:1:13")).Status, Is.EqualTo("noticed"));
        Assert.That(await Notices.ListAsync(new NoticeFilter(), default), Has.Count.EqualTo(1));
    }

    [TestCase(0, "sent")]
    [TestCase(-2, "waiting", TestName = "What never left goes out later")]
    [TestCase(45015, "noticed", TestName = "What the platform refused goes another way")]
    public async Task A_stop_in_the_midst_of_it_writes_down_what_became_of_it(int code, string status)
    {
        await HeardAsync(hoursAgo: 1);
        using CancellationTokenSource stopping = new();
        Desk.Meanwhile = stopping.Cancel;
        if (code != 0)
            Desk.Answers.Enqueue(code < 0 ? ApiError.NotSent("no route") : Fault(code));
        await AddAsync("case:1:11");

        await RunAsync(stopping.Token);
        await RunAsync();

        Assert.That((await StandsAsync("case:1:11")).Status, Is.EqualTo(code < 0 ? "sent" : status));
        Assert.That(Desk.Said, Has.Count.EqualTo(code < 0 ? 2 : 1));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_stop_in_the_midst_of_it_uses_the_consent_or_gives_it_back(bool refused)
    {
        await ExecuteAsync("insert into follower (openid, subscribed) values (@To, false)", new { To = Citizen.Value });
        await ConsentAsync(times: 1);
        using CancellationTokenSource stopping = new();
        Subscriptions.Meanwhile = stopping.Cancel;
        if (refused)
            Subscriptions.Answer = Fault(48001);
        await AddAsync("case:1:12");

        await RunAsync(stopping.Token);

        Assert.That((await StandsAsync("case:1:12")).Status, Is.EqualTo(refused ? "waiting" : "granted"));
        Assert.That(await Get<IConsents>().HeldAsync(Citizen, "SUBSCRIBED", default), Is.EqualTo(refused ? 1 : 0));
    }
}
