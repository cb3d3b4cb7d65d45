using Bot.Data.Embedded;
using Bot.Host.Settings;

namespace Bot.Host.Verbs;

/// <summary><c>serve</c>: answers callbacks until it is told to stop.</summary>
internal static class Serve
{
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = Composition.NewBuilder(args);
        if (SettingsCheck.Fault(builder.Configuration) is { } fault)
            return Stop.With(fault);
        try
        {
            await using var servers = await Servers.StartAsync(builder.Configuration);
            builder.AddBot(servers);
            await using var app = builder.Build();
            app.MapBot();
            await app.RunAsync();
            return 0;
        }
        catch (EmbeddedPostgresException e)
        {
            return Stop.With(e.Message);
        }
    }
}
