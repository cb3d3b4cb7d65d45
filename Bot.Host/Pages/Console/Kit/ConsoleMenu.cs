using System.Reflection;
using Bot.Data.Staff;
using Bot.Host.Pages.Console.Policies;
using Bot.Host.Pages.Console.Notices;

namespace Bot.Host.Pages.Console;

/// <summary>The pages that the menu leads to. A page's own [StaffOnly] decides who sees its entry.</summary>
internal static class ConsoleMenu
{
    // One line a page; the letter goes there after g.
    public static IReadOnlyList<MenuEntry> Entries { get; } =
    [
        new("", "工作台", ConsoleRoutes.Home, "layout-dashboard", 'h', typeof(HomePage)),
        new("通知", "通知", NoticesPage.Path, "send", 'n', typeof(NoticesPage)),
        new("通知", "未送达消息", UndeliveredPage.Path, "mood-sad", 'u', typeof(UndeliveredPage)),
        new("内容", "政策库", PoliciesPage.Path, "book", 'p', typeof(PoliciesPage)),
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
