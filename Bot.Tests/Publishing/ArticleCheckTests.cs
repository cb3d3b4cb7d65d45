using Bot.Data.Articles;
using Bot.Data.Consultations;
using Bot.Data.Jobs;
using Bot.Data.Surveys;
using Bot.Handlers.Jobs;
using Bot.Handlers.Policies;
using Bot.Handlers.Publishing;
using Bot.Host.Delivery;
using Bot.Tests.Delivery;
using Bot.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace Bot.Tests.Publishing;

public sealed class ArticleCheckTests
{
    private TestHost _host = null!;
    private WebApplication _site = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _host = await TestHost.StartAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _site = builder.Build();
        _site.MapGet("/there", () => "there");
        _site.MapGet("/gone", () => Results.StatusCode(StatusCodes.Status410Gone));
        _site.MapGet("/broken", () => Results.StatusCode(StatusCodes.Status500InternalServerError));
        await _site.StartAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _site.DisposeAsync();
        await _host.DisposeAsync();
    }

    private T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    [Test]
    public async Task What_public_articles_point_to_is_looked_for()
    {
        var site = _site.Urls.First();
        var withdrawn = await ArticleAsync("将要撤下", "");
        var file = (await Get<IArticleFiles>().AddAsync("附件.pdf", "application/pdf", "%PDF 检查"u8.ToArray(), null, null, "甲", default)).Id;
        var missing = new string('0', 32);
        string[] good =
        [
            "/news", "/p", $"/p/{Get<PolicyLibrary>().Shelf.ById.Keys.First()}?from=wx#fee", $"{_host.Address}news/{Get<NewsLibrary>().Shelf.Newest[0].Id}", "/news/feeds/all.atom", $"/news/files/{file}",
            $"/surveys/{(await Get<ISurveys>().PublishedAsync(default))[0].Survey.Id}", $"/consultations/{(await Get<IConsultations>().CurrentAsync(default))[0].Id}",
            $"{site}/there", $"{site}/broken", "tel:12345", "mailto:zx@example.gov.cn",
        ];
        string[] bad =
        [
            $"/news/{withdrawn}", $"{_host.Address}news/99999999", $"/news/files/{missing}", "/p/NO-SUCH", "/p/NO-SUCH/files/1", "/news/feeds/nowhere.atom", "/surveys/99999999",
            "/consultations/99999999", "/cases/TS20261122-0007-3", "/nowhere", $"{site}/gone", $"{site}/never",
        ];
        var holder = await ArticleAsync("满是链接", string.Concat(good.Concat(bad).Select(a => $"<p><a href=\"{a}\">链接</a></p>")), [missing]);
        await Get<IArticleDesk>().WithdrawAsync(withdrawn, ArticleDeskTests.Person("bianji"), "内容有误", default);
        await Eventually.IsTrueAsync(() => Get<NewsLibrary>().Shelf is var shelf && !shelf.ById.ContainsKey(withdrawn) && shelf.ById.ContainsKey(holder), "one is public, the other withdrawn");

        var (found, all) = await CheckedAsync();
        var words = found.Where(f => f.Article == holder).Select(f => f.Words).ToArray();
        Assert.That(words, Has.Exactly(1).EqualTo("封面或附件的文件找不到了。"));
        Assert.That(words.Except(["封面或附件的文件找不到了。"]), Is.EquivalentTo(bad.Select(a => a.StartsWith(site, StringComparison.Ordinal)
            ? $"链接打不开（对方网站已没有这个页面）：{a}" : $"链接打不开：{a}")));
        Assert.That(all, Is.EqualTo(found.Count));

        // More than a page shows.
        var many = await ArticleAsync("太多链接", string.Concat(Enumerable.Range(1, 250).Select(i => $"<p><a href=\"/p/NO-{i}\">链接</a></p>")));
        await Eventually.IsTrueAsync(() => Get<NewsLibrary>().Shelf.ById.ContainsKey(many), "the article is public");
        (found, var more) = await CheckedAsync();
        Assert.That((found.Count, more), Is.EqualTo((200, all + 250)));
        var figures = await Get<Bot.Data.Performance.IPerformance>().ReadAsync(new(2026, 1, 1), default);
        Assert.That(figures.Single(f => f.Code == "articles.faults").Values.Single().Value, Is.EqualTo(more));
    }

    [Test]
    public async Task A_link_into_the_offices_own_network_is_not_followed()
    {
        using LinkProbe probe = new();
        Assert.That(await probe.AskAsync(new(_site.Urls.First() + "/there"), default), Is.EqualTo(LinkAnswer.Inside));
        Assert.That(await probe.AskAsync(new("http://localhost/"), default), Is.EqualTo(LinkAnswer.Inside));
    }

    [Test]
    public async Task A_host_that_does_not_answer_is_asked_once_and_that_no_name_is_known_proves_nothing()
    {
        Names names = new();
        Uri[] links = [new("http://silent.example/1"), new("http://silent.example/2"), new("http://lost.example/1"), new("http://lost.example/2")];
        Assert.That(await new OutsideLinks(names, TimeProvider.System).FaultsAsync(links, default), Is.Empty, "perhaps we have no way out");
        Assert.That(names.Asked, Is.EquivalentTo([links[0], links[2]]));
        var faults = await new OutsideLinks(names, TimeProvider.System).FaultsAsync([.. links, new("http://there.example/")], default);
        Assert.That(faults.Keys, Is.EquivalentTo(links[2..]));
        Assert.That(faults.Values, Has.All.EqualTo("找不到这个网站"));
    }

    private async Task<(IReadOnlyList<ArticleFinding> First, int All)> CheckedAsync()
    {
        using LinkProbe probe = new(inside: true);
        var check = ActivatorUtilities.CreateInstance<ArticleCheck>(_host.Services, new OutsideLinks(probe, TimeProvider.System));
        Assert.That(await check.RunAsync(new Job(1, ArticleJobs.Check, "nightly", "{}", 1, Guid.Empty), default), Is.InstanceOf<JobOutcome.Again>());
        return await Get<IArticleWatch>().FindingsAsync(default);
    }

    private async Task<long> ArticleAsync(string title, string body, IReadOnlyList<string>? attachments = null)
    {
        var content = ArticleDeskTests.Content(title) with { Body = $"<p>正文</p>{body}", Attachments = attachments ?? [] };
        await Get<IArticleDesk>().ImportAsync([new(content, DateTimeOffset.UtcNow.AddDays(-1), "甲", "乙", "丙")], false, default);
        return (await Get<IArticleFolder>().ListAsync(new(Words: title), default)).Rows[0].Id;
    }

    private sealed class Names : ILinkProbe
    {
        public System.Collections.Concurrent.ConcurrentBag<Uri> Asked { get; } = [];

        public Task<LinkAnswer> AskAsync(Uri address, CancellationToken ct)
        {
            Asked.Add(address);
            return Task.FromResult(address.Host switch
            {
                "silent.example" => LinkAnswer.Silent,
                "lost.example" => LinkAnswer.NoSuchHost,
                _ => LinkAnswer.There,
            });
        }
    }
}
