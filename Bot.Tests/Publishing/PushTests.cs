using Bot.Data.Articles;
using Bot.Tests.Delivery;
using Bot.WeChat.Api;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Publishing;

/// <summary>What becomes of an article that is published, sent to a tag, previewed or withdrawn on WeChat.</summary>
public sealed class PushTests : PushFixture
{
    [Test]
    public async Task A_publication_is_followed_to_its_end_and_its_address_kept()
    {
        var push = await OrderAsync(PushKind.Publish, await ArticleAsync());
        var done = await EndOfAsync(push);
        Assert.That((done.State, done.Error), Is.EqualTo((PushState.Done, (string?)null)));
        Assert.That(done.Url, Does.StartWith("http"));
        Assert.That(done.WeChatArticle, Is.Not.Null);
        using var read = await Host.Client.GetAsync(done.Url);
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
    public async Task A_withdrawal_takes_it_off_the_platform()
    {
        var article = await ArticleAsync();
        var done = await EndOfAsync(await OrderAsync(PushKind.Publish, article));
        // As of one that a person settled.
        await ExecuteAsync($"update article_push set wechat_article = null, url = null where id = {done.Id}");
        await Host.Services.GetRequiredService<IArticleDesk>().WithdrawAsync(article, Clerk, "内容有误", default);
        await Eventually.IsTrueAsync(async () => (await Pushes.FindAsync(done.Id, default))!.RemovedAt is not null, "it was taken off");
        Assert.That(await PublishedWithAsync(done.Marker), Is.Zero);
    }

    [Test]
    public async Task A_preview_goes_to_whoever_sends_its_code()
    {
        Assert.That(await Pushes.OrderAsync(new(await ArticleAsync(), 1, PushKind.Preview), "424242", Clerk, default), Is.InstanceOf<PushOrdered.Ordered>());
        Assert.That(await Pushes.ReadByAsync("424242", Citizen, DateTimeOffset.UtcNow.AddMinutes(5), default), Is.False, "void by then");
        Assert.That(await Pushes.ReadByAsync("424242", Citizen, DateTimeOffset.UtcNow.AddMinutes(-5), default), Is.True);
        Assert.That(await Pushes.ReadByAsync("424242", Citizen, DateTimeOffset.UtcNow.AddMinutes(-5), default), Is.False, "used");
    }

    [Test]
    public async Task Clicking_twice_orders_once()
    {
        var article = await ArticleAsync();
        var both = await Task.WhenAll(
            Pushes.OrderAsync(new(article, 1, PushKind.Publish), null, Clerk, default), Pushes.OrderAsync(new(article, 1, PushKind.Publish), null, Clerk, default));
        Assert.That(both.Select(o => o.GetType()), Is.EquivalentTo([typeof(PushOrdered.Ordered), typeof(PushOrdered.Already)]));
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
    public async Task A_picture_that_WeChat_refuses_is_named_before_anything_is_sent_and_the_article_can_go_again()
    {
        byte[] drawn = new ImageMagick.MagickImage(ImageMagick.MagickColors.SeaGreen, 40, 30).ToByteArray(ImageMagick.MagickFormat.Png);
        var picture = await Host.Services.GetRequiredService<IArticleFiles>().AddAsync("图.png", "image/png", drawn, 40, 30, "bianji", default);
        var article = await ArticleAsync($"<p><img src=\"/news/files/{picture.Id}\"></p>");
        using var _ = await FaultAsync("/cgi-bin/media/uploadimg", 40137, 1);
        var refused = await EndOfAsync(await OrderAsync(PushKind.Publish, article));
        Assert.That((refused.State, refused.Draft), Is.EqualTo((PushState.Failed, (string?)null)));
        Assert.That(refused.Error, Does.StartWith("正文第 1 张图片没有上传成功").And.Contain("请换一张 JPG 或 PNG 图片再试").And.Contain("草稿已保留"));
        Assert.That((await EndOfAsync(await OrderAsync(PushKind.Publish, article))).State, Is.EqualTo(PushState.Done), "refused once, not for good");
    }

    [Test]
    public async Task A_picture_that_WeChat_forgot_is_uploaded_again_once()
    {
        var files = Host.Services.GetRequiredService<IArticleFiles>();
        byte[] drawn = new ImageMagick.MagickImage(ImageMagick.MagickColors.Tomato, 40, 30).ToByteArray(ImageMagick.MagickFormat.Png);
        var cover = (await files.AddAsync("封面.png", "image/png", drawn, 40, 30, "bianji", default)).Id;
        Assert.That((await EndOfAsync(await OrderAsync(PushKind.Publish, await ArticleAsync(cover: cover)))).State, Is.EqualTo(PushState.Done));
        var known = (await files.OnWeChatAsync(cover, default)).MediaId!;
        Assert.That((await Host.Services.GetRequiredService<IMedia>().DeletePermanentAsync(known, default)).Ok);
        Assert.That((await EndOfAsync(await OrderAsync(PushKind.Publish, await ArticleAsync(cover: cover)))).State, Is.EqualTo(PushState.Done));
        Assert.That((await files.OnWeChatAsync(cover, default)).MediaId, Is.Not.Null.And.Not.EqualTo(known));

        using var _ = await FaultAsync("/cgi-bin/draft/add", 40007, 2);
        var refused = await EndOfAsync(await OrderAsync(PushKind.Publish, await ArticleAsync(cover: cover)));
        Assert.That((refused.State, refused.Draft), Is.EqualTo((PushState.Failed, (string?)null)));
        Assert.That(refused.Error, Does.StartWith("没有存进公众号草稿箱").And.Contain("系统重新上传后仍不接受").And.Contain("草稿已保留"));
    }
}
