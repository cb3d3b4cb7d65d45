using Bot.Bench.Notices;
using Bot.Data.Notices;
using Bot.Handlers.Notices;
using Bot.Host.Delivery.Notices;
using Bot.Tests.Delivery;
using Bot.Tests.Infrastructure;
using Bot.Tests.WeChat.Api;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NUnit.Framework;

namespace Bot.Tests.Notices;

/// <summary>The engine as it runs in a host, against a platform that answers as the test says.</summary>
public abstract class EngineFixture
{
    internal const string Send = "/cgi-bin/message/template/send";
    internal const string Ok = """{"errcode":0,"errmsg":"ok","msgid":77}""";

    private static readonly NoticeTiming s_quick = new()
    {
        Lease = TimeSpan.FromSeconds(8), Poll = TimeSpan.FromMilliseconds(50), Sweep = TimeSpan.FromMilliseconds(100),
    };

    internal TestDatabase Database { get; private set; } = null!;

    internal IHost? Host { get; private set; }

    internal ScriptedPlatform Platform { get; private set; } = null!;

    [SetUp]
    public async Task Begin()
    {
        Database = await TestDatabase.CreateAsync();
        Platform = await ScriptedPlatform.StartAsync();
        Platform.Says(Send, Ok);
    }

    [TearDown]
    public async Task End()
    {
        if (Host is not null)
            await StopAsync();
        await Platform.DisposeAsync();
        await Database.DisposeAsync();
    }

    internal async Task StartAsync(int workers = 8, int rate = 0, string? platform = null)
    {
        Host = await new EngineHost
        {
            Postgres = Database.ConnectionString, Platform = platform ?? Platform.Address, Workers = workers, RatePerSecond = rate, Timing = s_quick,
        }.StartAsync();
        await BenchTemplate.SyncAsync(Get<INoticeTemplates>());
    }

    internal async Task StopAsync()
    {
        await Host!.StopAsync();
        Host.Dispose();
        Host = null;
    }

    internal T Get<T>() where T : notnull => Host!.Services.GetRequiredService<T>();

    internal async Task<string> MakeAsync(int rows, string prefix = "o-") => ((NoticeAnswer.Accepted)await Get<NoticeOffice>().SendAsync(
        BenchTemplate.Request(rows == 1 ? NoticeLane.Single : NoticeLane.Bulk), BenchTemplate.Rows(rows, prefix), default)).Notice.Id;

    internal async Task<Notice> FindAsync(string id) => (await Get<INotices>().FindAsync(id, default))!;

    internal Task DoneAsync(string id) => Eventually.IsTrueAsync(async () => (await FindAsync(id)).Status is NoticeStatus.Done, "the notice is done");

    internal Task<int> LeasesAsync() => CountAsync("select (select count(*) from notice_lease) + (select count(*) from notice_span)");

    internal async Task<int> CountAsync(string sql)
    {
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<int>(sql);
    }
}
