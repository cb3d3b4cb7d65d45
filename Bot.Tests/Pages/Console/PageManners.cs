using Bot.Tests.Infrastructure;
using Microsoft.Playwright;
using NUnit.Framework;

namespace Bot.Tests.Pages.Console;

/// <summary>What every page of the console must get right in a real browser.</summary>
internal static class PageManners
{
    // axe-core 4, from npm; serious and critical findings count.
    private static readonly Lazy<string> s_axe = new(() => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Pages", "Axe", "axe.min.js")));

    private const string Findings =
        """
        async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
          .filter(v => v.impact === 'serious' || v.impact === 'critical')
          .flatMap(v => v.nodes.map(n => `${v.id}: ${n.html.slice(0, 160)} ${n.any.concat(n.all).map(a => a.message).join(' ').slice(0, 160)}`))
        """;

    public static async Task CheckAsync(this IPage page, TestHost host, TestBrowser browser, string path, int width)
    {
        await page.SetViewportSizeAsync(width, width < 500 ? 844 : 768);
        await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Load });
        Assert.That(await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width), $"{path} is too wide");
        Assert.That(browser.Complaints, Is.Empty, path);
        Assert.That(browser.Requests.Where(r => !r.StartsWith(host.Address.ToString(), StringComparison.Ordinal) && !r.StartsWith("data:", StringComparison.Ordinal)), Is.Empty, path);
        await page.EvaluateAsync(s_axe.Value + ";0");
        Assert.That(await page.EvaluateAsync<string[]>(Findings), Is.Empty, path);
    }
}
