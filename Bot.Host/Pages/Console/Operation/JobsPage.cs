using System.ComponentModel.DataAnnotations;
using Bot.Data.Jobs;
using Bot.Data.Staff;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console;

/// <summary>后台任务: what waits, what failed too often; failed ones are tried again from here.</summary>
[StaffOnly(StaffRole.Administrator)]
public sealed class JobsPage(IJobs jobs) : ConsolePage
{
    public const string Path = "/console/jobs";
    private const int Size = 50;

    public override string Title => "后台任务";

    public override string Lead => "提醒、期限、重试等到点自动执行的工作；多次失败的停在这里等您处理";

    /// <summary>A <see cref="JobStatus"/>; empty for all.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Status { get; set; }

    [BindProperty(SupportsGet = true)]
    [StringLength(40)]
    public string? Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public long Before { get; set; }

    public JobCounts Counts { get; private set; } = new(0, 0, 0);

    public IReadOnlyList<JobRow> Jobs { get; private set; } = [];

    public long? Next { get; private set; }

    public async Task OnGetAsync(CancellationToken ct)
    {
        Counts = await jobs.CountAsync(null, ct);
        Status ??= Counts.Parked > 0 ? nameof(JobStatus.Parked) : "";
        if (!ModelState.IsValid)
            return;
        JobStatus? status = Enum.TryParse<JobStatus>(Status, ignoreCase: true, out var asked) && Enum.IsDefined(asked) ? asked : null;
        var found = await jobs.ListAsync(status, string.IsNullOrWhiteSpace(Kind) ? null : Kind.Trim(), Math.Max(0, Before), Size + 1, ct);
        Jobs = [.. found.Take(Size)];
        Next = found.Count > Size ? Jobs[^1].Id : null;
    }

    public async Task<IActionResult> OnPostRetryAsync(long id, CancellationToken ct)
    {
        if (!await jobs.RetryAsync(id, Me.Name, ct))
            return GoTo(Path, "这个任务已经不在待处理之列");
        return GoTo(Path, "已重新排队，稍后自动执行");
    }

    public static (string Words, string Tone) Shown(JobStatus status) => status switch
    {
        JobStatus.Waiting => ("等待执行", "info"),
        JobStatus.Done => ("已完成", "good"),
        JobStatus.Parked => ("需要处理", "bad"),
        JobStatus.Cancelled => ("已取消", ""),
    };
}
