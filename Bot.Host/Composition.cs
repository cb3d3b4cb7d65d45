using System.Diagnostics.Metrics;
using Bot.Data;
using Bot.Data.Cases;
using Bot.Data.Objects;
using Bot.Data.Privacy;
using Bot.Handlers;
using Bot.Handlers.Conversation;
using Bot.Handlers.Desk;
using Bot.Handlers.Followers;
using Bot.Handlers.Participation.Consultations;
using Bot.Handlers.Policies;
using Bot.Handlers.Publishing;
using Bot.Host.Content;
using Bot.Host.Delivery;
using Bot.Host.Delivery.Jobs;
using Bot.Host.Delivery.Notices;
using Bot.Host.Endpoints;
using Bot.Host.Endpoints.Api;
using Bot.Host.Endpoints.Open311;
using Bot.Host.Operation;
using Bot.Host.Pages.Console;
using Bot.Host.Pages.Console.Cases;
using Bot.Host.Pages.Console.Home;
using Bot.Host.Pages.Console.Notices;
using Bot.Host.Pages.Console.Policies;
using Bot.Host.Pages.Public;
using Bot.Host.Settings;
using Bot.WeChat;
using Bot.WeChat.Api;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Prometheus;

namespace Bot.Host;

/// <summary>Puts the house together.</summary>
internal static class Composition
{
    private const string DefaultAddress = "http://127.0.0.1:5080";

    // Long enough for every callback in flight to be answered or acknowledged.
    private static readonly TimeSpan s_graceToStop = TimeSpan.FromSeconds(10);

    /// <summary>Reads the settings that lie beside the program, from whichever folder it is started.</summary>
    public static WebApplicationBuilder NewBuilder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
            ApplicationName = typeof(Composition).Assembly.GetName().Name,      // where the pages are, whoever starts us
        });
        builder.Configuration.AddSecretFiles();
        if (string.IsNullOrEmpty(builder.Configuration["urls"]))
            builder.WebHost.UseUrls(DefaultAddress);
        return builder;
    }

    public static void AddBot(this WebApplicationBuilder builder, Servers servers)
    {
        var (services, settings) = (builder.Services, builder.Configuration);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        // A request goes on where its bytes were read. Nothing here blocks that thread, and another hop costs a message a twentieth.
        builder.WebHost.UseSockets(sockets =>
        {
            sockets.UnsafePreferInlineScheduling = true;
            // Behind a load balancer connections are few and busy: one system call more for each request buys nothing.
            sockets.WaitForDataBeforeAllocatingBuffer = false;
        });
        // Its only use to us would be a line about each request; while it may write at all, every request gets an activity and a scope.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = s_graceToStop);
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<BotOptions>().BindConfiguration(BotOptions.Section);
        services.AddOptions<WeChatOptions>().BindConfiguration(WeChatOptions.Section);

        services.AddSingleton(_ => MasterKeys.TryParse(settings["Privacy:Keys"] ?? "") ?? throw new InvalidOperationException("Privacy:Keys was checked at start"));
        services.AddSingleton(_ => settings.GetSection("Retention").Get<RetentionPeriods>() ?? new());
        services.AddSingleton(CipherSuite.Find(settings["Privacy:Cipher"] ?? "") ?? throw new InvalidOperationException("Privacy:Cipher was checked at start"));
        services.AddObjectStore(settings.GetSection(ObjectStoreOptions.Section).Get<ObjectStoreOptions>() ?? new());
        services.AddSingleton(settings.GetSection("Cases").Get<CaseLimits>() ?? new()).AddSingleton(settings.GetSection(ConsoleOptions.Section).Get<ConsoleOptions>() ?? new());
        services.AddSingleton<RunTimeSettings>();
        services.AddBotDatabase(servers.Postgres);
        services.AddSingleton(new Migrator(servers.Postgres));
        if (servers.Redis.Length > 0)
            services.AddRedisSessions(servers.Redis);
        else
            services.AddLocalSessions();
        services.AddNoticeEngine().AddNotices(redis: servers.Redis.Length > 0);

        services.AddWeChatApi();
        services.AddSingleton(provider => new CallbackCodec(provider.GetRequiredService<IOptions<WeChatOptions>>().Value, provider.GetRequiredService<TimeProvider>()));

        services.AddSingleton(settings.GetSection("Publishing").Get<PublishingOptions>() ?? new());
        services.AddSingleton(settings.GetSection("Participation").Get<ConsultationOptions>() ?? new());
        services.AddSingleton(settings.GetSection("Policies").Get<FreshnessRule>() ?? new());
        services.AddBotHandlers().AddFollowerTags();
        services.AddSingleton(provider => Profile(provider.GetRequiredService<IOptions<BotOptions>>().Value));
        services.AddSingleton(provider => Hours(provider.GetRequiredService<IOptions<BotOptions>>().Value));
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<BotOptions>>().Value is var bot
            ? new ConversationOptions { FlowPatience = bot.FlowPatience, MessagesPerMinute = bot.MessagesPerMinute } : null!);

        services.AddSingleton<Inbox>().AddSingleton<LateReplies>().AddSingleton<IScreens, Screens>();
        services.AddSingleton<DemoMenu>();
        // What waits of the cases stands first on the 工作台.
        services.AddSingleton<IDashboardSource, CaseDashboard>();
        services.AddSingleton<ILinkProbe>(_ => new LinkProbe()).AddSingleton<IDashboardSource, ArticleDashboard>();
        services.AddHostedAndShared<TurnKeeper>().AddHostedAndShared<HeardLog>().AddHostedAndShared<OpenSessions>();
        services.AddHostedAndShared<HallWatch>().AddSingleton<HallStates>();
        services.AddHostedAndShared<JobRunner>().AddHostedService<JobWatch>();
        services.AddHostedAndShared<FollowLog>().AddSingleton<IFollowLog>(provider => provider.GetRequiredService<FollowLog>());
        services.AddHostedService<Schema>().AddHostedService<ReadingWriter>().AddHostedService<QuestionWriter>().AddHostedService<StandingJobs>().AddHostedService<CaseWatch>().AddHostedService<ArchiveWatch>();
        services.AddContent();

        services.AddSingleton(_ => NewRegistry()).AddSingleton<BotMetrics>();
        services.AddSingleton<ISearchWatch, SearchCounts>().AddSingleton<IApiObserver, ApiCounts>();
        services.AddSingleton<Readiness>().AddSingleton<HealthReport>();
        services.AddPublicPages();
        services.AddNoticePages();
        services.AddPoliciesPages();
        services.AddSingleton<IDashboardSource, ConsultationDashboard>();
        builder.AddTelemetry();
        services.AddSingleton<KeyBrake>().AddSingleton<Sitemap>();
        services.AddApi();
        services.AddConsole(settings.GetSection(OidcOptions.Section).Get<OidcOptions>() ?? new());                          // last: it tidies up after the others
    }

    public static void MapBot(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseConsole();
        app.UsePublicPages();
        app.MapWeChatCallback();
        app.MapNews();
        app.MapPerformance();
        app.MapApi();
        app.MapOpen311();
        app.MapNoticeConsole();
        app.MapTickets();
        app.MapAnswerFiles();
        app.MapOidcSignIn(app.Services.GetRequiredService<OidcOptions>());
        app.MapHallEvents();
        app.MapOperations(app.Services.GetRequiredService<CollectorRegistry>());
    }

    private static IServiceCollection AddHostedAndShared<T>(this IServiceCollection services) where T : class, IHostedService =>
        services.AddSingleton<T>().AddHostedService(provider => provider.GetRequiredService<T>());

    private static CollectorRegistry NewRegistry()
    {
        var registry = Metrics.NewCustomRegistry();
        DotNetStats.Register(registry);
        MeterAdapter.StartListening(new MeterAdapterOptions
        {
            Registry = registry,
            MetricFactory = Metrics.WithCustomRegistry(registry),
            InstrumentFilterPredicate = IsWatched,
        });
        return registry;
    }

    // What is measured for each message, on its way, is left out: the callback has figures of its own, at a tenth of the cost.
    private static bool IsWatched(Instrument instrument) =>
        instrument.Meter.Name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
        && instrument.Meter.Name is not "Microsoft.AspNetCore.MemoryPool"
        && instrument.Name is not ("http.server.active_requests" or "aspnetcore.routing.match_attempts");

    private static AccountProfile Profile(BotOptions options) => new(BotOptions.NameOf(options.AccountName, options.Demo), options.PublicBaseUrl.TrimEnd('/'));

    private static OfficeHours Hours(BotOptions options) =>
        OfficeHours.TryParse(options.OfficeHours, out var hours) ? hours : throw new InvalidOperationException("Bot:OfficeHours was checked at start");
}
