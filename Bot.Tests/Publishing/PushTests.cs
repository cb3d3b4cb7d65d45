using Bot.Data.Articles;
using Bot.Data.Staff;
using Bot.Tests.Infrastructure;
using Bot.WeChat;
using Bot.WeChat.Api;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Publishing;

/// <summary>Articles on their way to the simulator's platform, through the whole Host. A crash is what it leaves in the database.</summary>
public sealed class PushTests
{
    private static readonly StaffMember s_clerk = ArticleDeskTests.Person("bianji");

    private TestDatabase _database = null!;
    private TestHost _host = null!;
    private OpenId _citizen;
    private int _made;

    [OneTimeSetUp]
    public async Task Start()
    {
        _database = await TestDatabase.CreateAsync();
        _host = await TestHost.StartAsync(database: _database);
        _citizen = await CitizenAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    private IArticlePushes Pushes => _host.Services.GetRequiredService<IArticlePushes>();

    [Test]
    public async Task A_publication_is_followed_to_its_end_and_its_address_kept()
    {
        var push = await OrderAsync(PushKind.Publish, await ArticleAsync());
        var done = await EndOfAsync(push);
        Assert.That((done.State, done.Error), Is.EqualTo((PushState.Done, (string?)null)));
        Assert.That(done.Url, Does.StartWith("http"));
        Assert.That(done.WeChatArticle, Is.Not.Null);
        using var read = await _host.Client.GetAsync(done.Url);
        Assert.That(await read.Content.ReadAsStringAsync(), Does.Contain("明日停水").And.Contain("simulator/media"));
    }

    [Test]
    public async Task A_mass_message_keeps_its_figures()
    {
        var tag = await TagAsync("西港街道");
        var done = await EndOfAsync(await OrderAsync(PushKind.Mass, await ArticleAsync(), tag));
        Assert.That((done.State, done.Figures), Is.EqualTo((PushState.Done, new MassFigures(1, 1, 1, 0))));
        Assert.That(done.MsgId, Is.Not.Null);
    }

    [Test]
    public async Task A_picture_that_WeChat_refuses_is_named_before_anything_is_sent_and_the_article_can_go_again()
    {
        byte[] drawn = new ImageMagick.MagickImage(ImageMagick.MagickColors.SeaGreen, 40, 30).ToByteArray(ImageMagick.MagickFormat.Png);
        var picture = await _host.Services.GetRequiredService<IArticleFiles>().AddAsync("图.png", "image/png", drawn, 40, 30, "bianji", default);
        var article = await ArticleAsync($"<p><img src=\"/news/files/{picture.Id}\"></p>");
        using var _ = await _host.Client.PutAsync("/simulator/control/faults", new StringContent(
            """{"kind":"ErrorCode","path":"/cgi-bin/media/uploadimg","rate":1,"times":1,"code":40137}""", System.Text.Encoding.UTF8, "application/json"));
        var refused = await EndOfAsync(await OrderAsync(PushKind.Publish, article));
        Assert.That((refused.State, refused.Draft), Is.EqualTo((PushState.Failed, (string?)null)));
        Assert.That(refused.Error, Does.StartWith("正文第 1 张图片没有上传成功").And.Contain("请换一张 JPG 或 PNG 图片再试").And.Contain("草稿已保留"));
        Assert.That((await EndOfAsync(await OrderAsync(PushKind.Publish, article))).State, Is.EqualTo(PushState.Done), "refused once, not for good");
    }

    [Test]
    public async Task A_picture_that_WeChat_forgot_is_uploaded_again_once()
    {
        var files = _host.Services.GetRequiredService<IArticleFiles>();
        byte[] drawn = new ImageMagick.MagickImage(ImageMagick.MagickColors.Tomato, 40, 30).ToByteArray(ImageMagick.MagickFormat.Png);
        var cover = (await files.AddAsync("封面.png", "image/png", drawn, 40, 30, "bianji", default)).Id;
        Assert.That((await EndOfAsync(await OrderAsync(PushKind.Publish, await ArticleAsync(cover: cover)))).State, Is.EqualTo(PushState.Done));
        var known = (await files.OnWeChatAsync(cover, default)).MediaId!;
        Assert.That((await _host.Services.GetRequiredService<IMedia>().DeletePermanentAsync(known, default)).Ok);
        Assert.That((await EndOfAsync(await OrderAsync(PushKind.Publish, await ArticleAsync(cover: cover)))).State, Is.EqualTo(PushState.Done));
        Assert.That((await files.OnWeChatAsync(cover, default)).MediaId, Is.Not.Null.And.Not.EqualTo(known));

        using var _ = await FaultAsync("/cgi-bin/draft/add", 40007, 2);
        var refused = await EndOfAsync(await OrderAsync(PushKind.Publish, await ArticleAsync(cover: cover)));
        Assert.That((refused.State, refused.Draft), Is.EqualTo((PushState.Failed, (string?)null)));
        Assert.That(refused.Error, Does.StartWith("没有存进公众号草稿箱").And.Contain("系统重新上传后仍不接受").And.Contain("草稿已保留"));
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
        Assert.That(await Pushes.SettleAsync(push, false, s_clerk, default), Is.True);

        var done = await EndOfAsync(push);
        Assert.That((done.State, done.MsgId, done.Draft, done.Figures), Is.EqualTo((PushState.Done, doubtful.MsgId, doubtful.Draft, (MassFigures?)null)));
        Assert.That(done.Error, Does.Contain("没有送达人数"));
        await Pushes.HearAsync(new(PushKind.Mass, $"{done.MsgId}", "send success", null, null, new(1, 1, 1, 0)), default);
        await AgainAsync(push);
        await UntilAsync(async () => (await Pushes.FindAsync(push, default))!.Figures is not null);
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
        Assert.That(await Pushes.OrderAsync(new(article, 1, PushKind.Mass, tag), null, s_clerk, default), Is.InstanceOf<PushOrdered.Already>());
        await AgedAsync(push, "11 minutes");
        var failed = await EndOfAsync(push);
        Assert.That((failed.State, failed.Error), Is.EqualTo((PushState.Failed, "群发失败，粉丝没有收到。草稿已保留。")));
        var again = await EndOfAsync(await OrderAsync(PushKind.Mass, article, tag));
        Assert.That((again.State, again.Figures), Is.EqualTo((PushState.Done, new MassFigures(1, 1, 1, 0))));
    }

    [Test]
    public async Task Clicking_twice_orders_once()
    {
        var article = await ArticleAsync();
        var both = await Task.WhenAll(
            Pushes.OrderAsync(new(article, 1, PushKind.Publish), null, s_clerk, default), Pushes.OrderAsync(new(article, 1, PushKind.Publish), null, s_clerk, default));
        Assert.That(both.Select(o => o.GetType()), Is.EquivalentTo([typeof(PushOrdered.Ordered), typeof(PushOrdered.Already)]));
    }

    // What kill -9 leaves behind between the platform's answer and our commit, at each of the calls.
    [TestCase("state = 'drafting', draft = null", 1)]
    [TestCase("state = 'sending', publish_id = null", 1)]
    [TestCase("state = 'sent'", 1)]
    public async Task After_a_crash_the_platform_is_asked_and_nothing_is_published_twice(string left, int articles)
    {
        var push = await OrderAsync(PushKind.Publish, await ArticleAsync());
        var before = await EndOfAsync(push);
        if (left.Contains("drafting", StringComparison.Ordinal))
        {
            // The draft is in the box still, and nothing was published.
            var draft = await _host.Services.GetRequiredService<IDrafts>().AddAsync([await MarkedAsync(before)], default);
            Assert.That(draft.Ok);
            await ExecuteAsync($"delete from article_push_event where job = '{before.PublishId}'");
            await ExecuteAsync($"update article_push set {left}, wechat_article = null, url = null, publish_id = null, ended_at = null, tried_at = now() where id = {push}");
            Assert.That((await _host.Services.GetRequiredService<IPublishing>().DeleteAsync(before.WeChatArticle!, 0, default)).Ok);
            await AgainAsync(push);
            var found = await EndOfAsync(push);
            Assert.That(found.Draft, Is.EqualTo(draft.Value));
            Assert.That(await PublishedWithAsync(before.Marker), Is.EqualTo(articles));
            return;
        }

        await ExecuteAsync($"update article_push set {left}, wechat_article = null, url = null, ended_at = null, tried_at = now() where id = {push}");
        await AgainAsync(push);
        var after = await EndOfAsync(push);
        Assert.That((after.State, after.WeChatArticle, after.Url), Is.EqualTo((PushState.Done, before.WeChatArticle, before.Url)));
        Assert.That(await PublishedWithAsync(before.Marker), Is.EqualTo(articles));
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

    [TestCase("/cgi-bin/message/mass/sendall", -1, PushState.Sending)]
    [TestCase("/cgi-bin/message/mass/sendall", 45009, PushState.Sending)]
    [TestCase("/cgi-bin/message/mass/sendall", 40007, PushState.Doubtful)]
    public async Task A_repeated_message_that_is_refused_is_never_taken_for_unsent(string path, int code, PushState state)
    {
        var push = await OrderAsync(PushKind.Mass, await ArticleAsync(), tag: 2);
        Assert.That((await EndOfAsync(push)).State, Is.EqualTo(PushState.Done));
        using var _ = await FaultAsync(path, code, 4);
        await ExecuteAsync($"update article_push set state = 'sending', msg_id = null, ended_at = null, made_at = now() - interval '7 hours', tried_at = now() - interval '7 hours' where id = {push}");
        await AgainAsync(push);
        await UntilAsync(async () => await RestsAsync(push));
        Assert.That((await Pushes.FindAsync(push, default))!.State, Is.EqualTo(state));
        using var __ = await _host.Client.DeleteAsync("/simulator/control/faults");
    }

    [Test]
    public async Task A_publication_that_was_answered_busy_is_looked_for_and_not_submitted_again()
    {
        using var _ = await FaultAsync("/cgi-bin/freepublish/submit", -1, 1);
        var push = await OrderAsync(PushKind.Publish, await ArticleAsync());
        await UntilAsync(async () => await RestsAsync(push));
        Assert.That((await Pushes.FindAsync(push, default))!.State, Is.EqualTo(PushState.Sending));
        await ExecuteAsync($"update article_push set tried_at = now() - interval '11 minutes' where id = {push}");
        await AgainAsync(push);
        var doubtful = await EndOfAsync(push);
        Assert.That(doubtful.State, Is.EqualTo(PushState.Doubtful), "its draft lies there still: it may be in review");
        Assert.That(await PublishedWithAsync(doubtful.Marker), Is.Zero);
    }

    [Test]
    public async Task A_version_that_is_no_longer_the_public_one_is_not_sent()
    {
        var article = await ArticleAsync();
        var push = await OrderAsync(PushKind.Publish, article);
        await EndOfAsync(push);
        await ExecuteAsync($"insert into article_version select (v).* from (select jsonb_populate_record(v, '{{\"version\":2}}') as v from article_version v where article = {article}) n");
        await ExecuteAsync($"update article set version = 2, published_version = 2 where id = {article}; update article_push set state = 'drafted', ended_at = null where id = {push}");
        await AgainAsync(push);
        var refused = await EndOfAsync(push);
        Assert.That((refused.State, refused.Error), Is.EqualTo((PushState.Failed, "文章已经有新的一版公开，这一版没有送到微信。请送新的一版。")));
    }

    [Test]
    public async Task What_stays_in_doubt_waits_for_a_person()
    {
        var push = await OrderAsync(PushKind.Mass, await ArticleAsync(), tag: 2);
        await EndOfAsync(push);
        await ExecuteAsync($"update article_push set state = 'sending', msg_id = null, ended_at = null, tried_at = now() - interval '2 days' where id = {push}");
        await AgainAsync(push);
        var doubtful = await EndOfAsync(push);
        Assert.That(doubtful.State, Is.EqualTo(PushState.Doubtful));
        Assert.That(doubtful.Error, Does.Contain("发表记录"));
        Assert.That(await Pushes.SettleAsync(push, true, s_clerk, default), Is.True);
        Assert.That((await Pushes.FindAsync(push, default))!.State, Is.EqualTo(PushState.Done));
    }

    [Test]
    public async Task A_preview_goes_to_whoever_sends_its_code()
    {
        Assert.That(await Pushes.OrderAsync(new(await ArticleAsync(), 1, PushKind.Preview), "424242", s_clerk, default), Is.InstanceOf<PushOrdered.Ordered>());
        Assert.That(await Pushes.ReadByAsync("424242", _citizen, DateTimeOffset.UtcNow.AddMinutes(5), default), Is.False, "void by then");
        Assert.That(await Pushes.ReadByAsync("424242", _citizen, DateTimeOffset.UtcNow.AddMinutes(-5), default), Is.True);
        Assert.That(await Pushes.ReadByAsync("424242", _citizen, DateTimeOffset.UtcNow.AddMinutes(-5), default), Is.False, "used");
    }

    [Test]
    public async Task A_withdrawal_takes_it_off_the_platform()
    {
        var article = await ArticleAsync();
        var done = await EndOfAsync(await OrderAsync(PushKind.Publish, article));
        // As of one that a person settled.
        await ExecuteAsync($"update article_push set wechat_article = null, url = null where id = {done.Id}");
        await _host.Services.GetRequiredService<IArticleDesk>().WithdrawAsync(article, s_clerk, "内容有误", default);
        await UntilAsync(async () => (await Pushes.FindAsync(done.Id, default))!.RemovedAt is not null);
        Assert.That(await PublishedWithAsync(done.Marker), Is.Zero);
    }

    private async Task<OpenId> CitizenAsync()
    {
        using var added = await _host.Client.PostAsync(
            "/simulator/control/citizens", new StringContent("""{"name":"测试市民","follows":true}""", System.Text.Encoding.UTF8, "application/json"));
        using var citizens = System.Text.Json.JsonDocument.Parse(await added.Content.ReadAsStringAsync());
        return new(citizens.RootElement[0].GetProperty("openId").GetString()!);
    }

    // With one follower of its own: nobody receives more than four in a month.
    private async Task<int> TagAsync(string name)
    {
        var tags = _host.Services.GetRequiredService<ITags>();
        var tag = (await tags.CreateAsync(name, default)).Value!.Id;
        await tags.GiveAsync(tag, [await CitizenAsync()], default);
        return tag;
    }

    private async Task<long> ArticleAsync(string picture = "", string? cover = null)
    {
        var desk = _host.Services.GetRequiredService<IArticleDesk>();
        cover ??= _host.Services.GetRequiredService<Bot.Handlers.Publishing.NewsLibrary>().Shelf.Newest.First(a => a.Content.Cover is not null).Content.Cover!;
        var title = $"推送测试第{Interlocked.Increment(ref _made)}号";
        var content = ArticleDeskTests.Content(title) with { Cover = cover, Body = $"<p>明日停水。</p>{(picture.Length > 0 ? picture : $"<p><img src=\"/news/files/{cover}\"></p>")}" };
        await desk.ImportAsync([new(content, DateTimeOffset.UtcNow.AddDays(-500), "甲", "乙", "丙")], false, default);
        return (await _host.Services.GetRequiredService<IArticleFolder>().ListAsync(new(Words: title), default)).Rows[0].Id;
    }

    private async Task<long> OrderAsync(PushKind kind, long article, int? tag = null) =>
        ((PushOrdered.Ordered)await Pushes.OrderAsync(new(article, 1, kind, tag), null, s_clerk, default)).Id;

    private async Task<ArticlePush> EndOfAsync(long push)
    {
        ArticlePush? found = null;
        await UntilAsync(async () => (found = await Pushes.FindAsync(push, default)) is { State: PushState.Done or PushState.Failed or PushState.Doubtful });
        return found!;
    }

    private async Task<OfficialArticle> MarkedAsync(ArticlePush push)
    {
        var published = await _host.Services.GetRequiredService<IPublishing>().GetAsync(push.WeChatArticle!, default);
        return published.Value![0];
    }

    private async Task<int> PublishedWithAsync(string marker)
    {
        var page = await _host.Services.GetRequiredService<IPublishing>().ListAsync(0, 20, false, default);
        return page.Value!.Groups.Count(g => g.Articles.Any(a => Bot.Handlers.Publishing.WeChatArticle.IsMarked(a, marker)));
    }

    private async Task CrashedAsync(long push)
    {
        await ExecuteAsync($"update article_push set state = 'sending', msg_id = null, ended_at = null, tried_at = now() where id = {push}");
        await AgainAsync(push);
    }

    private async Task<HttpResponseMessage> FaultAsync(string path, int code, int times) => await _host.Client.PutAsync("/simulator/control/faults", new StringContent(
        $$"""{"kind":"ErrorCode","path":"{{path}}","rate":1,"times":{{times}},"code":{{code}}}""", System.Text.Encoding.UTF8, "application/json"));

    private async Task<HttpResponseMessage> EventFaultAsync(string kind) => await _host.Client.PutAsync("/simulator/control/faults", new StringContent(
        $$"""{"kind":"{{kind}}","rate":1,"times":1}""", System.Text.Encoding.UTF8, "application/json"));

    // Accepted, over on the platform, and nothing of that was told.
    private Task UntoldAsync(long push) => UntilAsync(async () =>
        await RestsAsync(push) && await Pushes.FindAsync(push, default) is { State: PushState.Sent, MsgId: { } message }
        && (await _host.Services.GetRequiredService<IMassMessages>().StatusAsync(message, default)).Value is not "SENDING");

    private async Task AgedAsync(long push, string by)
    {
        await ExecuteAsync($"update article_push set tried_at = now() - interval '{by}' where id = {push}");
        await AgainAsync(push);
    }

    // The job was run, and waits for its next turn or is over.
    private async Task<bool> RestsAsync(long push)
    {
        await using var command = _database.DataSource.CreateCommand(
            $"select status = 'done' or status = 'waiting' and due_at > now() + interval '1 second' from job where kind = 'article.push' and key = '{push}'");
        return await command.ExecuteScalarAsync() is true;
    }

    private Task AgainAsync(long push) => ExecuteAsync(
        $"update job set status = 'waiting', due_at = now(), attempts = 0, finished_at = null, lease = null, lease_until = null where kind = 'article.push' and key = '{push}'");

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        while (!await isSo())
            await Task.Delay(50, patience.Token);
    }
}
