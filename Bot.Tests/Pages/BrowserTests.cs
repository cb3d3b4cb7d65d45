using Bot.Data.Consultations;
using Bot.Handlers.Participation.Consultations;
using Bot.Tests.Infrastructure;
using Bot.WeChat;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using NUnit.Framework;

namespace Bot.Tests.Pages;

/// <summary>The pages in a real browser, as a citizen's phone shows them.</summary>
public sealed class BrowserTests : BrowserFixture
{
    private const string TooSmall =
        """
        () => [...document.querySelectorAll('a, button, label, input:not([type=checkbox])')].filter(e => {
          const box = e.getBoundingClientRect();
          return box.width > 0 && box.top >= 0 && box.height < 43 && !e.closest('.skip');
        }).map(e => e.outerHTML)
        """;

    [OneTimeSetUp]
    public Task Stock() => Shelves.StockAsync(Host);

    [TestCase("/p/P001", ColorScheme.Light)]
    [TestCase("/p/P001", ColorScheme.Dark)]
    [TestCase("/p/T-old", ColorScheme.Light)]
    [TestCase("/p/T-hostile", ColorScheme.Light)]
    [TestCase("/p/", ColorScheme.Light)]
    public async Task A_page_fits_a_phone_and_runs_without_a_complaint(string path, ColorScheme scheme)
    {
        var page = await Browser.OpenAsync(Host.Address, scheme: scheme);
        await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.NetworkIdle });
        Assert.That(await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(390));
        Assert.That(await page.EvaluateAsync<string[]>(TooSmall), Is.Empty);
        Assert.That(Browser.Complaints, Is.Empty);
        Assert.That(Browser.Requests.Where(r => !r.StartsWith(Host.Address.ToString(), StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task A_citizen_finds_a_guide_and_ticks_off_the_materials()
    {
        var page = await Browser.OpenAsync(Host.Address);
        await page.GotoAsync("/p/");
        await page.GetByRole(AriaRole.Searchbox).FillAsync("居住证要什么材料");
        await page.GetByRole(AriaRole.Button, new() { Name = "查询" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "居住证申领", Exact = true }).First.ClickAsync();
        await page.GetByLabel("居民身份证").CheckAsync();
        Assert.That(await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync(), Is.EqualTo("居住证申领"));
        Assert.That(await page.Locator(".checks input:checked").CountAsync(), Is.EqualTo(1));
        Assert.That(Browser.Complaints, Is.Empty);
    }

    [Test]
    public async Task A_link_from_the_chat_loses_its_key_in_the_address_and_still_speaks_as_the_citizen()
    {
        var open = Host.Services.GetRequiredService<ConsultationLibrary>().OpenAt(DateTimeOffset.UtcNow)[0];
        var reader = new OpenId("oReads-and-writes");
        var page = await Browser.OpenAsync(Host.Address);
        await page.GotoAsync(new Uri(await Host.Services.GetRequiredService<ConsultationLinks>().ForAsync(open.Id, reader, open.Paper.ClosesAt, default)).PathAndQuery);
        Assert.That(new Uri(page.Url).PathAndQuery, Is.EqualTo($"/consultations/{open.Id}"), "what is passed on is the page of everybody");
        await page.ReloadAsync();
        await page.WaitForFunctionAsync("() => document.body.innerText.includes('您从微信进入')");
        Assert.That(new Uri(page.Url).PathAndQuery, Is.EqualTo($"/consultations/{open.Id}"));
        await page.GetByLabel("意见（最多").FillAsync("建议周末免费停车");
        await page.GetByRole(AriaRole.Button, new() { Name = "提交意见" }).ClickAsync();
        await page.GetByText("并在微信里告诉您").First.WaitForAsync();
        Assert.That(new Uri(page.Url).PathAndQuery, Is.EqualTo($"/consultations/{open.Id}?done=1"));
        Assert.That((await Host.Services.GetRequiredService<IConsultations>().CommentersAsync(open.Id, null, 9, default)).Select(c => c.Citizen), Does.Contain(reader));
        Assert.That(Browser.Complaints, Is.Empty);
    }

    [Test]
    public async Task The_simulator_goes_on_working_under_the_same_headers()
    {
        var page = await Browser.OpenAsync(Host.Address, 1366, 768);
        await page.GotoAsync("/simulator/");
        await page.GetByRole(AriaRole.Button, new() { Name = "关注公众号" }).ClickAsync();
        await page.GetByText("欢迎关注").First.WaitForAsync();
        Assert.That(Browser.Complaints, Is.Empty);
    }
}
