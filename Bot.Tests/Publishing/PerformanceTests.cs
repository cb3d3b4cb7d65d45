using System.Net;
using System.Text.Json;
using Bot.Data.Performance;
using Bot.Handlers.Participation;
using Bot.Tests.Infrastructure;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace Bot.Tests.Publishing;

public sealed class PerformanceTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 23, 9, 0, 0, TimeSpan.FromHours(8));

    [Test]
    public async Task Figures_are_computed_once_in_a_while_and_never_shown_when_old()
    {
        var clock = new FakeTimeProvider(s_now);
        var tables = new Tables();
        using var board = new PerformanceBoard(tables, clock);
        var first = await board.ReadAsync(default);
        Assert.That(await board.ReadAsync(default), Is.SameAs(first));
        clock.Advance(TimeSpan.FromMinutes(16));
        Assert.That(await board.ReadAsync(default), Is.Not.SameAs(first));
        Assert.That(tables.Reads, Is.EqualTo(2));

        tables.Away = true;
        clock.Advance(TimeSpan.FromMinutes(50));
        Assert.That(await board.ReadAsync(default), Is.Not.Null, "with what browsers keep, less than an hour");
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await board.ReadAsync(default), Is.Null);
    }

    [Test]
    public async Task A_report_has_twelve_months_and_only_figures_that_were_counted()
    {
        using var board = new PerformanceBoard(new Tables(), new FakeTimeProvider(s_now));
        var report = (await board.ReadAsync(default))!;
        Assert.That((report.Months.Count, report.Months[0], report.Months[^1]), Is.EqualTo((12, new DateOnly(2025, 12, 1), new DateOnly(2026, 11, 1))));
        Assert.That(report.Figures.Single().Code, Is.EqualTo("articles.published"));
        Assert.That(report.Figures.Single().In(new(2026, 11, 1), "新闻")!.Value, Is.EqualTo(2));
    }

    [Test]
    public async Task The_page_and_its_files_tell_the_same()
    {
        await using var host = await TestHost.StartAsync();
        var page = await host.Client.GetStringAsync("/performance");
        Assert.That(page, Does.Contain("按时公开率").And.Contain("10 秒内发出").And.Contain("该栏目规定工作日数"));
        using var json = JsonDocument.Parse(await host.Client.GetStringAsync("/performance.json"));
        var published = json.RootElement.GetProperty("figures").EnumerateArray().Single(f => f.GetProperty("code").GetString() == "articles.published");
        var all = published.GetProperty("values").EnumerateArray().Where(v => v.GetProperty("group").GetString() == "").Sum(v => v.GetProperty("value").GetDouble());
        Assert.That(all, Is.EqualTo(14), "the demo's articles");
        var silence = json.RootElement.GetProperty("figures").EnumerateArray().Single(f => f.GetProperty("code").GetString() == "articles.silence").GetProperty("values").EnumerateArray().ToArray();
        Assert.That(silence.Where(v => v.GetProperty("group").GetString() == "").Select(v => v.GetProperty("value").GetDouble()), Has.Some.Positive);
        Assert.That(silence.Select(v => v.GetProperty("group").GetString()), Does.Contain("新闻"));
        var lapsing = json.RootElement.GetProperty("figures").EnumerateArray().Single(f => f.GetProperty("code").GetString() == "documents.lapsing").GetProperty("values").EnumerateArray().ToArray();
        Assert.That(lapsing[0].GetProperty("value").GetDouble(), Is.EqualTo(lapsing.Skip(1).Sum(v => v.GetProperty("value").GetDouble())), "all, and by kind");
        var csv = await host.Client.GetByteArrayAsync("/performance.csv");
        Assert.That(csv.AsSpan(0, 3).SequenceEqual("\ufeff"u8), "spreadsheets need the mark");
        Assert.That(System.Text.Encoding.UTF8.GetString(csv), Does.Contain("articles.in_time,\"按时公开率\""));
        using var again = await host.Client.GetAsync("/performance");
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    private sealed class Tables : IPerformance
    {
        public int Reads { get; private set; }

        public bool Away { get; set; }

        public Task<IReadOnlyList<PerformanceSeries>> ReadAsync(DateOnly from, CancellationToken ct)
        {
            if (Away)
                throw new InvalidOperationException("The database is away");
            Reads++;
            return Task.FromResult<IReadOnlyList<PerformanceSeries>>([new("articles.published", [new(new(2026, 11, 1), "", 3, 3), new(new(2026, 11, 1), "新闻", 2, 2)])]);
        }
    }
}
