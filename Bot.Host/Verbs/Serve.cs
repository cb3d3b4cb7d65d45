using Bot.Data.Privacy;
using Bot.Host.Content;
using Bot.Host.Operation;
using Bot.Host.Settings;
using Bot.Simulator;

namespace Bot.Host.Verbs;

/// <summary><c>serve</c>: answers callbacks until it is told to stop.</summary>
internal static partial class Serve
{
    public static async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        var builder = Composition.NewBuilder(args);
        if (SettingsCheck.Fault(builder.Configuration) is { } fault)
            return Stop.With(fault);
        try
        {
            await using var servers = await Servers.StartAsync(builder.Configuration, ct);
            await using var app = Build(builder, servers, out var simulated);
            var demo = SettingsCheck.IsDemo(app.Configuration);
            if (!demo && app.Services.GetRequiredService<MasterKeys>().Current.Length == 0)
                LogUnsealed(app.Logger);
            if (!demo)
                OpenLines.Tell(app.Configuration, app.Logger);
            await app.StartAsync(ct);
            _ = GiveBackAsync(app.Services.GetRequiredService<Readiness>());
            if (demo)
                await WelcomeAsync(app, simulated);
            await app.WaitForShutdownAsync(CancellationToken.None);     // the host has heard it too, and ends in good order
            return 0;
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            return Stop.With($"{e.Message} Stop the other program, or choose another address with ASPNETCORE_URLS=http://127.0.0.1:5081.");
        }
    }

    /// <param name="simulated">Whether the simulator is mounted.</param>
    public static WebApplication Build(WebApplicationBuilder builder, Servers servers, out bool simulated)
    {
        simulated = SettingsCheck.IsDemo(builder.Configuration) && builder.AddDemoPlatform();
        builder.AddBot(servers);
        var app = builder.Build();
        app.MapBot();
        if (simulated)
        {
            app.MapSimulator();
            app.MapGet("/", () => TypedResults.Redirect("/simulator/"));
        }

        return app;
    }

    // What starting left behind goes back to the machine at once: a quiet host would not collect it for hours.
    private static async Task GiveBackAsync(Readiness readiness)
    {
        await readiness.Loaded;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
    }

    private static async Task WelcomeAsync(WebApplication app, bool simulated)
    {
        if (simulated)
            app.JoinDemoPlatform();
        app.UseOwnAddress();
        var readiness = app.Services.GetRequiredService<Readiness>();
        await Task.WhenAny(readiness.Loaded, Task.Delay(Timeout.Infinite, app.Lifetime.ApplicationStopping));
        await app.Services.GetRequiredService<DemoMenu>().PublishAsync(app.Lifetime.ApplicationStopping);
        foreach (var url in app.Urls)
        {
            if (simulated)
                Console.WriteLine($"聊天页面  {url}/simulator/");
            Console.WriteLine($"管理台    {url}/console    账号 {DemoStaff.People[0].Name} 密码 {DemoStaff.Password}");
            Console.WriteLine($"健康状态  {url}/health");
        }

        Console.WriteLine("按 Ctrl-C 停止。");
    }

    [LoggerMessage(LogLevel.Warning, "Privacy:Keys is empty: the keys of names, ID numbers and phones lie in the database unsealed, beside what they seal. Example: 2026:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")]
    private static partial void LogUnsealed(ILogger logger);
}
