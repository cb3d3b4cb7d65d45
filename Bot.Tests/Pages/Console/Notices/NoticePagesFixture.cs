using System.Net;
using System.Text;
using Bot.Data.Notices;
using Bot.Tests.Delivery;
using Bot.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Pages.Console.Notices;

/// <summary>A Host that sends as fast as it can, and two of the office signed in to it: one makes notices, one approves them.</summary>
public abstract class NoticePagesFixture
{
    internal static readonly Dictionary<string, string?> Words = new()
    {
        ["Fields[thing1]"] = "居住证办理", ["Fields[phrase2]"] = "审核通过", ["Fields[time3]"] = "2026年11月28日 10:00", ["Fields[character_string4]"] = "TS1",
    };

    internal TestHost Host { get; private set; } = null!;

    internal HttpClient Maker { get; private set; } = null!;

    internal HttpClient Approver { get; private set; } = null!;

    internal INotices Notices => Host.Services.GetRequiredService<INotices>();

    internal INoticeTemplates Templates => Host.Services.GetRequiredService<INoticeTemplates>();

    [OneTimeSetUp]
    public async Task Start()
    {
        Host = await TestHost.StartAsync(settings: [("Notices:QuietHours", ""), ("Notices:RatePerSecond", "0")]);
        await Eventually.IsTrueAsync(async () => await Templates.FindAsync("progress", default) is not null, "the demo's templates are there");
        Maker = await Host.SignInAsync("zhidan");
        Approver = await Host.SignInAsync("shenhe");
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        Maker.Dispose();
        Approver.Dispose();
        await Host.DisposeAsync();
    }

    internal static string Id(string page) => page[(page.LastIndexOf('/') + 1)..];

    internal async Task<Notice> FindAsync(string page) => (await Notices.FindAsync(Id(page), default))!;

    internal static async Task ActAsync(HttpClient who, string page, string act, Dictionary<string, string?>? fields = null)
    {
        using var answer = await who.SendAsync(page, act, fields ?? []);
        Assert.That((answer.StatusCode, answer.Headers.Location?.ToString()), Is.EqualTo((HttpStatusCode.Redirect, page)), act);
    }

    /// <returns>The draft's page.</returns>
    internal async Task<string> DraftedAsync(Dictionary<string, string?> fields, HttpClient? who = null, string? file = null)
    {
        using var answer = await ComposeAsync(who ?? Maker, fields, file);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), await answer.Content.ReadAsStringAsync());
        return await LedOnAsync(who ?? Maker, answer.Headers.Location!.ToString());
    }

    internal static async Task<HttpResponseMessage> ComposeAsync(
        HttpClient who, Dictionary<string, string?> fields, string? file = null, string form = "/console/notices/new?template=progress")
    {
        var (address, hidden) = await who.FormAsync(form, null);
        using MultipartFormDataContent content = [];
        foreach (var (name, value) in hidden.Where(h => !fields.ContainsKey(h.Key)).Concat(fields))
            content.Add(new StringContent(value ?? ""), $"\"{name}\"");
        if (file is not null)
            content.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(file)), "\"Upload\"", "\"rows.csv\"");
        return await who.PostAsync(address, content);
    }

    // On a slow machine even a small group takes more than the second that a form waits.
    private static async Task<string> LedOnAsync(HttpClient who, string page)
    {
        while (page.Contains("/composing/", StringComparison.Ordinal))
        {
            using var led = await who.GetAsync(page);
            page = led.Headers.Location?.ToString() ?? page;
        }

        return page;
    }
}
