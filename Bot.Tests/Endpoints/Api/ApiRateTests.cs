using Bot.Data.ApiKeys;
using Bot.Host.Endpoints;
using Bot.Tests.Infrastructure;
using Bot.Tests.Pages.Console;
using NUnit.Framework;

namespace Bot.Tests.Endpoints.Api;

public sealed class ApiRateTests
{
    [Test]
    public async Task Each_key_has_a_rate_of_its_own_and_is_told_when_to_come_again()
    {
        await using var host = await TestHost.StartAsync(settings: [("Api:RequestsPerMinute", "3")]);
        var eager = await ApiCaller.OfAsync(host, ApiKeyKind.Live, "eager");
        var calm = await ApiCaller.OfAsync(host, ApiKeyKind.Live, "calm");
        // The window may end in between, but not three times.
        List<ApiAnswer> answers = [];
        for (var call = 0; call < 10; call++)
            answers.Add(await eager.GetAsync("/N1"));

        var refused = answers.First(a => a.Status != 404);
        Assert.That((refused.Status, refused.Type), Is.EqualTo((429, "application/problem+json")));
        Assert.That(refused.Headers.RetryAfter!.Delta, Is.GreaterThan(TimeSpan.Zero));
        Assert.That(refused.Json.GetProperty("detail").GetString(), Does.StartWith("请求过于频繁，请在 "));
        Assert.That((await calm.GetAsync("/N1")).Status, Is.EqualTo(404));

        // Keys that nobody has, by the hundred: after some of them nobody asks the database, and who is known goes on.
        List<int> guesses = [];
        for (var guess = 0; guess <= KeyBrake.Tries; guess++)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, "/api/v1/notices/N1") { Headers = { Authorization = new("Bearer", $"live_{guess:D32}") } };
            using var answer = await host.Client.SendAsync(request);
            guesses.Add((int)answer.StatusCode);
        }

        Assert.That((guesses[0], guesses.Contains(429)), Is.EqualTo((401, true)));
        Assert.That((await calm.GetAsync("/N1")).Status, Is.AnyOf(404, 429));
        using var visitor = host.Visitor();
        visitor.DefaultRequestHeaders.Add("Cookie", "staff=" + new string('a', 43));
        using var page = await visitor.GetAsync("/console");
        Assert.That(((int)page.StatusCode, page.Headers.RetryAfter?.Delta), Is.EqualTo((429, TimeSpan.FromMinutes(1))), "cookies are on the same count");
    }
}
