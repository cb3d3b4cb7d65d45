using System.Text;
using System.Xml.Linq;
using Bot.Data;
using Bot.Data.Followers;
using Bot.Data.Redis;
using Bot.Data.Sessions;
using Bot.Handlers;
using Bot.Handlers.Conversation;
using Bot.Handlers.Desk;
using Bot.Handlers.Policies;
using Bot.Host.Delivery;
using Bot.Host.Operation;
using Bot.Host.Settings;
using Bot.Tests.Conversations;
using Bot.WeChat;
using Bot.WeChat.Api;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Prometheus;

namespace Bot.Tests.Delivery;

/// <summary>One host's inbox over a real Redis, with a handler that the test controls.</summary>
internal sealed class InboxHost : IAsyncDisposable
{
    /// <summary>No test waits so long for a reply unless something is wrong.</summary>
    public static readonly TimeSpan Patient = TimeSpan.FromSeconds(100);

    private static long s_lastMessage = 20_000_000_000;

    private readonly ServiceProvider _services;

    private InboxHost(ServiceProvider services) => _services = services;

    /// <param name="replyWithin">Shorter than <see cref="Patient"/> for tests of what comes too late.</param>
    /// <param name="around">What stands between the inbox and Redis.</param>
    public static async Task<InboxHost> StartAsync(
        string redis, Probe probe, SentMessages sent, FormFlow.World? form = null, TimeSpan? replyWithin = null, TimeProvider? clock = null, Func<ISessions, ISessions>? around = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(clock ?? TimeProvider.System).AddSingleton(probe).AddSingleton(form ?? new()).AddSingleton<ICustomerMessages>(sent);
        services.AddSingleton<LogLines>().AddLogging(log => log.Services.AddSingleton<ILoggerProvider>(s => s.GetRequiredService<LogLines>()));
        services.AddOptions<BotOptions>().Configure(bot => bot.ReplyWithin = replyWithin ?? Patient);
        services.AddSingleton(new CallbackCodec(new WeChatOptions { Token = "token", Mode = WeChatMode.Plain }, TimeProvider.System));
        services.AddSingleton(new ConversationOptions { MessagesPerMinute = 6000 });
        services.AddSingleton<IFollowers, HeardTable>().AddSingleton<IFollowLog, RememberedFollows>().AddSingleton<ISearchWatch, CountedSearches>();
        services.AddSingleton<IHostApplicationLifetime, ApplicationLifetime>();
        services.AddBotHandlers(Probe.Table).AddRedisSessions(redis);
        if (around is not null)
            services.AddSingleton(s => around(ActivatorUtilities.CreateInstance<RedisSessions>(s)));
        services.AddSingleton<Inbox>().AddSingleton<LateReplies>().AddSingleton<TurnKeeper>().AddSingleton<HeardLog>().AddSingleton<OpenSessions>();
        services.AddSingleton(Metrics.NewCustomRegistry()).AddSingleton<BotMetrics>();
        var host = new InboxHost(services.BuildServiceProvider());
        await host.Get<TurnKeeper>().StartAsync(CancellationToken.None);
        return host;
    }

    public ISessions Sessions => Get<ISessions>();

    public LogLines Log => Get<LogLines>();

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public static TextMessage Typed(OpenId citizen, string words) => new()
    {
        Account = "gh_test", From = citizen, CreateTime = 1_800_000_000, MsgId = Interlocked.Increment(ref s_lastMessage), Content = words,
    };

    public async Task<byte[]> DeliverAsync(Inbound message) => (await Get<Inbox>().ReceiveAsync(message, DataFormat.Xml)).ToArray();

    /// <summary>What the citizen reads; <c>success</c> for a callback closed without an answer.</summary>
    public async Task<string> SayAsync(Inbound message) => Words(await DeliverAsync(message));

    public Task<string> SayAsync(OpenId citizen, string words) => SayAsync(Typed(citizen, words));

    public static string Words(byte[] reply) =>
        reply.AsSpan().SequenceEqual("success"u8) ? "success" : XElement.Parse(Encoding.UTF8.GetString(reply)).Element("Content")!.Value;

    public async Task<string> MetricsAsync()
    {
        using var scraped = new MemoryStream();
        await Get<CollectorRegistry>().CollectAndExportAsTextAsync(scraped);
        return Encoding.UTF8.GetString(scraped.ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await Get<TurnKeeper>().StopAsync(deadline.Token);
        await _services.DisposeAsync();
    }
}
