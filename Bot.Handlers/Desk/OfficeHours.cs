using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Bot.Handlers.Desk;

/// <summary>When people sit at the desk, such as <c>周一至周五 09:00-12:00 13:30-17:30</c>; Beijing time.</summary>
/// <remarks>Written as it is shown to citizens, so that the setting and the sentence cannot differ.</remarks>
public sealed class OfficeHours
{
    private const string DayNames = "日一二三四五六";

    private readonly string _text;
    private readonly bool[] _days = new bool[7];
    private readonly (TimeOnly From, TimeOnly To)[] _spans;

    private OfficeHours(string text, bool[] days, (TimeOnly, TimeOnly)[] spans) => (_text, _days, _spans) = (text, days, spans);

    public bool IsOpen(DateTimeOffset at)
    {
        var local = at.ToOffset(Beijing.Offset);
        var time = TimeOnly.FromTimeSpan(local.TimeOfDay);
        return _days[(int)local.DayOfWeek] && _spans.Any(s => time >= s.From && time < s.To);
    }

    public override string ToString() => _text;

    /// <summary>Reads days (<c>周一至周五</c>, <c>周一、周三</c>, <c>每天</c>) and then one or more spans.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out OfficeHours? hours)
    {
        hours = null;
        if (text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var days, .. { Length: > 0 } spans])
            return false;
        var open = new bool[7];
        foreach (var part in days.Split('、'))
        {
            if (!Mark(part, open))
                return false;
        }

        var parsed = new (TimeOnly, TimeOnly)[spans.Length];
        for (var i = 0; i < spans.Length; i++)
        {
            if (spans[i].Split('-') is not [var from, var to] || !Time(from, out var begin) || !Time(to, out var end) || begin >= end)
                return false;
            parsed[i] = (begin, end);
        }

        hours = new(text, open, parsed);
        return true;
    }

    private static bool Mark(string part, bool[] open)
    {
        if (part == "每天")
        {
            Array.Fill(open, true);
            return true;
        }

        var ends = part.Split('至');
        if (ends.Length > 2 || Day(ends[0]) is not { } first || Day(ends[^1]) is not { } last)
            return false;
        for (var day = first; ; day = (day + 1) % 7)
        {
            open[day] = true;
            if (day == last)
                return true;
        }
    }

    private static int? Day(string name) =>
        name is ['周', var day] && DayNames.IndexOf(day, StringComparison.Ordinal) is >= 0 and var index ? index : null;

    private static bool Time(string text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}
