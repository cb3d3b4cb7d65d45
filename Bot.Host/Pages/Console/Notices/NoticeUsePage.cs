using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Bot.Data.Notices;
using Bot.Data.Staff;
using Bot.Handlers;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console.Notices;

/// <summary>用量: how much was sent by each template and by whom, and how much of it arrived.</summary>
[StaffOnly(StaffRole.NoticeMaker, StaffRole.NoticeApprover, StaffRole.Administrator, StaffRole.Auditor)]
public sealed class NoticeUsePage(INoticeUse use, TimeProvider clock) : ConsolePage
{
    public const string Path = "/console/notices/usage";

    public static readonly int[] Spans = [7, 30, 90];

    public override string Title => "通知用量";

    public override string Lead => Me.SeesAllNotices() ? "不含测试和测试密钥的模拟通知。" : "您和您所在部门的通知，不含测试。";

    public override IReadOnlyList<Crumb> Trail => [new("通知", NoticesPage.Path)];

    /// <summary>Days, today among them.</summary>
    [BindProperty(SupportsGet = true), Range(1, 90)]
    public int Days { get; set; } = 7;

    public IReadOnlyList<UseRow> ByTemplate { get; private set; } = [];

    public IReadOnlyList<UseRow> BySource { get; private set; } = [];

    public UseRow All { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken ct)
    {
        var days = ModelState.IsValid ? Days : Spans[0];
        var first = Beijing.DateOf(clock.GetUtcNow()).AddDays(1 - days);
        var all = Me.SeesAllNotices();
        var used = await use.ReadAsync(new DateTimeOffset(first.ToDateTime(TimeOnly.MinValue), Beijing.Offset), all ? null : Me.Name, all ? null : Me.Department, ct);
        ByTemplate = [.. used.GroupBy(u => (u.TemplateCode, u.Title)).Select(g => Sum($"{g.Key.Title}（{g.Key.TemplateCode}）", g)).OrderByDescending(r => r.Counts.Total)];
        BySource = [.. used.GroupBy(u => u.By.Length > 0 ? $"{u.Origin.Shown()}：{u.By[(u.By.IndexOf(':', StringComparison.Ordinal) + 1)..]}" : u.Origin.Shown()).Select(g => Sum(g.Key, g)).OrderByDescending(r => r.Counts.Total)];
        All = Sum("", used);
    }

    /// <summary>Of those whose outcome WeChat told.</summary>
    public static string Arrived(NoticeCounts counts) => counts.Delivered + counts.Refused + counts.Failed is > 0 and var told
        ? (100.0 * counts.Delivered / told).ToString("0.0", CultureInfo.InvariantCulture) + "%" : "—";

    private static UseRow Sum(string name, IEnumerable<NoticeUse> used) => used.Aggregate(new UseRow(name, 0, new(0, 0, 0, 0, 0, 0)), (sum, u) => sum with
    {
        Notices = sum.Notices + u.Notices,
        Counts = new(
            sum.Counts.Queued + u.Counts.Queued, sum.Counts.Sent + u.Counts.Sent, sum.Counts.Delivered + u.Counts.Delivered,
            sum.Counts.Refused + u.Counts.Refused, sum.Counts.Failed + u.Counts.Failed, sum.Counts.Cancelled + u.Counts.Cancelled),
    });
}

/// <param name="Name">A template, or who sent.</param>
public sealed record UseRow(string Name, int Notices, NoticeCounts Counts);
