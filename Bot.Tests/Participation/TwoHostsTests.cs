using Bot.Handlers.Participation.Surveys;
using Bot.Tests.Delivery;
using Bot.Tests.Endpoints;
using Bot.Tests.Infrastructure;
using Bot.WeChat;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace Bot.Tests.Participation;

/// <summary>Two Hosts over one PostgreSQL and one Redis: what is delivered to both at the same moment counts once.</summary>
public sealed class TwoHostsTests
{
    private const int Citizens = 12;

    private TwoHosts _hosts = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        var redis = await TestRedis.FreshDatabaseAsync();
        _hosts = await TwoHosts.StartAsync(database => Callback.HostAsync(WeChatMode.Plain, redis, database));
        await Eventually.IsTrueAsync(() => _hosts.Other.Services.GetRequiredService<SurveyLibrary>().Named("大厅调查") is not null, "both know the demo's survey");
    }

    [OneTimeTearDown]
    public ValueTask Stop() => _hosts.DisposeAsync();

    [Test]
    public async Task An_answer_that_is_delivered_to_both_hosts_at_once_counts_once()
    {
        var before = await CountAsync();
        string[] answers = ["大厅调查", "1", "4", "1,3", "1", "跳过"];
        await Task.WhenAll(Enumerable.Range(0, Citizens).Select(async i =>
        {
            foreach (var words in answers)
                await (i % 2 == 0 ? _hosts.One : _hosts.Other).SayAsync($"oParallel-{i}", words);
        }));

        // The confirmation of each: the same delivery on both hosts, and once more as another message.
        var replies = await AtOnce.RunAsync(Citizens * 3, i =>
        {
            var citizen = $"oParallel-{i / 3}";
            var id = i % 3 == 2 ? Callback.NewMessage : $"4{i / 3:D9}";
            return (i % 2 == 0 ? _hosts.One : _hosts.Other).KnockAsync(Callback.Clear(), Callback.Text("1", citizen, id));
        });
        Assert.That(replies.Select(r => r.Status), Is.All.EqualTo(200));
        Assert.That(replies.Count(r => r.Text.Contains("提交成功", StringComparison.Ordinal)), Is.GreaterThanOrEqualTo(Citizens), "everybody heard it");
        Assert.That(await CountAsync() - before, Is.EqualTo(Citizens));
    }

    // Everybody who took part, and every answer, counted or in the box: both must be the same number.
    private async Task<int> CountAsync()
    {
        await using var connection = await _hosts.Database.DataSource.OpenConnectionAsync();
        var (people, answers) = await connection.QuerySingleAsync<(int, int)>(
            "select (select count(*)::int from survey_participation), (select count(*)::int from survey_answer) + (select count(*)::int from survey_ballot)");
        Assert.That(people, Is.EqualTo(answers));
        return people;
    }
}
