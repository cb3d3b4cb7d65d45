using System.Diagnostics;
using Bot.Data.Cases;
using Bot.Data.Jobs;
using Bot.Tests.Delivery;
using Bot.Tests.Endpoints;
using Bot.Tests.Infrastructure;
using Bot.WeChat;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NUnit.Framework;

namespace Bot.Tests.Chaos;

/// <summary>Somebody sets the clock of a Host's machine while it works: deadlines, turns and jobs go on as if nothing had been.</summary>
[NonParallelizable]
public sealed class ClockSetTests
{
    private TestDatabase _database = null!;

    [SetUp]
    public async Task Start() => _database = await TestDatabase.CreateAsync();

    [TearDown]
    public async Task Stop() => await _database.DisposeAsync();

    [TestCase(5)]
    [TestCase(-5)]
    public async Task Answers_in_time_and_does_a_thing_once(int hours)
    {
        SetClock clock = new(TimeProvider.System);
        // What the platform signed is as old as it is; without this a clock wrong by hours refuses every callback, and says so.
        await using var host = await Callback.HostAsync(
            clock, WeChatMode.Plain, null, _database, ("WeChat:TimestampWindow", "00:00:00"), ("Bot:ReplyWithin", "00:00:01"));
        const string citizen = "oSetClock";
        Assert.That(await host.SayAsync(citizen, "删除我的数据"), Does.Contain("确定要删除吗"));
        var jobs = host.Services.GetRequiredService<IJobs>();
        await jobs.EnqueueAsync(new(ICasePhotos.JobKind, "in an hour", "0", clock.GetUtcNow().AddHours(1)), default);

        await using var holder = await _database.DataSource.OpenConnectionAsync();
        await using (var transaction = await holder.BeginTransactionAsync())
        {
            await holder.ExecuteAsync("lock table privacy_request in access exclusive mode", transaction: transaction);
            var since = Stopwatch.StartNew();
            var waits = host.KnockAsync(Callback.Clear(), Callback.Text("1", citizen));
            await Eventually.IsTrueAsync(async () => await holder.ExecuteScalarAsync<int>(
                "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'", transaction: transaction) > 0, "it waits");
            clock.Set(TimeSpan.FromHours(hours));
            Assert.That((await waits).Text, Is.EqualTo("success"), "acknowledged at its deadline");
            Assert.That(since.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
        }

        await Eventually.IsTrueAsync(async () => await holder.ExecuteScalarAsync<int>("select count(*) from privacy_request where kind = 'erase'") == 1, "it is done, once");
        await jobs.EnqueueAsync(new(ICasePhotos.JobKind, "nobody's", "0", clock.GetUtcNow()), default);
        await Eventually.IsTrueAsync(async () => await StatusAsync(holder, "nobody's") == "done", "jobs are done");
        if (hours < 0)
        {
            Assert.That(await StatusAsync(holder, "in an hour"), Is.EqualTo("waiting"), "its time is still to come by the new clock");
            clock.Set(TimeSpan.FromHours(1 - hours));
        }

        await Eventually.IsTrueAsync(async () => await StatusAsync(holder, "in an hour") == "done", "what was planned before is done when the clock says so");
        Assert.That(await host.SayAsync(citizen, "居住证要什么材料"), Does.Contain("居住证"), "the citizen goes on");
    }

    private static Task<string?> StatusAsync(NpgsqlConnection connection, string key) =>
        connection.ExecuteScalarAsync<string>("select status from job where key = @key", new { key });
}
