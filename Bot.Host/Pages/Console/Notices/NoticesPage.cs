using System.ComponentModel.DataAnnotations;
using Bot.Data.Notices;
using Bot.Data.Staff;
using Bot.WeChat.Api;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Host.Pages.Console.Notices;

/// <summary>通知: all of them, newest first.</summary>
[StaffOnly(StaffRole.NoticeMaker, StaffRole.NoticeApprover, StaffRole.Administrator, StaffRole.Auditor)]
public sealed class NoticesPage(INotices notices, INoticeQueue queue, IPlatform platform, TimeProvider clock) : ConsolePage
{
    public const string Path = "/console/notices";

    private const int Rows = 30;
    private const int UsedUp = 45009;
    private static readonly TimeSpan s_promiseOver = TimeSpan.FromDays(1);

    public override string Title => "通知";

    [BindProperty(SupportsGet = true)]
    public NoticeStatus? Status { get; set; }

    [BindProperty(SupportsGet = true)]
    public NoticeOrigin? Origin { get; set; }

    /// <summary>A number, a reference, or words of a title, of whom it is for, or of who made it.</summary>
    [BindProperty(SupportsGet = true), StringLength(128)]
    public string? Q { get; set; }

    /// <summary>The last one of the page before.</summary>
    [BindProperty(SupportsGet = true), StringLength(21)]
    public string? Before { get; set; }

    public IReadOnlyList<Notice> Found { get; private set; } = [];

    public string? Next { get; private set; }

    /// <summary>How soon single notices went out in the last day.</summary>
    public NoticePromise? Promise { get; private set; }

    /// <summary>Why nothing goes out at the moment.</summary>
    public ClosedGate? Gate { get; private set; }

    /// <summary>Only a day's quota that is used up can be given back.</summary>
    public bool MayClear => Gate is { Code: UsedUp } && Me.Is(StaffRole.Administrator);

    [Only(StaffRole.Administrator)]
    public async Task<IActionResult> OnPostClearAsync(CancellationToken ct)
    {
        var cleared = await platform.ClearQuotaBySecretAsync(ct);
        if (cleared.Error is { } error)
        {
            await OnGetAsync(ct);
            return Refuse($"微信没有清零：{error.ForStaff}（{error.Code}）");
        }

        await queue.OpenGateAsync(Me.Name, ct);
        return GoTo(Path, "调用次数已清零，继续发送");
    }

    public async Task OnGetAsync(CancellationToken ct)
    {
        var mine = Me.SeesAllNotices() ? null : Me.Name;
        var found = await notices.ListAsync(
            new NoticeFilter(
                Status, Origin, Before: ModelState.IsValid ? Before : null, Limit: Rows + 1, Maker: mine, Department: mine is null ? null : Me.Department,
                Words: ModelState.IsValid && !string.IsNullOrWhiteSpace(Q) ? Q.Trim() : null), ct);
        Found = [.. found.Take(Rows)];
        Next = found.Count > Rows ? Found[^1].Id : null;
        Promise = await notices.PromiseAsync(clock.GetUtcNow() - s_promiseOver, ct);
        Gate = await queue.GateAsync(ct);
    }

    /// <summary>This list from another place.</summary>
    public string From(string? before) => At(Status, before);

    /// <summary>The same search among others.</summary>
    public string Among(NoticeStatus? status) => At(status, null);

    private string At(NoticeStatus? status, string? before) => Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString(
        Path, ((string, string?)[])[("status", status?.ToString()), ("origin", Origin?.ToString()), ("q", Q), ("before", before)] is var all
            ? all.Where(q => q.Item2 is not null).ToDictionary(q => q.Item1, q => q.Item2) : []);
}
