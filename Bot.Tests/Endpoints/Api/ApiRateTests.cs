using Bot.Data.ApiKeys;
using Bot.Tests.Infrastructure;
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
    }
}
