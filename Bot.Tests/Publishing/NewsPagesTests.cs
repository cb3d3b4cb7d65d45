using System.Net;
using System.ServiceModel.Syndication;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Bot.Data.Articles;
using Bot.Handlers.Publishing;
using Bot.Tests.Delivery;
using Bot.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using NUnit.Framework;

namespace Bot.Tests.Publishing;

public sealed partial class NewsPagesTests : BrowserFixture
{
    private NewsShelf Shelf => Host.Services.GetRequiredService<NewsLibrary>().Shelf;

    private PublicArticle Titled(string part) => Shelf.Newest.First(a => a.Content.Title.Contains(part, StringComparison.Ordinal));

    [Test]
    public async Task The_list_shows_what_is_public_newest_first_and_by_column()
    {
        var page = await Host.Client.GetStringAsync("/news");
        Assert.That(LinkedIds().Matches(page).Select(m => m.Groups[1].Value), Is.EqualTo(Shelf.Newest.Take(20).Select(a => $"{a.Id}")));
        var tips = await Host.Client.GetStringAsync("/news?column=tips");
        Assert.That(tips, Does.Contain("停水").And.Not.Contain("财政预算执行情况"));
        Assert.That((await Host.Client.GetAsync("/news?column=nowhere")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await Host.Client.GetAsync("/news?page=-5")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_question_finds_the_article_and_is_shown_as_text()
    {
        var page = await Host.Client.GetStringAsync("/news?q=" + Uri.EscapeDataString("医保缴费到什么时候"));
        Assert.That(LinkedIds().Match(page).Groups[1].Value, Is.EqualTo($"{Titled("基本医疗保险参保缴费").Id}"));
        var within = await Host.Client.GetStringAsync("/news?column=tips&q=" + Uri.EscapeDataString("医保缴费到什么时候"));
        Assert.That(within, Does.Not.Contain(Titled("基本医疗保险参保缴费").Content.Title).And.Contain("name=\"column\" value=\"tips\"").And.Contain("/news?q="), "in one column, and the others are asked the same");
        Assert.That(await Host.Client.GetStringAsync("/news?q=" + Uri.EscapeDataString("\"><script>alert(1)</script>")), Does.Not.Contain("<script>alert"));
    }

    [Test]
    public async Task An_article_says_who_made_it_how_far_it_holds_and_what_belongs_to_it()
    {
        var article = Titled("基本医疗保险参保缴费");
        var page = await Host.Client.GetStringAsync($"/news/{article.Id}?m=0123456789abcdef");
        Assert.That(page, Does.Contain("来源：市医疗保障局").And.Contain("有效期至").And.Contain("href=\"/p/P042\"").And.Contain("<table>").And.Contain("孙丽"));
        Assert.That(page, Does.Contain($"<link rel=\"canonical\" href=\"{Host.Address.ToString().TrimEnd('/')}/news/{article.Id}\">"));
        using var data = JsonDocument.Parse(JsonLd().Match(page).Groups[1].Value);
        Assert.That(data.RootElement.GetProperty("@type").GetString(), Is.EqualTo("NewsArticle"));
        Assert.That(data.RootElement.GetProperty("headline").GetString(), Is.EqualTo(article.Content.Title));
        Assert.That(await Host.Client.GetStringAsync($"/news/{Titled("清雪").Id}"), Does.Contain("更正说明"));
        Assert.That((await Host.Client.GetAsync("/news/99999999")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_policy_and_what_was_published_about_it_lead_to_each_other()
    {
        var article = Shelf.Newest.First(a => a.Content.Policies.Count > 0);
        Assert.That(await Host.Client.GetStringAsync($"/news/{article.Id}"), Does.Contain($"href=\"/p/{article.Content.Policies[0]}\""));
        Assert.That(WebUtility.HtmlDecode(await Host.Client.GetStringAsync($"/p/{article.Content.Policies[0]}")),
            Does.Contain("相关公告与解读").And.Contain($"href=\"/news/{article.Id}\"").And.Contain(article.Content.Title));
    }

    [Test]
    public async Task What_was_withdrawn_says_why_and_shows_nothing_else()
    {
        var desk = Host.Services.GetRequiredService<IArticleDesk>();
        var file = (await Host.Services.GetRequiredService<IArticleFiles>().AddAsync("附件.pdf", "application/pdf", "%PDF 停水"u8.ToArray(), null, null, "甲", default)).Id;
        Assert.That((await Host.Client.GetAsync($"/news/files/{file}")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "nothing public names it yet");
        await desk.ImportAsync([new(ArticleDeskTests.Content("将要撤回的通知") with { Body = $"<p>明日停水，见<a href=\"/news/files/{file}\">附件</a>。</p>" }, DateTimeOffset.UtcNow.AddDays(-400), "甲", "乙", "丙")], false, default);
        await Eventually.IsTrueAsync(() => Shelf.Newest.Any(a => a.Content.Title == "将要撤回的通知"), "the article is public");
        var id = Titled("将要撤回").Id;
        Assert.That((await Host.Client.GetAsync($"/news/files/{file}")).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await desk.WithdrawAsync(id, ArticleDeskTests.Person("bianji"), "文号有误，另行发布", default);
        await Eventually.IsTrueAsync(() => !Shelf.ById.ContainsKey(id), "the article is withdrawn");
        using var gone = await Host.Client.GetAsync($"/news/{id}");
        Assert.That(gone.StatusCode, Is.EqualTo(HttpStatusCode.Gone));
        Assert.That(await gone.Content.ReadAsStringAsync(), Does.Contain("文号有误，另行发布").And.Contain("noindex").And.Not.Contain("明日停水"));
        Assert.That(await Host.Client.GetStringAsync("/news/feeds/all.atom"), Does.Not.Contain("将要撤回"));
        using HttpRequestMessage known = new(HttpMethod.Get, $"/news/files/{file}") { Headers = { { "If-None-Match", $"\"{file}\"" } } };
        Assert.That((await Host.Client.SendAsync(known)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "who has it is not told that it still holds");
    }

    // As Word leaves them, and where a digest ends within a character.
    [Test]
    public async Task What_no_feed_can_carry_does_not_break_it()
    {
        var content = ArticleDeskTests.Content("供水\u000b公告") with { Digest = "", Words = $"{new string('水', 158)}😀停水时间另行通知" };
        await Host.Services.GetRequiredService<IArticleDesk>().ImportAsync([new(content, DateTimeOffset.UtcNow, "甲", "乙", "丙")], false, default);
        await Eventually.IsTrueAsync(() => Shelf.Newest[0].Content.Title.StartsWith("供水", StringComparison.Ordinal), "the article is public");
        foreach (var feed in new[] { "atom", "rss" })
            Assert.That(XDocument.Parse(await Host.Client.GetStringAsync($"/news/feeds/all.{feed}")).ToString(), Does.Contain("供水公告").And.Contain("水水…"));
    }

    [TestCase("/news/feeds/all.atom", "application/atom+xml")]
    [TestCase("/news/feeds/tips.atom", "application/atom+xml")]
    [TestCase("/news/feeds/all.rss", "application/rss+xml")]
    [TestCase("/news/feeds/announcements.rss", "application/rss+xml")]
    public async Task A_feed_is_read_by_a_parser(string path, string type)
    {
        using var response = await Host.Client.GetAsync(path);
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo(type));
        using var reader = XmlReader.Create(await response.Content.ReadAsStreamAsync(), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        var feed = SyndicationFeed.Load(reader);
        Assert.That(feed.Items.Count(), Is.InRange(1, 30));
        foreach (var item in feed.Items)
        {
            Assert.That(item.Title.Text, Is.Not.Empty);
            Assert.That(item.Links.Single(l => l.RelationshipType is null or "alternate").Uri.AbsolutePath, Does.Match("^/news/[0-9]+$"));
            Assert.That(item.Id, Is.Not.Empty);
        }

        Assert.That(feed.Links.Any(l => l.RelationshipType == "self"), "a feed names its own address");
    }

    // RFC 4287, 4.1.1 and 4.1.2: what must be there, once.
    [Test]
    public async Task The_Atom_feed_has_every_element_that_the_standard_asks_for()
    {
        XNamespace atom = "http://www.w3.org/2005/Atom";
        var feed = XDocument.Parse(await Host.Client.GetStringAsync("/news/feeds/all.atom")).Root!;
        foreach (var holder in feed.Elements(atom + "entry").Prepend(feed))
        {
            foreach (var name in new[] { "id", "title", "updated" })
                Assert.That(holder.Elements(atom + name).Count(), Is.EqualTo(1), name);
        }

        Assert.That(feed.Elements(atom + "author").Elements(atom + "name").Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Search_engines_find_the_sitemap_and_in_it_every_article()
    {
        Assert.That(await Host.Client.GetStringAsync("/robots.txt"), Does.Contain("Disallow: /console/").And.Contain("/sitemap.xml"));
        XNamespace ns = "http://www.sitemaps.org/schemas/sitemap/0.9";
        using var made = await Host.Client.GetAsync("/sitemap.xml");
        using HttpRequestMessage again = new(HttpMethod.Get, "/sitemap.xml") { Headers = { IfNoneMatch = { made.Headers.ETag! } } };
        using var unchanged = await Host.Client.SendAsync(again);
        Assert.That(unchanged.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        var locations = XDocument.Parse(await made.Content.ReadAsStringAsync()).Root!.Elements(ns + "url").Elements(ns + "loc").Select(l => l.Value).ToArray();
        Assert.That(locations, Is.Unique);
        Assert.That(locations.Count(l => l.Contains("/news/", StringComparison.Ordinal)), Is.EqualTo(Shelf.Newest.Length));
        Assert.That(locations, Has.All.StartsWith(Host.Address.ToString()));
    }

    [Test]
    public async Task A_file_is_given_and_nothing_else_is()
    {
        var cover = Titled("停水").Content.Cover!;
        using var response = await Host.Client.GetAsync($"/news/files/{cover}");
        Assert.That(response.Content.Headers.ContentType!.MediaType, Does.StartWith("image/"));
        Assert.That(response.Headers.CacheControl!.ToString(), Is.EqualTo("public, max-age=600"));
        Assert.That(response.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("sandbox"));
        foreach (var path in new[] { "/news/files/" + new string('0', 32), "/news/files/" + new string('Z', 32), "/news/files/..%2f" + new string('0', 27) })
            Assert.That((await Host.Client.GetAsync(path)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [TestCase("/news", ColorScheme.Light)]
    [TestCase("/news", ColorScheme.Dark)]
    [TestCase("/news?q=%E5%8C%BB%E4%BF%9D", ColorScheme.Light)]
    [TestCase("article", ColorScheme.Light)]
    public async Task A_page_fits_a_phone_and_runs_without_a_complaint(string path, ColorScheme scheme)
    {
        var page = await Browser.OpenAsync(Host.Address, scheme: scheme);
        await page.GotoAsync(path == "article" ? $"/news/{Titled("基本医疗保险参保缴费").Id}" : path, new() { WaitUntil = WaitUntilState.NetworkIdle });
        Assert.That(await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(390));
        Assert.That(Browser.Complaints, Is.Empty);
        Assert.That(Browser.Requests.Where(r => !r.StartsWith(Host.Address.ToString(), StringComparison.Ordinal)), Is.Empty);
    }

    [GeneratedRegex("href=\"/news/([0-9]+)\"")]
    private static partial Regex LinkedIds();

    [GeneratedRegex("<script type=\"application/ld\\+json\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex JsonLd();
}
