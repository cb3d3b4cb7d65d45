using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Bot.Data.ApiKeys;
using Bot.Tests.Delivery;
using Bot.Tests.Endpoints;
using Bot.Tests.Endpoints.Api;
using Bot.Tests.Infrastructure;
using Bot.Tests.Pages.Console;
using Bot.WeChat;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NUnit.Framework;

namespace Bot.Tests.Chaos;

/// <summary>The whole Host, with a link to PostgreSQL that fails. Under every fault: 200 within 5 s, an honest sentence or the answer, and recovery by itself.</summary>
[NonParallelizable]
public sealed class DatabaseAwayTests
{
    private const string Apology = "抱歉，系统暂时无法处理您的消息";

    private static int s_citizens;

    private TestDatabase _database = null!;
    private FaultyLink _link = null!;
    private TestHost _host = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _database = await TestDatabase.CreateAsync();
        var direct = new NpgsqlConnectionStringBuilder(_database.ConnectionString);
        _link = new(direct.Host!.StartsWith('/') ? new UnixDomainSocketEndPoint($"{direct.Host}/.s.PGSQL.{direct.Port}") : new IPEndPoint(IPAddress.Loopback, direct.Port));
        var linked = new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Host = "127.0.0.1", Port = _link.Port };
        _host = await Callback.HostAsync(WeChatMode.Plain, null, _database, ("ConnectionStrings:Postgres", linked.ConnectionString));
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _link.Heal();
        await _host.DisposeAsync();
        await _link.DisposeAsync();
        await _database.DisposeAsync();
    }

    [TestCase(true, TestName = "PostgreSQL is gone")]
    [TestCase(false, TestName = "PostgreSQL hangs")]
    public async Task Answers_in_time_from_memory_or_says_that_it_cannot_and_recovers(bool cut)
    {
        var citizen = $"oAway{Interlocked.Increment(ref s_citizens)}";
        Assert.That(await SayAsync(citizen, "导出我的数据"), Does.Contain("/my-data/"), "before");
        if (cut)
            _link.Cut();
        else
            _link.FallSilent();
        try
        {
            Assert.That(await SayAsync(citizen, "居住证要什么材料"), Does.Contain("居住证"), "documents are in memory");
            var reply = await SayAsync(citizen, "导出我的数据");
            Assert.That(reply, Does.StartWith(Apology).Or.EqualTo("success"), "an honest sentence, or one that follows");
        }
        finally
        {
            _link.Heal();
        }

        var since = Stopwatch.StartNew();
        await Eventually.IsTrueAsync(async () => (await SayAsync(citizen, "导出我的数据")).Contains("/my-data/", StringComparison.Ordinal), "it works again");
        Assert.That(since.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)));
    }

    [TestCase(true, TestName = "Callers and pages while PostgreSQL is gone")]
    [TestCase(false, TestName = "Callers and pages while PostgreSQL hangs")]
    public async Task Whoever_calls_or_opens_a_page_is_asked_to_come_again(bool cut)
    {
        var key = await _host.Services.GetRequiredService<IApiKeys>().AddAsync($"{cut}", ApiKeyKind.Test, "test", default);
        using var clerk = await _host.SignInAsync("admin");
        var (action, form) = await clerk.FormAsync("/console/api-keys", "Add");
        using var citizen = _host.Visitor();
        ApiCaller caller = new(_host.Client, key);
        if (cut)
            _link.Cut();
        else
            _link.FallSilent();
        try
        {
            var api = Task.WhenAll(caller.GetAsync("/N1"), caller.PostAsync("", ApiCaller.Single("o"), "k"), caller.PostAsync("/bulk", ApiCaller.Bulk("o")));
            var pages = Task.WhenAll(citizen.GetAsync("/cases"), clerk.GetAsync("/console"), clerk.PostAsync(action, ConsoleHost.Content(form, new() { ["Name"] = "x", ["Kind"] = "Test" })));
            foreach (var answer in await api)
            {
                Assert.That((answer.Status, answer.Type, answer.Headers.RetryAfter?.Delta), Is.EqualTo((503, "application/problem+json", TimeSpan.FromSeconds(5))), answer.Text);
                Assert.That(answer.Json.GetProperty("detail").GetString(), Does.Contain("系统暂时繁忙"));
            }

            foreach (var page in await pages)
            {
                Assert.That(((int)page.StatusCode, page.Headers.RetryAfter?.Delta), Is.EqualTo((503, TimeSpan.FromSeconds(5))), page.RequestMessage!.RequestUri!.AbsolutePath);
                Assert.That(await page.Content.ReadAsStringAsync(), Does.Contain("<h1>系统暂时繁忙</h1>"), $"{page.RequestMessage!.Method} {page.RequestMessage.RequestUri!.AbsolutePath}");
                page.Dispose();
            }
        }
        finally
        {
            _link.Heal();
        }

        await Eventually.IsTrueAsync(async () => (await caller.GetAsync("/N1")).Status == 404, "it works again");
        using var again = await clerk.GetAsync("/console");
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.OK), "still signed in");
    }

    [Test]
    public async Task A_fault_of_our_own_is_none_that_passes()
    {
        var caller = await ApiCaller.OfAsync(_host, ApiKeyKind.Test, "fault");
        await ExecuteAsync(_database.DataSource, "alter table notice_tally rename to elsewhere");
        try
        {
            var answer = await caller.GetAsync("/N1");
            Assert.That((answer.Status, answer.Type, answer.Headers.RetryAfter), Is.EqualTo((500, "application/problem+json", (object?)null)), answer.Text);
        }
        finally
        {
            await ExecuteAsync(_database.DataSource, "alter table elsewhere rename to notice_tally");
        }
    }

    [Test]
    public async Task Says_so_when_the_server_takes_no_more_connections_and_recovers()
    {
        var citizen = $"oFull{Interlocked.Increment(ref s_citizens)}";
        var name = new NpgsqlConnectionStringBuilder(_database.ConnectionString).Database;
        await using var other = NpgsqlDataSource.Create((await TestServers.PostgresAsync()) + ";Pooling=false");
        await ExecuteAsync(other, $"alter database {name} allow_connections false");
        try
        {
            await ExecuteAsync(other, $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
            Assert.That(await SayAsync(citizen, "导出我的数据"), Does.StartWith(Apology).Or.EqualTo("success"));
            Assert.That(await SayAsync(citizen, "居住证要什么材料"), Does.Contain("居住证"));
        }
        finally
        {
            await ExecuteAsync(other, $"alter database {name} allow_connections true");
        }

        await Eventually.IsTrueAsync(async () => (await SayAsync(citizen, "导出我的数据")).Contains("/my-data/", StringComparison.Ordinal), "it works again");
    }

    [Test]
    public async Task Does_a_thing_once_when_the_connection_breaks_in_the_middle_of_it()
    {
        var citizen = $"oBroken{Interlocked.Increment(ref s_citizens)}";
        Assert.That(await SayAsync(citizen, "删除我的数据"), Does.Contain("确定要删除吗"));
        await using var holder = await _database.DataSource.OpenConnectionAsync();
        Task<string> waits;
        await using (var transaction = await holder.BeginTransactionAsync())
        {
            await holder.ExecuteAsync("lock table privacy_request in access exclusive mode", transaction: transaction);
            waits = SayAsync(citizen, "1");
            // The confirmation is in its transaction and waits for the lock: there the server drops it.
            await Eventually.IsTrueAsync(
                async () => await holder.ExecuteScalarAsync<int>(
                    """
                    select count(*) from pg_stat_activity a, lateral (select pg_terminate_backend(a.pid)) k
                    where a.datname = current_database() and a.wait_event_type = 'Lock'
                    """, transaction: transaction) > 0, "the confirmation waits");
            await transaction.RollbackAsync();
        }

        Assert.That(await waits, Does.StartWith(Apology).Or.EqualTo("success"));
        // The form is where it was: the same answer again does it, once.
        Assert.That(await SayAsync(citizen, "1"), Does.StartWith("已收到您的删除申请"));
        Assert.That(await holder.ExecuteScalarAsync<int>("select count(*) from privacy_request where openid = @citizen and kind = 'erase'", new { citizen }), Is.EqualTo(1));
    }

    // As the platform waits: no longer than 5 s, and never an error.
    private async Task<string> SayAsync(string citizen, string words)
    {
        var since = Stopwatch.StartNew();
        var heard = await _host.KnockAsync(Callback.Clear(), Callback.Text(words, citizen));
        Assert.That(heard.Status, Is.EqualTo(200), words);
        Assert.That(since.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)), words);
        return heard.Text == "success" ? "success" : heard.Words;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource db, string sql)
    {
        await using var connection = await db.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
    }
}
