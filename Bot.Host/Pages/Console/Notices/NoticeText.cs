using Bot.Data.Notices;
using Bot.Data.Staff;

namespace Bot.Host.Pages.Console.Notices;

/// <summary>Words and rules that all pages about notices share.</summary>
public static class NoticeText
{
    public static string Shown(this NoticeStatus status) => status switch
    {
        NoticeStatus.Draft => "草稿",
        NoticeStatus.Submitted => "待审核",
        NoticeStatus.Approved => "已审核",
        NoticeStatus.Scheduled => "已预定",
        NoticeStatus.Sending => "发送中",
        NoticeStatus.Paused => "已暂停",
        NoticeStatus.Done => "已完成",
        NoticeStatus.Cancelled => "已取消",
    };

    public static string Badge(this NoticeStatus status) => status switch
    {
        NoticeStatus.Submitted or NoticeStatus.Paused => "badge warn",
        NoticeStatus.Approved or NoticeStatus.Scheduled or NoticeStatus.Sending => "badge info",
        NoticeStatus.Done => "badge good",
        NoticeStatus.Draft or NoticeStatus.Cancelled => "badge",
    };

    public static string Shown(this NoticeOrigin origin) => origin switch
    {
        NoticeOrigin.Api => "其他系统",
        NoticeOrigin.Console => "管理台",
        NoticeOrigin.Flow => "自动",
        NoticeOrigin.Test => "测试",
    };

    /// <summary>Changes with whatever the page of a notice shows besides its counts.</summary>
    public static string Standing(this Notice notice) => FormattableString.Invariant($"{notice.Status} {notice.Gathering} {notice.Unclear}");

    /// <summary>Who sees every notice; others see their own and their department's.</summary>
    public static bool SeesAllNotices(this StaffMember person) => person.Is(StaffRole.Administrator, StaffRole.NoticeApprover, StaffRole.Auditor);

    public static bool Sees(this StaffMember person, Notice notice) =>
        person.SeesAllNotices() || notice.MadeBy == person.Name || notice.Department is not null && notice.Department == person.Department;

    /// <summary>Why an act did not happen, for who wanted it.</summary>
    public static string Words(this NoticeChange change) => change.Kind switch
    {
        NoticeChangeKind.SamePerson => "不能审核自己制作的通知，请由另一位同事审核。",
        NoticeChangeKind.TooFarAhead => "预定时间不能超过制单后七天。",
        NoticeChangeKind.NotFound => "没有这个通知。",
        _ => $"通知现在的状态是“{change.Status?.Shown()}”，不能这样操作；可能已被他人处理，请刷新后再看。",
    };
}
