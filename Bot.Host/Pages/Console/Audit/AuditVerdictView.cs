using System.Text.Json;
using Bot.Data.Audit;
using Bot.Data.Jobs;
using Bot.Handlers.Audit;

namespace Bot.Host.Pages.Console;

/// <summary>How the audit log's last verification went.</summary>
/// <param name="Tone">Of the alert; empty while it runs.</param>
public sealed record AuditVerdictView(string Words, string Tone, DateTimeOffset? At, string? By)
{
    public bool IsRunning => Tone.Length == 0;

    /// <returns>Null when nobody ever asked for one.</returns>
    public static async Task<AuditVerdictView?> FindAsync(IJobs jobs, IAuditTrail trail, CancellationToken ct)
    {
        if (await jobs.ListAsync(null, AuditCheck.JobKind, 0, 1, ct) is [var job])
        {
            if (job.Status is JobStatus.Waiting)
                return new("正在校验，记录多时需要几分钟；可以离开本页，结果出来后显示在这里。", "", job.DueAt, null);
            if (job.Status is JobStatus.Parked)
                return new("校验没有做完，请在后台任务里重试。", "warn", job.DueAt, null);
        }

        return await trail.LastAsync(AuditCheck.Act, ct) is { } last ? Of(last) : null;
    }

    private static AuditVerdictView Of(AuditEntry entry)
    {
        using var json = JsonDocument.Parse(entry.Details);
        string? Detail(string name) => json.RootElement.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
        if (Detail("broken_at") is { } broken)
            return new($"校验不通过：第 {broken} 条与之前的记录接不上，请立即联系系统管理员", "bad", entry.At, entry.Actor);
        return Detail("outside") is { } outside
            ? new($"校验不通过：有 {outside} 条记录不是本系统写入的，请立即联系系统管理员", "bad", entry.At, entry.Actor)
            : new($"校验通过：{Detail("sealed")} 条记录完整，末尾校验码 {(Detail("hash") is { Length: > 16 } hash ? hash[..16] : "无")}", "good", entry.At, entry.Actor);
    }
}
