using System.Text.RegularExpressions;
using Bot.Data.Staff;
using Bot.Host.Operation;

namespace Bot.Host.Pages.Console;

/// <summary>系统状态: what <c>/health</c> says, for people.</summary>
[StaffOnly(StaffRole.Administrator, StaffRole.Auditor)]
public sealed partial class StatusPage(IServiceProvider services, TimeProvider clock) : ConsolePage
{
    public const string Path = "/console/status";

    public override string Title => "系统状态";

    public bool Healthy { get; private set; }

    public string Version { get; private set; } = "";

    public string Commit { get; private set; } = "";

    public string Migration { get; private set; } = "";

    public IReadOnlyList<Check> Checks { get; private set; } = [];

    public DateTimeOffset At { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        var health = await services.GetRequiredService<HealthReport>().MakeAsync(ct);
        (Healthy, Version, Commit, Migration) = (health.Status == "healthy", health.Version, health.Commit, health.Migration ?? "—");
        Checks = [.. health.Checks.Select(c => new Check(Name(c.Name), c.Status == "healthy", c.LatencyMs, Detail(c.Detail)))];
        At = clock.GetUtcNow();
    }

    private static string Name(string check) => check switch
    {
        "postgres" => "数据库 PostgreSQL",
        "redis" => "会话存储 Redis",
        "wechat" => "微信接口",
        "content" => "政策内容",
        "jobs" => "后台任务",
        "notices" => "通知发送",
        _ => check,
    };

    // What /health tells machines in English.
    private static string Detail(string detail) => detail switch
    {
        "answers" => "有应答",
        "access token held" => "凭证有效",
        "ready" => "已就绪",
        "not used: sessions are in this process (demo)" => "演示环境不使用，会话保存在本进程内",
        _ => Counts().Replace(detail, "到点待执行 $1 个，失败待处理 $2 个"),
    };

    [GeneratedRegex(@"^(\d+) due, (\d+) parked$")]
    private static partial Regex Counts();

    public sealed record Check(string Name, bool Healthy, double LatencyMs, string Detail);
}
