using Bot.Data;
using Bot.Handlers.Notices;
using Bot.Host.Delivery.Notices;
using Bot.Host.Operation;
using Bot.Host.Settings;
using Bot.WeChat;
using Bot.WeChat.Api;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Prometheus;

namespace Bot.Bench.Notices;

/// <summary>A host that does nothing but send notices, put together as the real one is.</summary>
internal sealed record EngineHost
{
    public required string Postgres { get; init; }

    /// <summary>Empty: this process keeps its own rate.</summary>
    public string Redis { get; init; } = "";

    /// <summary>The platform.</summary>
    public required string Platform { get; init; }

    public int RatePerSecond { get; init; }

    public int Workers { get; init; } = 16;

    public string QuietHours { get; init; } = "";

    public NoticeTiming Timing { get; init; } = new();

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>False leaves the workers out: for tests that do each step themselves.</summary>
    public bool Sends { get; init; } = true;

    public Action<IServiceCollection>? More { get; init; }

    public async Task<IHost> StartAsync()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        var services = builder.Services;
        services.AddLogging(log => log.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Error));
        services.AddSingleton(Clock);
        services.Configure<WeChatOptions>(o => (o.AppId, o.AppSecret, o.ApiBaseUrl) = ("wx1234567890abcdef", "0123456789abcdef0123456789abcdef", Platform));
        services.AddBotDatabase(Postgres);
        if (Redis.Length > 0)
            services.AddRedisSessions(Redis);
        if (Sends)
            services.AddNoticeEngine();
        services.Configure<NoticesOptions>(o => (o.RatePerSecond, o.Workers, o.QuietHours) = (RatePerSecond, Workers, QuietHours));
        services.AddSingleton(Timing);
        services.AddNotices(redis: Redis.Length > 0).AddSingleton<NoticeOffice>().AddSingleton<UnkeptResults>();
        services.AddWeChatApi();
        services.AddSingleton(_ => Metrics.NewCustomRegistry()).AddSingleton<BotMetrics>().AddSingleton<IApiObserver, ApiCounts>().AddSingleton<Readiness>();
        More?.Invoke(services);
        var host = builder.Build();
        host.Services.GetRequiredService<Readiness>().TellMigrated();
        await host.StartAsync();
        return host;
    }
}
