namespace Bot.Host.Pages.Console;

/// <summary>What a browser calls itself, in words.</summary>
internal static class Browsers
{
    private static readonly (string Mark, string Name)[] s_systems =
        [("Windows", "Windows"), ("iPhone", "iPhone"), ("Android", "Android"), ("OpenHarmony", "鸿蒙"), ("Mac OS X", "macOS"), ("Linux", "Linux")];

    private static readonly (string Mark, string Name)[] s_programs =
        [("MicroMessenger", "微信"), ("Edg/", "Edge"), ("QQBrowser", "QQ浏览器"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    public static string Name(string browser) => $"{Find(s_programs, browser)}（{Find(s_systems, browser)}）";

    private static string Find((string Mark, string Name)[] known, string browser) =>
        Array.Find(known, k => browser.Contains(k.Mark, StringComparison.Ordinal)).Name ?? "其他";
}
