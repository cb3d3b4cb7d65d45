using System.Reflection;
using Bot.Data.Staff;
using Bot.Host.Pages.Console.Notices;
using Bot.Host.Pages.Console.Policies;

namespace Bot.Host.Pages.Console;

/// <summary>The pages that the menu leads to. A page's own [StaffOnly] decides who sees its entry.</summary>
internal static class ConsoleMenu
{
    // One line a page; the letter goes there after g.
    public static IReadOnlyList<MenuEntry> Entries { get; } =
    [
        new("", "工作台", ConsoleRoutes.Home, "layout-dashboard", 'h', typeof(HomePage)),
        new("诉求", "投诉工单", Cases.CasesPage.Path, "inbox", 'c', typeof(Cases.CasesPage)),
        new("诉求", "依申请公开", Cases.DisclosuresPage.Path, "file-text", 'd', typeof(Cases.DisclosuresPage)),
        new("通知", "通知", NoticesPage.Path, "send", 'n', typeof(NoticesPage)),
        new("通知", "未送达消息", UndeliveredPage.Path, "mood-sad", 'u', typeof(UndeliveredPage)),
        new("预约", "预约", AppointmentsPage.Path, "calendar", 'y', typeof(AppointmentsPage)),
        new("预约", "签到叫号", DeskPage.Path, "speakerphone", 'q', typeof(DeskPage)),
        new("预约", "停办安排", ClosuresPage.Path, "player-pause", 'x', typeof(ClosuresPage)),
        new("预约", "爽约与差评", FollowUpPage.Path, "user-off", 'v', typeof(FollowUpPage)),
        new("预约", "大厅与规则", HallsPage.Path, "building", 'b', typeof(HallsPage)),
        new("内容", "政策库", PoliciesPage.Path, "book", 'p', typeof(PoliciesPage)),
        new("内容", "信息发布", ArticlesPage.Path, "speakerphone", 'a', typeof(ArticlesPage)),
        new("内容", "敏感词", SensitiveWordsPage.Path, "shield-check", 'w', typeof(SensitiveWordsPage)),
        new("互动", "好差评", RatingsPage.Path, "star", 'l', typeof(RatingsPage)),
        new("互动", "民意征集", ConsultationsPage.Path, "messages", 'z', typeof(ConsultationsPage)),
        new("互动", "问卷与投票", SurveysPage.Path, "checkbox", 'e', typeof(SurveysPage)),
        new("公众号", "客服会话", ConversationsPage.Path, "messages", 't', typeof(ConversationsPage)),
        new("公众号", "关键词回复", KeywordsPage.Path, "text-recognition", 'k', typeof(KeywordsPage)),
        new("公众号", "自定义菜单", MenuPage.Path, "device-mobile", 'm', typeof(MenuPage)),
        new("公众号", "粉丝", FollowersPage.Path, "users", 'f', typeof(FollowersPage)),
        new("系统", "用户与权限", PeoplePage.Path, "user-check", 'r', typeof(PeoplePage)),
        new("系统", "接口密钥", KeysPage.Path, "key", 'i', typeof(KeysPage)),
        new("系统", "审计日志", AuditPage.Path, "history", 'o', typeof(AuditPage)),
        new("系统", "后台任务", JobsPage.Path, "clock", 'j', typeof(JobsPage)),
        new("系统", "设置", SettingsPage.Path, "settings", 'g', typeof(SettingsPage)),
        new("系统", "系统状态", StatusPage.Path, "heart-rate-monitor", 's', typeof(StatusPage)),
    ];

    public static IEnumerable<IGrouping<string, MenuEntry>> For(StaffMember person) => Entries.Where(e => e.IsFor(person)).GroupBy(e => e.Group);
}

/// <param name="Key">Goes there after <c>g</c>; one of its own for each.</param>
/// <param name="Page">The page model, whose [StaffOnly] tells who may come.</param>
internal sealed record MenuEntry(string Group, string Title, string Path, string Icon, char Key, Type Page)
{
    public bool IsFor(StaffMember person) => Page.GetCustomAttribute<StaffOnlyAttribute>()!.Admits(person);

    public bool Covers(PathString path) => Path == ConsoleRoutes.Home ? path == Path : path.StartsWithSegments(Path);
}
