using Bot.Data.Articles;
using Bot.Data.Staff;
using Bot.Handlers.Publishing;
using Bot.Tests.Delivery;
using Bot.Tests.Infrastructure;
using Bot.WeChat;
using Bot.WeChat.Api;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Publishing;

/// <summary>Articles on their way to the simulator's platform, through the whole Host. A crash is what it leaves in the database.</summary>
public abstract class PushFixture
{
    internal static readonly StaffMember Clerk = ArticleDeskTests.Person("bianji");

    private TestDatabase _database = null!;
    private int _made;

    internal TestHost Host { get; private set; } = null!;

    internal OpenId Citizen { get; private set; }

    [OneTimeSetUp]
    public async Task Start()
    {
        _database = await TestDatabase.CreateAsync();
        Host = await TestHost.StartAsync(database: _database);
        Citizen = await CitizenAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await Host.DisposeAsync();
        await _database.DisposeAsync();
    }

    internal IArticlePushes Pushes => Host.Services.GetRequiredService<IArticlePushes>();

    // With one follower of its own: nobody receives more than four in a month.
    internal async Task<int> TagAsync(string name)
    {
        var tags = Host.Services.GetRequiredService<ITags>();
        var tag = (await tags.CreateAsync(name, default)).Value!.Id;
        await tags.GiveAsync(tag, [await CitizenAsync()], default);
        return tag;
    }

    internal async Task<long> ArticleAsync(string picture = "", string? cover = null)
    {
        var desk = Host.Services.GetRequiredService<IArticleDesk>();
        cover ??= Host.Services.GetRequiredService<NewsLibrary>().Shelf.Newest.First(a => a.Content.Cover is not null).Content.Cover!;
        var title = $"推送测试第{Interlocked.Increment(ref _made)}号";
        var content = ArticleDeskTests.Content(title) with { Cover = cover, Body = $"<p>明日停水。</p>{(picture.Length > 0 ? picture : $"<p><img src=\"/news/files/{cover}\"></p>")}" };
        await desk.ImportAsync([new(content, DateTimeOffset.UtcNow.AddDays(-500), "甲", "乙", "丙")], false, default);
        return (await Host.Services.GetRequiredService<IArticleFolder>().ListAsync(new(Words: title), default)).Rows[0].Id;
    }

    internal async Task<long> OrderAsync(PushKind kind, long article, int? tag = null) =>
        ((PushOrdered.Ordered)await Pushes.OrderAsync(new(article, 1, kind, tag), null, Clerk, default)).Id;

    internal async Task<ArticlePush> EndOfAsync(long push)
    {
        ArticlePush? found = null;
        await Eventually.IsTrueAsync(async () => (found = await Pushes.FindAsync(push, default)) is { State: PushState.Done or PushState.Failed or PushState.Doubtful }, "the push has ended");
        return found!;
    }

    internal async Task<int> PublishedWithAsync(string marker)
    {
        var page = await Host.Services.GetRequiredService<IPublishing>().ListAsync(0, 20, false, default);
        return page.Value!.Groups.Count(g => g.Articles.Any(a => WeChatArticle.IsMarked(a, marker)));
    }

    internal async Task<HttpResponseMessage> FaultAsync(string path, int code, int times) => await Host.Client.PutAsync("/simulator/control/faults", new StringContent(
        $$"""{"kind":"ErrorCode","path":"{{path}}","rate":1,"times":{{times}},"code":{{code}}}""", System.Text.Encoding.UTF8, "application/json"));

    // The job was run, and waits for its next turn or is over.
    internal async Task<bool> RestsAsync(long push)
    {
        await using var command = _database.DataSource.CreateCommand(
            $"select status = 'done' or status = 'waiting' and due_at > now() + interval '1 second' from job where kind = 'article.push' and key = '{push}'");
        return await command.ExecuteScalarAsync() is true;
    }

    internal Task AgainAsync(long push) => ExecuteAsync(
        $"update job set status = 'waiting', due_at = now(), attempts = 0, finished_at = null, lease = null, lease_until = null where kind = 'article.push' and key = '{push}'");

    internal async Task ExecuteAsync(string sql)
    {
        await using var command = _database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<OpenId> CitizenAsync()
    {
        using var added = await Host.Client.PostAsync(
            "/simulator/control/citizens", new StringContent("""{"name":"测试市民","follows":true}""", System.Text.Encoding.UTF8, "application/json"));
        using var citizens = System.Text.Json.JsonDocument.Parse(await added.Content.ReadAsStringAsync());
        return new(citizens.RootElement[0].GetProperty("openId").GetString()!);
    }
}
