using Bot.Handlers;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Bot.Host.Pages.Console;

/// <summary><c>&lt;when at="time" /&gt;</c>: how long ago or how soon, with the exact time on pointing; <c>exact</c> the other way round.</summary>
[HtmlTargetElement("when", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class WhenTagHelper(TimeProvider clock) : TagHelper
{
    public DateTimeOffset? At { get; set; }

    public bool Exact { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (At is not { } at)
        {
            output.SuppressOutput();
            output.Content.SetContent("—");
            return;
        }

        var now = clock.GetUtcNow();
        var (near, full) = (Moments.Near(at, now), Moments.Full(at));
        output.TagName = "time";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("datetime", at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture));
        output.Attributes.SetAttribute("title", Exact ? near : full);
        output.Content.SetContent(Exact ? full : near);
    }
}

/// <summary>Times as staff read them, in Beijing time.</summary>
public static class Moments
{
    /// <summary>What a form says in Beijing's wall clock; what can be no time of ours is the year 2000, long over.</summary>
    public static DateTimeOffset OfForm(DateTime local) =>
        Beijing.Meant(local) ?? new DateTimeOffset(2000, 1, 1, 0, 0, 0, Beijing.Offset);

    /// <summary>Such as <c>2026-11-27 09:05</c>.</summary>
    public static string Full(DateTimeOffset at) => at.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Such as 3 分钟前, 2 小时后, 昨天 09:05, 11-03 09:05.</summary>
    public static string Near(DateTimeOffset at, DateTimeOffset now)
    {
        var local = at.ToOffset(TimeSpan.FromHours(8));
        var (gap, days) = ((now - at).Duration(), Beijing.DateOf(at).DayNumber - Beijing.DateOf(now).DayNumber);
        var way = at > now ? "后" : "前";
        return (gap, days) switch
        {
            ({ TotalSeconds: < 60 }, _) => at > now ? "马上" : "刚刚",
            ({ TotalMinutes: < 60 }, _) => $"{(int)gap.TotalMinutes} 分钟{way}",
            (_, 0) when gap.TotalHours < 6 => $"{(int)gap.TotalHours} 小时{way}",
            (_, 0) => $"今天 {local:HH:mm}",
            (_, -1) => $"昨天 {local:HH:mm}",
            (_, 1) => $"明天 {local:HH:mm}",
            _ when local.Year == now.ToOffset(TimeSpan.FromHours(8)).Year => $"{local:MM-dd HH:mm}",
            _ => $"{local:yyyy-MM-dd}",
        };
    }
}
