using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Bot.Tests.Infrastructure;

/// <summary>A real Chromium that notes what a page complains of and where it calls.</summary>
public sealed class TestBrowser : IAsyncDisposable
{
    private static readonly string[] s_places =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<string> _requests = new();

    private TestBrowser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Errors and warnings of the console, refused content among them, and exceptions of scripts.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Every address that a page asked for.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    public static async Task<TestBrowser> StartAsync()
    {
        var program = Array.Find(s_places, File.Exists)
            ?? throw new InvalidOperationException("Chromium was not found: install it (Debian: apt install chromium).");
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = ["--no-sandbox", "--disable-gpu"] });
        return new(playwright, browser);
    }

    /// <summary>A page as on a phone, with a history and storage of its own; notes begin anew.</summary>
    public async Task<IPage> OpenAsync(Uri address, int width = 390, int height = 844, ColorScheme scheme = ColorScheme.Light, bool script = true)
    {
        _complaints.Clear();
        _requests.Clear();
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = address.ToString(), Locale = "zh-CN", ColorScheme = scheme, ViewportSize = new() { Width = width, Height = height }, JavaScriptEnabled = script,
        });
        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                _complaints.Enqueue(message.Text);
        };
        page.PageError += (_, error) => _complaints.Enqueue(error);
        page.Request += (_, request) => _requests.Enqueue(request.Url);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
