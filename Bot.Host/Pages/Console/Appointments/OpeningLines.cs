using System.Globalization;
using System.Text.RegularExpressions;
using Bot.Data.Appointments;

namespace Bot.Host.Pages.Console;

/// <summary>Opening hours as staff write them, a line each: <c>周一至周五 09:00-12:00 3</c>, the last being the counters that are open.</summary>
internal static partial class OpeningLines
{
    private const string Days = "日一二三四五六";

    public static string Write(IReadOnlyList<Opening> openings) => string.Join('\n', openings
        .GroupBy(o => (o.Opens, o.Closes, o.Counters))
        .OrderBy(g => g.Key.Opens)
        .Select(g => string.Create(CultureInfo.InvariantCulture,
            $"{string.Join('、', g.Select(o => o.Weekday).Order().OrderBy(d => ((int)d + 6) % 7).Select(d => $"周{Days[(int)d]}"))} {g.Key.Opens:HH:mm}-{g.Key.Closes:HH:mm} {g.Key.Counters}")));

    /// <returns>Null and the first line that is wrong, or overlaps another.</returns>
    public static (IReadOnlyList<Opening>? Openings, string Fault) Read(string text)
    {
        List<Opening> openings = [];
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Line().Match(line) is not { Success: true } match || DaysOf(match.Groups["days"].Value) is not { Count: > 0 } days
                || !Time(match, "from", out var opens) || !Time(match, "to", out var closes) || opens >= closes)
                return (null, line);
            foreach (var day in days)
            {
                if (openings.Any(o => o.Weekday == day && o.Opens < closes && opens < o.Closes))
                    return (null, line);
                openings.Add(new(day, opens, closes, int.Parse(match.Groups["counters"].Value, CultureInfo.InvariantCulture)));
            }
        }

        return (openings, "");
    }

    private static List<DayOfWeek>? DaysOf(string words)
    {
        List<DayOfWeek> days = [];
        foreach (var part in words.Split('、', '，', ','))
        {
            if (part.Split('至', '到') is not [.. var ends] || ends.Length > 2 || Index(ends[0]) is not { } first || Index(ends[^1]) is not { } last)
                return null;
            for (var day = first; ; day = (day + 1) % 7)
            {
                days.Add((DayOfWeek)day);
                if (day == last)
                    break;
            }
        }

        return days.Distinct().Count() == days.Count ? days : null;
    }

    private static int? Index(string name) => name is ['周', var day] && Days.IndexOf(day, StringComparison.Ordinal) is >= 0 and var index ? index : null;

    private static bool Time(Match match, string group, out TimeOnly time) =>
        TimeOnly.TryParseExact(match.Groups[group].Value, "H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    [GeneratedRegex(@"^(?<days>\S+)\s+(?<from>\d{1,2}:\d\d)\s*[-–~至到]\s*(?<to>\d{1,2}:\d\d)\s+(?<counters>[1-9]\d?)(?:个窗口)?$")]
    private static partial Regex Line();
}
