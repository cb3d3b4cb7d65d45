using System.Globalization;
using System.Text.RegularExpressions;
using Bot.Handlers.Routing;

namespace Bot.Handlers.Appointments;

/// <summary>Days and times of day as citizens say and read them: 明天(周六)11月28日, 下周三, 12月3号, 下午3点半.</summary>
internal static partial class ChineseDays
{
    private const string Weekdays = "日一二三四五六";

    /// <summary>明天(周六)11月28日; days further off without a word before.</summary>
    public static string Say(DateOnly day, DateOnly today)
    {
        var near = (day.DayNumber - today.DayNumber) switch { 0 => "今天", 1 => "明天", 2 => "后天", _ => "" };
        var weekday = $"(周{Weekdays[(int)day.DayOfWeek]})";
        return near.Length > 0 ? $"{near}{weekday}{day.Month}月{day.Day}日" : $"{day.Month}月{day.Day}日{weekday}";
    }

    /// <summary>The day that the words name; null when they name none.</summary>
    /// <param name="words">Folded; what stands beside the day, such as 上午, does not matter.</param>
    public static DateOnly? Read(string words, DateOnly today)
    {
        foreach (var (word, days) in (ReadOnlySpan<(string, int)>)[("大后天", 3), ("后天", 2), ("明天", 1), ("明日", 1), ("明儿", 1), ("今天", 0), ("今日", 0), ("今儿", 0)])
        {
            if (words.Contains(word, StringComparison.Ordinal))
                return today.AddDays(days);
        }

        if (WeekdayWords().Match(words) is { Success: true } week)
            return Weekday(week, today);
        return DateWords().Match(words) is { Success: true } date ? Date(date, today) : null;
    }

    /// <summary>True for the afternoon, false for the morning, null when neither is named.</summary>
    public static bool? ReadHalf(string words) =>
        AfternoonWords().IsMatch(words) ? true : MorningWords().IsMatch(words) ? false : null;

    public static bool IsWholeDay(string words) => WholeDayWords().IsMatch(words);

    /// <summary>The time of day that the words name; null when they name none.</summary>
    public static TimeOnly? ReadTime(string words)
    {
        if (TimeWords().Match(words) is not { Success: true } match || Count(match.Groups["h"].Value) is not (>= 0 and < 24 and var hour))
            return null;
        var minute = match.Groups["m"].Value switch { "" => 0, "半" => 30, "一刻" => 15, "三刻" => 45, var said => Count(said) ?? 0 };
        if (minute > 59)
            return null;
        return new(hour < 12 && ReadHalf(words) is true ? hour + 12 : hour, minute);
    }

    // 周三 is the next one from today on; 下周三 is that of the week after this one, which begins on a Monday.
    private static DateOnly Weekday(Match match, DateOnly today)
    {
        var named = match.Groups["d"].Value is "日" or "天" or "末" ? 7 : Weekdays.IndexOf(match.Groups["d"].Value, StringComparison.Ordinal);
        if (match.Groups["d"].Value == "末")
            named = 6;
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var next = match.Groups["next"].Value;
        if (next.Length == 0)
        {
            var day = monday.AddDays(named - 1);
            return match.Groups["this"].Success || day >= today ? day : day.AddDays(7);
        }

        return monday.AddDays(7 * next.Length + named - 1);
    }

    private static DateOnly? Date(Match match, DateOnly today)
    {
        var month = match.Groups["mo"].Success ? Count(match.Groups["mo"].Value) : today.Month;
        if (month is not { } m || Count(match.Groups["da"].Value) is not { } d)
            return null;
        var year = match.Groups["y"].Success ? int.Parse(match.Groups["y"].Value, CultureInfo.InvariantCulture) : today.Year;
        if (Valid(year, m, d) is not { } day)
            return null;
        // A month or a day that is over means the next one of its name; a year that was said stays.
        if (match.Groups["y"].Success || day >= today)
            return day;
        if (match.Groups["mo"].Success)
            return day.DayNumber < today.DayNumber - 60 ? Valid(year + 1, m, d) : day;
        return Valid(m == 12 ? year + 1 : year, m == 12 ? 1 : m + 1, d);
    }

    private static DateOnly? Valid(int year, int month, int day) =>
        year is >= 2000 and < 2100 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;

    private static int? Count(string words) =>
        words is "0" or "00" or "零" ? 0 : Numerals.Pick(words.Length == 2 && words[0] == '0' ? words[1..] : words);

    [GeneratedRegex("(?<this>这|本)?(?<next>下{0,2})个?(?:周|星期|礼拜)(?<d>[一二三四五六日天末])")]
    private static partial Regex WeekdayWords();

    [GeneratedRegex(@"(?:(?<y>20\d\d)[年./-])?(?:(?<mo>\d{1,2}|[一二三四五六七八九十]{1,2})[月./-])?(?<da>\d{1,2}|[一二三四五六七八九十]{1,3})(?:[日号]|(?<=[月./-](?:\d{1,2}|[一二三四五六七八九十]{1,3})))")]
    private static partial Regex DateWords();

    [GeneratedRegex(@"(?<h>\d{1,2}|[零一二两三四五六七八九十]{1,3})(?:[点时:](?<m>\d{1,2}|半|一刻|三刻|[零一二三四五六七八九十]{1,3})?)")]
    private static partial Regex TimeWords();

    [GeneratedRegex("下午|午后|傍晚|晚上")]
    private static partial Regex AfternoonWords();

    [GeneratedRegex("上午|早上|早晨|一早|中午前")]
    private static partial Regex MorningWords();

    [GeneratedRegex("全天|整天|一天|全部|所有|都看|都行|都可以")]
    private static partial Regex WholeDayWords();
}
