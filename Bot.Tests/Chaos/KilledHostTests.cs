using System.Net;
using Bot.Tests.Delivery;
using Bot.Tests.Endpoints;
using Bot.Tests.Infrastructure;
using Bot.WeChat;
using Dapper;
using NUnit.Framework;

namespace Bot.Tests.Chaos;

/// <summary>A Host in a process of its own is killed at a seam of the inbox; the platform delivers its message again, to another one.</summary>
[NonParallelizable]
public sealed class KilledHostTests
{
    private TestDatabase _database = null!;
    private TestRedis _redis = null!;
    private FaultyLink _link = null!;
    private TestHost _other = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        (_database, _redis) = (await TestDatabase.CreateAsync(), await TestRedis.StartAsync());
        _link = new(IPEndPoint.Parse(_redis.ConnectionString));
        _other = await Callback.HostAsync(WeChatMode.Plain, _redis.ConnectionString, _database);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _other.DisposeAsync();
        await _link.DisposeAsync();
        await _redis.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task Killed_between_begin_and_the_database_s_commit_the_other_host_does_it_once()
    {
        const string citizen = "oKilledBefore";
        await using var doomed = await ProcessHost.StartAsync(_database, _redis.ConnectionString);
        await doomed.SayAsync(Callback.Text("删除我的数据", citizen));
        var confirmation = Callback.Text("1", citizen);
        await using var holder = await _database.DataSource.OpenConnectionAsync();
        await using (var transaction = await holder.BeginTransactionAsync())
        {
            await holder.ExecuteAsync("lock table privacy_request in access exclusive mode", transaction: transaction);
            var lost = doomed.SayAsync(confirmation);
            await Eventually.IsTrueAsync(async () => await holder.ExecuteScalarAsync<int>(
                "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'", transaction: transaction) > 0, "it waits in its transaction");
            doomed.Kill();
            Assert.That(async () => await lost, Throws.InstanceOf<HttpRequestException>());
        }

        await DeliveredAgainAsync(confirmation, citizen);
    }

    [Test]
    public async Task Killed_between_the_database_s_commit_and_its_own_the_other_host_does_it_no_second_time()
    {
        const string citizen = "oKilledAfter";
        await using var doomed = await ProcessHost.StartAsync(_database, $"127.0.0.1:{_link.Port}");
        await doomed.SayAsync(Callback.Text("删除我的数据", citizen));
        var confirmation = Callback.Text("1", citizen);
        await using var holder = await _database.DataSource.OpenConnectionAsync();
        Task<string> lost;
        await using (var transaction = await holder.BeginTransactionAsync())
        {
            await holder.ExecuteAsync("lock table privacy_request in access exclusive mode", transaction: transaction);
            lost = doomed.SayAsync(confirmation);
            await Eventually.IsTrueAsync(async () => await holder.ExecuteScalarAsync<int>(
                "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'", transaction: transaction) > 0, "its turn has begun");
            _link.FallSilent();
        }

        await Eventually.IsTrueAsync(async () => await RequestsAsync(citizen) == 1, "the database has it");
        doomed.Kill();
        _link.Heal();
        await lost.ContinueWith(_ => { }, TaskScheduler.Default);       // answered or broken off: the platform heard nothing that counts
        await DeliveredAgainAsync(confirmation, citizen);
    }

    [Test]
    public async Task A_filing_whose_host_dies_behind_the_database_s_commit_is_one_case()
    {
        const string citizen = "oKilledFiling";
        await using var doomed = await ProcessHost.StartAsync(_database, $"127.0.0.1:{_link.Port}");
        foreach (var words in (string[])["表扬", "1", "窗口的同志很热情", "完成", "1", "1", "1"])
            await doomed.SayAsync(Callback.Text(words, citizen));
        var confirmation = Callback.Text("1", citizen);
        await using var holder = await _database.DataSource.OpenConnectionAsync();
        Task<string> lost;
        await using (var transaction = await holder.BeginTransactionAsync())
        {
            await holder.ExecuteAsync("lock table case_file in access exclusive mode", transaction: transaction);
            lost = doomed.SayAsync(confirmation);
            await Eventually.IsTrueAsync(async () => await holder.ExecuteScalarAsync<int>(
                "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'", transaction: transaction) > 0, "its turn has begun");
            _link.FallSilent();
        }

        await Eventually.IsTrueAsync(async () => await holder.ExecuteScalarAsync<int>("select count(*) from case_file where kind <> 'suggestion'") == 1, "the database has it");
        doomed.Kill();
        _link.Heal();
        await lost.ContinueWith(_ => { }, TaskScheduler.Default);
        var heard = "success";
        for (var delivery = 2; delivery <= 3 && heard == "success"; delivery++)
            heard = (await _other.KnockAsync(Callback.Clear(), confirmation)) is { Text: not "success" } answer ? answer.Words : "success";
        Assert.That(heard, Does.StartWith("提交成功").Or.EqualTo("success"));
        Assert.That(await _other.SayAsync(citizen, "我的工单"), Does.Contain("1. TS").And.Not.Contain("2. TS"));
        Assert.That(await holder.ExecuteScalarAsync<int>("select count(*) from case_file where kind <> 'suggestion'"), Is.EqualTo(1));
    }

    // The dead host's turn lapses after 4 s; the platform comes again 5 s after it got nothing.
    private async Task DeliveredAgainAsync(string message, string citizen)
    {
        var reply = "success";
        for (var delivery = 2; delivery <= 3 && reply == "success"; delivery++)
        {
            var heard = await _other.KnockAsync(Callback.Clear(), message);
            Assert.That(heard.Status, Is.EqualTo((int)HttpStatusCode.OK));
            reply = heard.Text == "success" ? "success" : heard.Words;
        }

        Assert.That(reply, Does.StartWith("已收到您的删除申请").Or.EqualTo("success"));
        await Eventually.IsTrueAsync(async () => await RequestsAsync(citizen) == 1, "it is done");
        Assert.That(await RequestsAsync(citizen), Is.EqualTo(1), "once");
        Assert.That(await _other.SayAsync(citizen, "帮助"), Does.Contain("查政策"), "the citizen goes on");
    }

    private async Task<int> RequestsAsync(string citizen)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<int>("select count(*) from privacy_request where kind = 'erase' and openid = @citizen", new { citizen });
    }
}
