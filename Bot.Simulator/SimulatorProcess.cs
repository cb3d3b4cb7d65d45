using Bot.Simulator.Control;

namespace Bot.Simulator;

/// <summary>The platform as a process of its own.</summary>
internal static class SimulatorProcess
{
    private static readonly Dictionary<string, string> Switches = new()
    {
        ["--bot"] = "Simulator:CallbackUrl",
        ["--appid"] = "Simulator:AppId",
        ["--secret"] = "Simulator:AppSecret",
        ["--token"] = "Simulator:Token",
        ["--aes-key"] = "Simulator:EncodingAESKey",
        ["--mode"] = "Simulator:Mode",
        ["--format"] = "Simulator:Format",
        ["--account"] = "Simulator:Account",
        ["--name"] = "Simulator:AccountName",
        ["--seed"] = "Simulator:Seed",
    };

    public static async Task<int> Main(string[] args)
    {
        if (args.Contains("--help") || args.Contains("-h"))
        {
            Console.WriteLine("--bot URL --urls URL [--appid --secret --token --aes-key --mode plain|compat|safe --format xml|json --account --name --seed]");
            return 0;
        }
        await using var app = Build(args);
        await app.StartAsync();
        Announce(app);
        await app.WaitForShutdownAsync();
        return 0;
    }

    internal static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddCommandLine(args, Switches);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls(builder.Configuration["urls"] ?? "http://127.0.0.1:5090");
        var options = new SimulatorOptions { CallbackUrl = new Uri("http://127.0.0.1:5080/wechat/callback") };
        builder.Configuration.GetSection("Simulator").Bind(options);
        builder.Services.AddSimulator(options);
        var app = builder.Build();
        app.MapSimulator();
        app.MapPlatformRoot();
        app.MapGet("/", () => TypedResults.Redirect("/simulator/"));
        return app;
    }

    private static void Announce(WebApplication app)
    {
        var options = app.Services.GetRequiredService<SimulatorOptions>();
        foreach (var url in app.Urls)
        {
            Console.WriteLine($"聊天页面   {url}/simulator/");
            Console.WriteLine($"接口地址   {url}  （机器人设置 WeChat__ApiBaseUrl={url}）");
        }
        Console.WriteLine($"机器人设置 WeChat__AppId={options.AppId} WeChat__AppSecret={options.AppSecret}");
        Console.WriteLine($"           WeChat__Token={options.Token} WeChat__EncodingAESKey={options.EncodingAESKey} WeChat__Mode={options.Mode.ToString().ToLowerInvariant()}");
        foreach (var (name, value) in app.Services.GetRequiredService<WorldState>().Settings())
            Console.WriteLine($"{name}：{value}");
    }
}
