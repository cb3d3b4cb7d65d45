using Bot.Host;
using Bot.Host.Content;
using Bot.Host.Operation;
using Bot.Host.Verbs;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Infrastructure;

/// <summary>The real Host in this process, in demo mode, on a port of its own and a database of its own; stopped and dropped when disposed.</summary>
public sealed class TestHost : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly WebApplication _app;
    private readonly Servers _servers;
    private readonly TestDatabase? _own;

    private TestHost(WebApplication app, Servers servers, TestDatabase? own)
    {
        (_app, _servers, _own) = (app, servers, own);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false })
        {
            BaseAddress = new Uri(app.Urls.First()),
        };
    }

    /// <summary>Follows no redirects and keeps no cookies.</summary>
    public HttpClient Client { get; }

    public Uri Address => Client.BaseAddress!;

    public IServiceProvider Services => _app.Services;

    /// <summary>Comes back when the demo content is in memory.</summary>
    /// <param name="redis">From <see cref="TestRedis"/>; null keeps sessions in the process.</param>
    /// <param name="database">Shared with another host, and left alone at the end; null makes one.</param>
    /// <param name="settings">Override everything else, such as <c>("Bot:ReplyWithin", "00:00:01")</c>.</param>
    public static Task<TestHost> StartAsync(string? redis = null, TestDatabase? database = null, params (string Key, string Value)[] settings) =>
        StartAsync(TimeProvider.System, redis, database, settings);

    /// <param name="clock">By which the Host goes.</param>
    public static async Task<TestHost> StartAsync(TimeProvider clock, string? redis, TestDatabase? database, params (string Key, string Value)[] settings)
    {
        var own = database is null ? await TestDatabase.CreateAsync() : null;
        var builder = Composition.NewBuilder([]);
        builder.Services.AddSingleton(clock);
        builder.Configuration.AddInMemoryCollection(((IEnumerable<(string Key, string Value)>)
        [
            ("urls", "http://127.0.0.1:0"),
            ("Bot:Demo", "true"),
            ("ConnectionStrings:Postgres", (database ?? own)!.ConnectionString),
            ("ConnectionStrings:Redis", redis ?? ""),
            ("Logging:LogLevel:Default", "Warning"),
            .. settings,
        ]).GroupBy(s => s.Key).ToDictionary(s => s.Key, string? (s) => s.Last().Value));
        var servers = await Servers.StartAsync(builder.Configuration, CancellationToken.None);
        var app = Serve.Build(builder, servers, out var simulated);
        await app.StartAsync();
        if (simulated)
            app.JoinDemoPlatform();
        app.UseOwnAddress();
        await app.Services.GetRequiredService<Readiness>().Loaded.WaitAsync(s_patience);
        return new(app, servers, own);
    }

    /// <summary>Stops gracefully, as on SIGTERM.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _servers.DisposeAsync();
        if (_own is not null)
            await _own.DisposeAsync();
    }
}
