using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Bot.Host.Operation;
using Bot.Tests.Infrastructure;
using Bot.WeChat;
using NUnit.Framework;
using Prometheus;

namespace Bot.Tests.House;

public sealed class MetricsTests
{
    private static readonly string[] s_promised =
    [
        "bot_callbacks_total{kind=\"…\",outcome=\"…\"}", "bot_callback_seconds_count", "bot_late_replies_total", "bot_duplicates_total", "bot_sessions_open",
        "bot_search_seconds_count", "bot_search_misses_total", "bot_notices_total{outcome=\"…\"}", "bot_notice_delay_seconds_count", "bot_jobs_waiting",
        "bot_jobs_failed_total", "bot_wechat_api_seconds_count{api=\"…\",errcode=\"…\"}", "bot_token_refreshes_total",
        "bot_cases_open", "bot_cases_overdue", "bot_cases_breach_ratio", "bot_archive_failing",
    ];

    [Test]
    public async Task Everything_promised_is_there_at_0_in_the_first_scrape()
    {
        var registry = Metrics.NewCustomRegistry();
        _ = new BotMetrics(registry);
        using var page = new MemoryStream();
        await registry.CollectAndExportAsTextAsync(page);
        var lines = System.Text.Encoding.UTF8.GetString(page.ToArray()).Split('\n');
        foreach (var name in s_promised)
        {
            var pattern = $"^{Regex.Escape(name).Replace("…", "[a-z0-9_/]+", StringComparison.Ordinal)} (.+)$";
            var values = lines.Select(line => Regex.Match(line, pattern)).Where(match => match.Success).Select(match => match.Groups[1].Value).ToArray();
            Assert.That(values, Is.Not.Empty.And.All.EqualTo("0"), name);
        }
    }

    [Test]
    public async Task The_Host_shows_them_with_those_of_the_platform_it_runs_on()
    {
        await using var host = await TestHost.StartAsync();
        var page = await host.Client.GetStringAsync("/metrics");
        foreach (var name in s_promised.Select(name => name.Split('{')[0]))
            Assert.That(page, Does.Match($"(?m)^{name}[{{ ]"), name);
        Assert.That(page, Does.Match("(?m)^(process|dotnet)_"), ".NET's own");
        // A request is counted when it is over: the next scrape, or the one after it, shows this one.
        Assert.That(async () => await host.Client.GetStringAsync("/metrics"),
            Does.Match("(?m)^microsoft_aspnetcore_").After(10_000, 200), "ASP.NET Core's own");
    }

    [Test]
    public void Every_kind_of_message_is_counted_under_its_own_name()
    {
        var kinds = typeof(Inbound).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(Inbound)) && !type.IsAbstract)
            .Select(type => ((Inbound)RuntimeHelpers.GetUninitializedObject(type)).Kind).Distinct();
        foreach (var kind in kinds)
        {
            var registry = Metrics.NewCustomRegistry();
            new BotMetrics(registry).Callback(kind, CallbackOutcome.Answered, TimeSpan.FromSeconds(1));
            using var page = new MemoryStream();
            registry.CollectAndExportAsTextAsync(page).Wait();
            Assert.That(System.Text.Encoding.UTF8.GetString(page.ToArray()), Does.Contain($"bot_callbacks_total{{kind=\"{kind}\",outcome=\"answered\"}} 1"));
        }
    }
}
