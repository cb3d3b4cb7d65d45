using System.Net;
using System.Text.RegularExpressions;
using Bot.Host.Content;
using Bot.Tests.Infrastructure;
using Microsoft.Playwright;

namespace Bot.Tests.Pages.Console;

/// <summary>One Host for a fixture, and staff who sign in to it.</summary>
internal static partial class ConsoleHost
{
    /// <param name="name">One of the demo's staff, such as <c>shouli</c>.</param>
    /// <returns>A client that keeps its cookies and follows no redirects.</returns>
    public static async Task<HttpClient> SignInAsync(this TestHost host, string name, string password = DemoStaff.Password)
    {
        var client = host.Visitor();
        using var answer = await client.SendAsync("/console/sign-in", null, new() { ["Account"] = name, ["Password"] = password });
        if (answer.StatusCode != HttpStatusCode.Redirect)
            throw new InvalidOperationException($"{name} did not get in: {answer.StatusCode}");
        return client;
    }

    /// <summary>A browser that has not signed in: it keeps cookies and follows no redirects.</summary>
    public static HttpClient Visitor(this TestHost host)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, CookieContainer = new() }) { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        return client;
    }

    /// <summary>Reads the page, takes over the hidden fields of the form of <paramref name="handler"/> and posts it.</summary>
    /// <param name="handler">Null for the form without a handler; <c>sign-out</c> for the one in the frame.</param>
    public static async Task<HttpResponseMessage> SendAsync(
        this HttpClient client, string path, string? handler, Dictionary<string, string?> fields)
    {
        var (address, hidden) = await client.FormAsync(path, handler);
        return await client.PostAsync(address, Content(hidden, fields));
    }

    /// <summary>The address of a form and its hidden fields: to send it more than once.</summary>
    public static async Task<(string Address, Dictionary<string, string?> Hidden)> FormAsync(this HttpClient client, string path, string? handler)
    {
        var page = await client.GetStringAsync(path);
        foreach (Match form in Form().Matches(page))
        {
            var action = Action().Match(form.Value) is { Success: true } found ? WebUtility.HtmlDecode(found.Groups[1].Value) : path;
            var asked = Handler().Match(action) is { Success: true } named ? named.Groups[1].Value : null;
            asked ??= action == "/console/sign-out" ? "sign-out" : null;
            if (!form.Value.Contains("method=\"post\"", StringComparison.Ordinal) || asked != handler)
                continue;
            Dictionary<string, string?> hidden = [];
            foreach (Match field in Hidden().Matches(form.Value))
                hidden[Attribute(field.Value, "name")] = WebUtility.HtmlDecode(Attribute(field.Value, "value"));
            return (action.Length == 0 ? path : action, hidden);
        }

        throw new InvalidOperationException($"{path} has no form for {handler ?? "(no handler)"}");
    }

    public static FormUrlEncodedContent Content(Dictionary<string, string?> hidden, Dictionary<string, string?> fields) =>
        new(hidden.Where(h => !fields.ContainsKey(h.Key)).Concat(fields).Where(f => f.Value is not null).SelectMany(f => f.Value!.Split('\u001f').Select(v => KeyValuePair.Create(f.Key, v))));

    /// <summary>A page in Chromium with somebody signed in.</summary>
    public static async Task<IPage> OpenAsync(this TestHost host, TestBrowser browser, string name, string path, int width = 1366, int height = 768, bool script = true)
    {
        var page = await browser.OpenAsync(host.Address, width, height, script: script);
        await page.GotoAsync($"/console/sign-in?as={name}&back={Uri.EscapeDataString(path)}");
        await page.GetByRole(AriaRole.Button, new() { Name = "登录", Exact = true }).ClickAsync();
        await page.ArrivesAsync("^(?!.*sign-in)");
        return page;
    }

    /// <summary>Comes back when the page stands at an address that fits <paramref name="pattern"/>, loaded: its scripts have run, and hear every key.</summary>
    /// <remarks>Not <see cref="IPage.WaitForURLAsync(string, PageWaitForURLOptions)"/>: that looks first and listens afterwards, and waits in vain for a page that came in between.</remarks>
    public static async Task ArrivesAsync(this IPage page, string pattern)
    {
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(pattern), new() { Timeout = 30_000 });
        await page.WaitForLoadStateAsync();
    }

    private static string Attribute(string tag, string name) => Regex.Match(tag, $"\\b{name}=\"([^\"]*)\"").Groups[1].Value;

    [GeneratedRegex("<form\\b.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("^<form\\b[^>]*\\baction=\"([^\"]*)\"")]
    private static partial Regex Action();

    [GeneratedRegex("[?&]handler=([^&]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Handler();

    [GeneratedRegex("<input\\b[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex Hidden();
}
