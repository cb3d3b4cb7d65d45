using Bot.Data.Articles;
using Bot.Tests.Delivery;
using Bot.WeChat.Api;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Publishing;

/// <summary>Nothing goes out twice: after a crash, a lost event or a refusal the platform is asked, and at last a person.</summary>
public sealed class PushDoubtTests : PushFixture
{
    // What kill -9 leaves behind between the platform's answer and our commit, at each of the calls.
    [Test]
    public async Task After_a_crash_the_draft_is_found_in_the_box_and_published_once()
    {
        var push = await OrderAsync(PushKind.Publish, await ArticleAsync());
        var before = await EndOfAsync(push);
        var publishing = Host.Services.GetRequiredService<IPublishing>();
        var published = (await publishing.GetAsync(before.WeChatArticle!, default)).Value![0];
        var draft = await Host.Services.GetRequiredService<IDrafts>().AddAsync([published], default);
        Assert.That(draft.Ok);
        await ExecuteAsync($"delete from article_push_event where job = '{before.PublishId}'");
        await LeftAsync(push, "state = 'drafting', draft = null, publish_id = null, wechat_article = null, url = null");
        Assert.That((await publishing.DeleteAsync(before.WeChatArticle!, 0, default)).Ok);
        await AgainAsync(push);
        var found = await EndOfAsync(push);
        Assert.That(found.Draft, Is.EqualTo(draft.Value));
        Assert.That(await PublishedWithAsync(before.Marker), Is.EqualTo(1));
    }

    [TestCase("state = 'sending', publish_id = null")]
    [TestCase("state = 'sent'")]
    public async Task After_a_crash_the_platform_is_asked_and_nothing_is_published_twice(string left)
    {
        var push = await OrderAsync(PushKind.Publish, await ArticleAsync());
        var before = await EndOfAsync(push);
        await LeftAsync(push, $"{left}, wechat_article = null, url = null");
        await AgainAsync(push);
        var after = await EndOfAsync(push);
        Assert.That((after.State, after.WeChatArticle, after.Url), Is.EqualTo((PushState.Done, before.WeChatArticle, before.Url)));
        Assert.That(await PublishedWithAsync(before.Marker), Is.EqualTo(1));
    }

    [Test]
    public async Task After_a_crash_a_mass_message_is_repeated_under_its_id_and_received_once()
    {
        var tag = await TagAsync("东港街道");
        var push = await OrderAsync(PushKind.Mass, await ArticleAsync(), tag);
        var before = await EndOfAsync(push);
        Assert.That(before.Figures, Is.EqualTo(new MassFigures(1, 1, 1, 0)));
        await CrashedAsync(push);
        var after = await EndOfAsync(push);
        Assert.That((after.State, after.MsgId, after.Figures), Is.EqualTo((PushState.Done, before.MsgId, before.Figures)));
    }

    [TestCase("/cgi-bin/message/mass/sendall", -1, PushState.Sending)]
    [TestCase("/cgi-bin/message/mass/sendall", 45009, PushState.Sending)]
    [TestCase("/cgi-bin/message/mass/sendall", 40007, PushState.Doubtful)]
    public async Task A_repeated_message_that_is_refused_is_never_taken_for_unsent(string path, int code, PushState state)
    {
        var push = await OrderAsync(PushKind.Mass, await ArticleAsync(), tag: 2);
        Assert.That((await EndOfAsync(push)).State, Is.EqualTo(PushState.Done));
        using var _ = await FaultAsync(path, code, 4);
        await LeftAsync(push, "state = 'sending', msg_id = null, made_at = now() - interval '7 hours'", ago: "7 hours");
        await AgainAsync(push);
        await Eventually.IsTrueAsync(() => RestsAsync(push), "its job rests");
        Assert.That((await Pushes.FindAsync(push, default))!.State, Is.EqualTo(state));
        using var __ = await Host.Client.DeleteAsync("/simulator/control/faults");
    }

    [Test]
    public async Task A_used_up_quota_is_told_in_a_clerks_words_but_proves_nothing_after_a_crash()
    {
        var push = await OrderAsync(PushKind.Mass, await ArticleAsync());
        Assert.That((await EndOfAsync(push)).State, Is.EqualTo(PushState.Done));
        var refused = await EndOfAsync(await OrderAsync(PushKind.Mass, await ArticleAsync()));
        Assert.That(refused.State, Is.EqualTo(PushState.Failed));
        Assert.That(refused.Error, Does.Contain("群发次数已用完").And.Contain("草稿已保留"));
        Assert.That(refused.Draft, Is.Not.Null);

        // The quota may have been used by this very message.
        await CrashedAsync(push);
        Assert.That((await EndOfAsync(push)).State, Is.EqualTo(PushState.Doubtful));
    }

    [Test]
    public async Task A_publication_that_was_answered_busy_is_looked_for_and_not_submitted_again()
    {
        using var _ = await FaultAsync("/cgi-bin/freepublish/submit", -1, 1);
        var push = await OrderAsync(PushKind.Publish, await ArticleAsync());
        await Eventually.IsTrueAsync(() => RestsAsync(push), "its job rests");
        Assert.That((await Pushes.FindAsync(push, default))!.State, Is.EqualTo(PushState.Sending));
        await AgedAsync(push, "11 minutes");
        var doubtful = await EndOfAsync(push);
        Assert.That(doubtful.State, Is.EqualTo(PushState.Doubtful), "its draft lies there still: it may be in review");
        Assert.That(await PublishedWithAsync(doubtful.Marker), Is.Zero);
    }

    [Test]
    public async Task A_message_whose_end_was_not_told_is_asked_about_and_its_figures_may_come_late()
    {
        var tag = await TagAsync("南港街道");
        using var _ = await EventFaultAsync("JobLost");
        var push = await OrderAsync(PushKind.Mass, await ArticleAsync(), tag);
        await UntoldAsync(push);

        // The platform has nothing to say: whatever a person decides then, it is not sent again.
        using var __ = await FaultAsync("/cgi-bin/message/mass/get", 45009, 1);
        await AgedAsync(push, "2 days");
        var doubtful = await EndOfAsync(push);
        Assert.That((doubtful.State, doubtful.IsAccepted), Is.EqualTo((PushState.Doubtful, true)));
        Assert.That(doubtful.Error, Does.Contain("微信已经收下").And.Contain("再问微信").And.Not.Contain("重新发送"));
        Assert.That(await Pushes.SettleAsync(push, false, Clerk, default), Is.True);

        var done = await EndOfAsync(push);
        Assert.That((done.State, done.MsgId, done.Draft, done.Figures), Is.EqualTo((PushState.Done, doubtful.MsgId, doubtful.Draft, (MassFigures?)null)));
        Assert.That(done.Error, Does.Contain("没有送达人数"));
        await Pushes.HearAsync(new(PushKind.Mass, $"{done.MsgId}", "send success", null, null, new(1, 1, 1, 0)), default);
        await AgainAsync(push);
        await Eventually.IsTrueAsync(async () => (await Pushes.FindAsync(push, default))!.Figures is not null, "the figures are kept");
        Assert.That((await Pushes.FindAsync(push, default))!.Error, Is.Null);
    }

    [Test]
    public async Task A_message_that_the_platform_says_it_did_not_send_may_go_again()
    {
        var (tag, article) = (await TagAsync("北港街道"), await ArticleAsync());
        using var _ = await EventFaultAsync("JobLost");
        using var __ = await EventFaultAsync("JobFailed");
        var push = await OrderAsync(PushKind.Mass, article, tag);
        await UntoldAsync(push);
        Assert.That(await Pushes.OrderAsync(new(article, 1, PushKind.Mass, tag), null, Clerk, default), Is.InstanceOf<PushOrdered.Already>());
        await AgedAsync(push, "11 minutes");
        var failed = await EndOfAsync(push);
        Assert.That((failed.State, failed.Error), Is.EqualTo((PushState.Failed, "群发失败，粉丝没有收到。草稿已保留。")));
        var again = await EndOfAsync(await OrderAsync(PushKind.Mass, article, tag));
        Assert.That((again.State, again.Figures), Is.EqualTo((PushState.Done, new MassFigures(1, 1, 1, 0))));
    }

    [Test]
    public async Task What_stays_in_doubt_waits_for_a_person()
    {
        var push = await OrderAsync(PushKind.Mass, await ArticleAsync(), tag: 2);
        await EndOfAsync(push);
        await LeftAsync(push, "state = 'sending', msg_id = null", ago: "2 days");
        await AgainAsync(push);
        var doubtful = await EndOfAsync(push);
        Assert.That(doubtful.State, Is.EqualTo(PushState.Doubtful));
        Assert.That(doubtful.Error, Does.Contain("发表记录"));
        Assert.That(await Pushes.SettleAsync(push, true, Clerk, default), Is.True);
        Assert.That((await Pushes.FindAsync(push, default))!.State, Is.EqualTo(PushState.Done));
    }

    private Task LeftAsync(long push, string left, string ago = "0 seconds") =>
        ExecuteAsync($"update article_push set {left}, ended_at = null, tried_at = now() - interval '{ago}' where id = {push}");

    private async Task CrashedAsync(long push)
    {
        await LeftAsync(push, "state = 'sending', msg_id = null");
        await AgainAsync(push);
    }

    private async Task<HttpResponseMessage> EventFaultAsync(string kind) => await Host.Client.PutAsync("/simulator/control/faults", new StringContent(
        $$"""{"kind":"{{kind}}","rate":1,"times":1}""", System.Text.Encoding.UTF8, "application/json"));

    // Accepted, over on the platform, and nothing of that was told.
    private Task UntoldAsync(long push) => Eventually.IsTrueAsync(async () =>
        await RestsAsync(push) && await Pushes.FindAsync(push, default) is { State: PushState.Sent, MsgId: { } message }
        && (await Host.Services.GetRequiredService<IMassMessages>().StatusAsync(message, default)).Value is not "SENDING", "it is over and untold");

    private async Task AgedAsync(long push, string by)
    {
        await ExecuteAsync($"update article_push set tried_at = now() - interval '{by}' where id = {push}");
        await AgainAsync(push);
    }
}
