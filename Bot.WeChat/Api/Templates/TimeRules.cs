using System.Globalization;
using System.Text.RegularExpressions;

namespace Bot.WeChat.Api;

/// <summary>The values of <c>time</c> and <c>date</c> fields: a day, a time of day, or both; two of them with <c>~</c> between make a range.</summary>
internal static partial class TimeRules
{
    /// <summary>A day alone was accepted for time in practice, so it is here.</summary>
    public static bool IsTime(string value) => All(value, dayNeeded: false);

    public static bool IsDate(string value) => All(value, dayNeeded: true);

    private static bool All(string value, bool dayNeeded)
    {
        var ends = value.Split('~', '～');
        // The second end of a range may leave its day out.
        return ends.Length <= 2 && ends.Select((end, i) => IsMoment(end.Trim(), dayNeeded && i == 0)).All(fine => fine);
    }

    private static bool IsMoment(string value, bool dayNeeded)
    {
        var m = Moment().Match(value);
        if (!m.Success || value.Length == 0)
            return false;
        var day = m.Groups["y"].Success;
        var clock = m.Groups["h"].Success;
        return (day || !dayNeeded && clock)
            && (!day || Number(m, "mo") is >= 1 and <= 12 && Number(m, "y") >= 1 && Number(m, "d") >= 1
                && Number(m, "d") <= DateTime.DaysInMonth(Number(m, "y"), Number(m, "mo")))
            && (!clock || Number(m, "h") <= 23 && Number(m, "mi") <= 59 && Number(m, "s") <= 59);
    }

    private static int Number(Match match, string group) =>
        match.Groups[group] is { Success: true } found ? int.Parse(found.ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"^((?<y>[0-9]{4})(年|-|/|\.)(?<mo>[0-9]{1,2})(月|-|/|\.)(?<d>[0-9]{1,2})日?)?\s*((?<h>[0-9]{1,2})[:：](?<mi>[0-9]{2})([:：](?<s>[0-9]{2}))?)?$",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Moment();
}
