using System.Net;
using Bot.Host.Pages.Public;
using Bot.Tests.Infrastructure;
using NUnit.Framework;

namespace Bot.Tests.Pages;

/// <summary>What holds for every page, whatever is on it.</summary>
public sealed class PageMannersTests
{
    private TestHost host = null!;

    [OneTimeSetUp]
    public async Task Start() => host = await TestHost.StartAsync();

    [OneTimeTearDown]
    public ValueTask Stop() => host.DisposeAsync();

    [TestCase("/p/")]
    [TestCase("/p/nowhere")]
    [TestCase("/nowhere")]
    [TestCase("/public/page.css")]
    [TestCase("/simulator/")]
    public async Task Browsers_are_held_to_our_own_content(string path)
    {
        using var response = await GetAsync(path, "text/html");
        string Header(string name) => string.Join(';', response.Headers.TryGetValues(name, out var values) ? values : []);
        Assert.That(Header("Content-Security-Policy"), Does.Contain("default-src 'self'").And.Contain("script-src 'self'").And.Not.Contain("unsafe"));
        Assert.That(Header("X-Content-Type-Options"), Is.EqualTo("nosniff"));
        Assert.That(Header("X-Frame-Options"), Is.EqualTo("DENY"));
        Assert.That(Header("Referrer-Policy"), Is.Not.Empty);
        Assert.That(Header("Permissions-Policy"), Does.Contain("camera=()"));
    }

    [Test]
    public async Task A_missing_page_is_courteous_to_people_and_brief_to_programs()
    {
        using var page = await GetAsync("/nowhere", "text/html,application/xhtml+xml");
        using var api = await GetAsync("/api/v1/nowhere", "text/html");
        using var other = await GetAsync("/nowhere", "*/*");
        Assert.That((page.StatusCode, api.StatusCode, other.StatusCode), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound)));
        Assert.That(await page.Content.ReadAsStringAsync(), Does.Contain("没有找到这个页面"));
        Assert.That(api.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
        Assert.That(await other.Content.ReadAsByteArrayAsync(), Is.Empty);
    }

    [Test]
    public async Task An_address_that_loads_too_many_pages_is_asked_to_wait_and_nothing_else_is_touched()
    {
        await using var busy = await TestHost.StartAsync();
        using var request = await LoadUntilRefusedAsync(busy);
        Assert.That(request, Is.Not.Null);
        Assert.That(await request!.Content.ReadAsStringAsync(), Does.Contain("请稍等一分钟"));
        Assert.That(request.Headers.RetryAfter, Is.Not.Null);
        foreach (var (path, status) in ((string, HttpStatusCode)[])
                 [("/health/live", HttpStatusCode.OK), ("/metrics", HttpStatusCode.OK), ("/wechat/callback", HttpStatusCode.Forbidden), ("/public/page.css", HttpStatusCode.OK)])
        {
            for (var i = 0; i < 3; i++)
            {
                using var response = await busy.Client.GetAsync(path);
                Assert.That(response.StatusCode, Is.EqualTo(status), path);
            }
        }
    }

    [TestCase("203.0.113.9", "203.0.113.9")]
    [TestCase("::ffff:203.0.113.9", "203.0.113.9")]
    [TestCase("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    public void A_visitor_is_known_by_what_a_subscriber_has(string address, string network) =>
        Assert.That(Visitors.Network(IPAddress.Parse(address)), Is.EqualTo(IPAddress.Parse(network)));

    // More than two windows' worth: the window may turn over in between.
    private static async Task<HttpResponseMessage?> LoadUntilRefusedAsync(TestHost busy)
    {
        for (var i = 0; i < 400; i++)
        {
            var response = await SendAsync(busy, "/p/P001", "text/html");
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
                return response;
            response.Dispose();
        }

        return null;
    }

    private Task<HttpResponseMessage> GetAsync(string path, string accept) => SendAsync(host, path, accept);

    private static Task<HttpResponseMessage> SendAsync(TestHost to, string path, string accept)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", accept);
        return to.Client.SendAsync(request);
    }
}
