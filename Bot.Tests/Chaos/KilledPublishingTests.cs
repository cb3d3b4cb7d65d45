using Bot.Data.Articles;
using Bot.Data.Embedded;
using Bot.Data.Postgres;
using Bot.Handlers.Publishing;
using Bot.Simulator;
using Bot.Simulator.World;
using Bot.Tests.Delivery;
using Bot.Tests.Endpoints;
using Bot.Tests.Infrastructure;
using Bot.Tests.Publishing;
using Bot.Tests.WeChat;
using Bot.WeChat;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Chaos;

/// <summary>A Host that brings articles to the platform is killed when the platform has answered and before that is written down; another one goes on.</summary>
public sealed class KilledPublishingTests
{
    private const int Gate = 7007;
    private const int Tag = 2;

    private TestDatabase _database = null!;
    private WebApplication _platform = null!;
    private string _address = "";
    private string _redis = "";

    [OneTimeSetUp]
    public async Task Start()
    {
        (_database, _redis) = (await TestDatabase.CreateAsync(), await TestRedis.FreshDatabaseAsync());
        _address = $"http://127.0.0.1:{LoopbackPort.Free()}";
        _platform = SimulatorProcess.Build(
        [
            "--urls", "http://127.0.0.1:0", "--bot", $"{_address}/wechat/callback", "--appid", Fixture.AppId, "--secret", Callback.AppSecret, "--token", Fixture.Token,
            "--aes-key", Fixture.Key, "--mode", "plain",
        ]);
        await _platform.StartAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _platform.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task Killed_behind_the_platform_s_answer_nothing_is_published_or_sent_twice()
    {
        var (citizens, drafts) = (_platform.Services.GetRequiredService<Citizens>(), _platform.Services.GetRequiredService<Drafts>());
        Citizen reader;
        lock (citizens.Gate)
        {
            reader = citizens.Add("读者", "oReader");
            reader.Follows = true;
            reader.Tags.Add(Tag);
        }

        var (submitted, sent, drafted) = (await ArticleAsync("停水通知"), await ArticleAsync("停电通知"), await ArticleAsync("停气通知"));
        // Whatever the platform has answered is not written down while the gate is shut.
        await using var gate = await _database.DataSource.OpenConnectionAsync();
        await gate.ExecuteAsync(
            $"""
            create function gate() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock_shared({Gate}); return new; end $$;
            create trigger gate before update on article_push for each row
                when (new.state = 'sent' or new.state = 'drafted' and new.article = {drafted}) execute function gate();
            select pg_advisory_lock({Gate})
            """);
        PostgresArticlePushes pushes = new(_database.DataSource, TimeProvider.System);
        long[] ids = [await OrderAsync(submitted, PushKind.Publish), await OrderAsync(sent, PushKind.Mass), await OrderAsync(drafted, PushKind.Publish)];
        await using (var doomed = await ProcessHost.StartAsync(_database, _redis, _platform.Urls.First()))
        {
            await Eventually.IsTrueAsync(async () => await gate.ExecuteScalarAsync<int>($"select count(*) from pg_locks where objid = {Gate} and not granted") == ids.Length, "all three are answered");
            doomed.Kill();
        }

        await gate.ExecuteAsync(
            $"""
            select pg_terminate_backend(pid) from pg_locks where objid = {Gate} and not granted;
            drop trigger gate on article_push;
            update job set lease = null, lease_until = null, due_at = now() where kind = 'article.push';
            select pg_advisory_unlock({Gate})
            """);
        Assert.That(await gate.QueryAsync<string>("select state from article_push order by id"), Is.EqualTo(new[] { "sending", "sending", "drafting" }), "nothing was written down");

        await using var other = await Callback.HostAsync(
            WeChatMode.Plain, _redis, _database, ("urls", _address), ("WeChat:ApiBaseUrl", _platform.Urls.First()), ("Bot:Demo", "false"), ("Bot:PublicBaseUrl", "https://bot.example.gov.cn"));
        foreach (var id in ids)
            await Eventually.IsTrueAsync(async () => (await pushes.FindAsync(id, default))!.State is PushState.Done or PushState.Sent, "it goes on");
        await Eventually.IsTrueAsync(async () => (await pushes.FindAsync(ids[2], default))!.State is PushState.Done, "published");
        await Eventually.IsTrueAsync(() => reader.Chat.Count > 0, "received");
        lock (citizens.Gate)
        {
            Assert.That(drafts.Published.Select(p => (string?)p.Draft.Articles[0]!["title"]), Is.EquivalentTo(new[] { "停水通知", "停气通知" }), "each article once");
            Assert.That(drafts.All, Has.Count.EqualTo(1), "no draft was made twice; that of the mass message stays");
            Assert.That(reader.Chat, Has.Count.EqualTo(1), "one message");
        }

        var calls = _platform.Services.GetRequiredService<Journal>().Latest(500, kind: "call");
        Assert.That(calls.Count(c => c.Title.EndsWith("/freepublish/submit", StringComparison.Ordinal)), Is.EqualTo(2));
        Assert.That(calls.Where(c => c.Title.EndsWith("/mass/sendall", StringComparison.Ordinal)).Select(c => c.Outcome[..2]), Is.EqualTo(new[] { "45", "成功" }), "repeated under its id");
        Assert.That((await pushes.FindAsync(ids[1], default))!.MsgId, Is.Not.Null);

        async Task<long> OrderAsync(long article, PushKind kind) =>
            ((PushOrdered.Ordered)await pushes.OrderAsync(new(article, 1, kind, kind is PushKind.Mass ? Tag : null), null, ArticleDeskTests.Person("bianji"), default)).Id;
    }

    private async Task<long> ArticleAsync(string title)
    {
        var picture = (PictureRead.Kept)ArticlePictures.Read(await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Demo", "cover.png")));
        var cover = await new PostgresArticleFiles(_database.DataSource).AddAsync("封面.png", picture.Type, picture.Content, picture.Width, picture.Height, "bianji", default);
        PostgresArticleDesk desk = new(_database.DataSource, TimeProvider.System);
        await desk.ImportAsync([new(ArticleDeskTests.Content(title) with { Cover = cover.Id }, DateTimeOffset.UtcNow.AddDays(-1), "甲", "乙", "丙")], false, default);
        return (await new PostgresArticleFolder(_database.DataSource).ListAsync(new(Words: title), default)).Rows[0].Id;
    }
}
