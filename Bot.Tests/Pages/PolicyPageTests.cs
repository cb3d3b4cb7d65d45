using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Bot.Data.Policies;
using Bot.Handlers;
using Bot.Handlers.Policies;
using Bot.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Pages;

public sealed partial class PolicyPageTests
{
    private TestHost host = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        host = await TestHost.StartAsync();
        await Shelves.StockAsync(host);
    }

    [OneTimeTearDown]
    public ValueTask Stop() => host.DisposeAsync();

    [Test]
    public async Task Shows_everything_that_a_guide_says()
    {
        var guide = host.Services.GetRequiredService<PolicyLibrary>().Shelf.ById["P001"];
        var page = WebUtility.HtmlDecode(await host.Client.GetStringAsync("/p/P001"));
        foreach (var part in (string[])
        [
            guide.Title, guide.Category, guide.Issuer, guide.Conditions, guide.Place, guide.Fee, guide.TimeLimit,
            .. guide.Materials, .. guide.Steps, .. guide.LegalBasis, "办事指南", "现行有效", "政务服务",
            Beijing.DateOf(guide.UpdatedAt).ToString("yyyy年M月d日", null),
        ])
            Assert.That(page, Does.Contain(part));
        Assert.That(page, Does.Contain("<html lang=\"zh-CN\"").And.Contain("index,follow"));
    }

    [Test]
    public async Task Leaves_out_what_is_not_known()
    {
        var page = await host.Client.GetStringAsync("/p/T-new");
        Assert.That(page, Does.Contain("要点").And.Not.Contain("所需材料").And.Not.Contain("办理步骤").And.Not.Contain("id=\"body\"").And.Not.Contain("<dt>费用"));
    }

    [Test]
    public async Task A_lapsed_document_warns_first_leads_on_and_stays_out_of_search_engines()
    {
        var page = await host.Client.GetStringAsync("/p/T-old");
        Assert.That(page, Does.Contain("已失效").And.Contain("noindex"));
        Assert.That(page.IndexOf("请不要据此办理", StringComparison.Ordinal), Is.Positive.And.LessThan(page.IndexOf("<h1>", StringComparison.Ordinal)));
        Assert.That(page, Does.Contain("<a href=\"/p/T-new\">租房补贴办法</a>").And.Contain("<p>第一段。</p>").And.Contain("测规〔2001〕1号"));
    }

    [Test]
    public async Task A_successor_leads_back() =>
        Assert.That(await host.Client.GetStringAsync("/p/T-new"), Does.Contain("以前的规定：<a href=\"/p/T-old\">"));

    [TestCase("T-not-yet", "尚未施行，自2901年2月3日起施行")]
    [TestCase("T-amended", "已修订，请以最新规定为准")]
    public async Task Says_how_far_it_holds(string id, string words) =>
        Assert.That(await host.Client.GetStringAsync($"/p/{id}"), Does.Contain(words));

    [Test]
    public async Task Nothing_in_a_document_becomes_markup()
    {
        var page = await host.Client.GetStringAsync("/p/T-hostile");
        Assert.That(page, Does.Not.Contain("<script>alert").And.Not.Contain("<img src=x").And.Not.Contain("<b>一").And.Not.Contain("<i>甲"));
        Assert.That(page, Does.Contain("&lt;b&gt;一"));
        using var data = JsonDocument.Parse(JsonLd().Match(page).Groups[1].Value);
        var service = data.RootElement.GetProperty("@graph")[0];
        Assert.That(service.GetProperty("name").GetString(), Is.EqualTo(Shelves.Hostile.Title));
        Assert.That(service.GetProperty("@type").GetString(), Is.EqualTo("GovernmentService"));
    }

    [TestCase("/p/nowhere")]
    [TestCase("/p/%3Cscript%3E")]
    [TestCase("/p/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task An_unknown_document_is_answered_with_a_way_on(string path)
    {
        using var response = await GetAsync(path);
        var page = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(page, Does.Contain("没有找到这份内容").And.Contain("href=\"/p/\"").And.Contain("noindex"));
    }

    [Test]
    public async Task Is_not_sent_again_unless_it_changed()
    {
        using var first = await GetAsync("/p/P001");
        Assert.That(first.Headers.CacheControl!.ToString(), Is.EqualTo("public, max-age=60"));
        Assert.That(first.Content.Headers.LastModified, Is.Not.Null);
        using var again = await GetAsync("/p/P001", ("If-None-Match", first.Headers.ETag!.ToString()));
        using var dated = await GetAsync("/p/P001", ("If-Modified-Since", first.Content.Headers.LastModified!.Value.ToString("R")));
        using var other = await GetAsync("/p/P002", ("If-None-Match", first.Headers.ETag!.ToString()));
        Assert.That(
            (again.StatusCode, dated.StatusCode, other.StatusCode),
            Is.EqualTo((HttpStatusCode.NotModified, HttpStatusCode.NotModified, HttpStatusCode.OK)));
        Assert.That(await again.Content.ReadAsByteArrayAsync(), Is.Empty);
    }

    [Test]
    public async Task The_list_leads_to_every_document_in_force()
    {
        var page = await host.Client.GetStringAsync("/p/");
        foreach (var policy in host.Services.GetRequiredService<PolicyLibrary>().Shelf.ById.Values.Where(p => p.Status != PolicyStatus.Repealed))
            Assert.That(page, Does.Contain($"href=\"/p/{policy.Id}\""));
    }

    [Test]
    public async Task A_question_finds_its_guide_first()
    {
        var page = await host.Client.GetStringAsync("/p/?q=" + Uri.EscapeDataString("居住证要什么材料"));
        Assert.That(FirstLink().Match(page).Groups[1].Value, Is.EqualTo("P001"));
    }

    [Test]
    public async Task A_question_is_shown_as_text()
    {
        var page = await host.Client.GetStringAsync("/p/?q=" + Uri.EscapeDataString("\"><script>alert(1)</script>"));
        Assert.That(page, Does.Not.Contain("<script>alert"));
    }

    private Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", "text/html");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return host.Client.SendAsync(request);
    }

    [GeneratedRegex("<script type=\"application/ld\\+json\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex JsonLd();

    [GeneratedRegex("class=\"links\">\\s*<li>\\s*<a href=\"/p/([^\"]+)\"")]
    private static partial Regex FirstLink();
}
