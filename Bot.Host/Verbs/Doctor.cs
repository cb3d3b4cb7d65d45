using Bot.Host.Content;
using Bot.Host.Operation.Doctor;
using Bot.Host.Settings;

namespace Bot.Host.Verbs;

/// <summary><c>doctor</c>: looks at everything an installation needs and says what to do about what is wrong. Changes nothing.</summary>
internal static class Doctor
{
    private const int SomethingIsIll = 1;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(string[] args, CancellationToken ct)
    {
        var builder = Composition.NewBuilder(args);
        builder.Logging.SetMinimumLevel(LogLevel.None).ClearProviders();
        if (SettingsCheck.Fault(builder.Configuration) is { } fault)
            return Tell([DoctorLine.Ill("配置", fault, "改正后再运行")]);
        await using var servers = await Servers.StartAsync(builder.Configuration, ct);
        if (SettingsCheck.IsDemo(builder.Configuration))
            builder.AddDemoPlatform();                      // for the demo's Token; nothing of it is started
        builder.AddBot(servers);
        builder.Services.AddSingleton<IDoctorCheck, ServerChecks>().AddSingleton<IDoctorCheck, WeChatChecks>().AddSingleton<IDoctorCheck, CallbackCheck>().AddSingleton<IDoctorCheck, MessageChecks>();
        await using var app = builder.Build();
        return Tell([DoctorLine.Well("配置", "各项设置齐全、格式正确"), .. await ExamineAsync(app.Services.GetServices<IDoctorCheck>(), ct)]);
    }

    internal static async Task<IReadOnlyList<DoctorLine>> ExamineAsync(IEnumerable<IDoctorCheck> checks, CancellationToken ct)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(s_patience);
        var lines = await Task.WhenAll(checks.Select(check => RunAsync(check, deadline.Token)));
        return [.. lines.SelectMany(l => l)];
    }

    private static async Task<List<DoctorLine>> RunAsync(IDoctorCheck check, CancellationToken ct)
    {
        List<DoctorLine> lines = [];
        try
        {
            await foreach (var line in check.RunAsync(ct))
                lines.Add(line);
        }
        catch (Exception e)
        {
            lines.Add(DoctorLine.Ill(check.GetType().Name, e.GetType().Name, "检查没有做完，请稍后再运行一次"));
        }

        return lines;
    }

    private static int Tell(IReadOnlyList<DoctorLine> lines)
    {
        foreach (var line in lines)
        {
            Console.WriteLine($"{Sign(line.Verdict)} {line.Name}：{line.Detail}");
            if (line.Cure.Length > 0)
                Console.WriteLine($"    → {line.Cure}");
        }

        var (ill, doubtful) = (lines.Count(l => l.Verdict is Verdict.Ill), lines.Count(l => l.Verdict is Verdict.Doubtful));
        Console.WriteLine(ill + doubtful == 0 ? "一切正常。" : $"{ill} 项有问题，{doubtful} 项需要留意。");
        return ill == 0 ? 0 : SomethingIsIll;
    }

    private static string Sign(Verdict verdict) => verdict switch
    {
        Verdict.Well => "✓",
        Verdict.Doubtful => "!",
        Verdict.Ill => "✗",
        Verdict.Skipped => "-",
    };
}
