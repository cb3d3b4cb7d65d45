using Bot.Data.Consents;
using Bot.Handlers.Jobs;
using Bot.Tests.Notices;
using Bot.WeChat;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Messages;

/// <summary>The ledger of what citizens agreed to be sent once.</summary>
public sealed class ConsentTests : MessageFixture
{
    [Test]
    public async Task Consents_are_counted_however_often_they_are_pushed()
    {
        await ConsentAsync(times: 0);
        foreach (var time in (long[])[100, 100, 200, 200, 300])
            await Get<IConsents>().HearAsync(Citizen, "SUBSCRIBED", accepted: true, time, default);
        Assert.That(await Get<IConsents>().HeldAsync(Citizen, "SUBSCRIBED", default), Is.EqualTo(3));

        await Get<IConsents>().HearAsync(Citizen, "SUBSCRIBED", accepted: false, 400, default);
        Assert.That(await Get<IConsents>().HeldAsync(Citizen, "SUBSCRIBED", default), Is.Zero);
        await Get<IConsents>().HearAsync(Citizen, "FOREVER", accepted: true, 500, default);
        Assert.That(await Get<IConsents>().HeldAsync(Citizen, "FOREVER", default), Is.EqualTo(int.MaxValue));
    }

    [Test]
    public async Task The_platforms_news_reach_the_ledger()
    {
        RememberedConsents consents = new();
        var chat = new Chat(services => services.AddSingleton<IConsents>(consents));
        SubscriptionEvent Event(SubscriptionNews news, params SubscriptionItem[] items) =>
            new() { Account = "gh", From = Citizen, CreateTime = 7, Name = "e", News = news, Items = items };
        await chat.SayAsync(Event(SubscriptionNews.Popup, new SubscriptionItem("A", "accept"), new SubscriptionItem("B", "reject")));
        await chat.SayAsync(Event(SubscriptionNews.Change, new SubscriptionItem("A", "reject")));
        await chat.SayAsync(Event(SubscriptionNews.Sent, new SubscriptionItem("A", "success", "1"), new SubscriptionItem("B", "fail", "2", 43101)));
        Assert.That(consents.Heard, Is.EqualTo(["oTold A accept", "oTold B reject", "oTold A reject", "oTold A arrived", "oTold B 订阅通知没有送达（43101 fail）"]));
    }

    [Test]
    public async Task A_consent_that_the_platform_does_not_know_is_void()
    {
        await ExecuteAsync("insert into follower (openid, subscribed) values (@To, false)", new { To = Citizen.Value });
        await ConsentAsync(times: 3);
        Subscriptions.Answer = Fault(43101);
        await AddAsync("case:1:5");

        await RunAsync();

        Assert.That(await Get<IConsents>().HeldAsync(Citizen, "SUBSCRIBED", default), Is.Zero);
        Assert.That((await StandsAsync("case:1:5")).Status, Is.EqualTo("undelivered"));
    }

    [TestCase(45009)]
    [TestCase(48001)]
    public async Task What_the_account_may_not_do_now_costs_no_consent_and_is_tried_again(int code)
    {
        await ExecuteAsync("insert into follower (openid, subscribed) values (@To, false)", new { To = Citizen.Value });
        await ConsentAsync(times: 1);
        Subscriptions.Answer = Fault(code);
        await AddAsync("case:1:10");

        Assert.That((await RunAsync()).Single(), code == 45009 ? Is.InstanceOf<JobOutcome.Again>() : Is.InstanceOf<JobOutcome.Failed>());
        Assert.That(await Get<IConsents>().HeldAsync(Citizen, "SUBSCRIBED", default), Is.EqualTo(1));
        Assert.That((await StandsAsync("case:1:10")).Status, Is.EqualTo("waiting"));
    }
}
