using System.Globalization;
using Bot.Data.Appointments;

namespace Bot.Handlers.Appointments;

/// <summary>When a hall is open, as its door says: 周一至周五 09:00-12:00、13:30-17:00；周六 09:00-12:00.</summary>
public static class OpeningWords
{
    private const string Days = "一二三四五六日";

    /// <returns>Empty for a hall that never is.</returns>
    public static string Of(AppointmentPlan plan, string branch)
    {
        var groups = plan.Groups.Where(g => g.Active && g.Branch == branch).ToArray();
        var hours = Enumerable.Range(1, 7).Select(day => Hours(groups.SelectMany(g => g.Openings).Where(o => o.Weekday == (DayOfWeek)(day % 7)))).ToArray();
        List<string> words = [];
        for (var first = 0; first < hours.Length;)
        {
            var last = first;
            while (last + 1 < hours.Length && hours[last + 1] == hours[first])
                last++;
            if (hours[first].Length > 0)
                words.Add($"周{Days[first]}{(last == first ? "" : $"{(last == first + 1 ? "、" : "至")}周{Days[last]}")} {hours[first]}");
            first = last + 1;
        }

        return string.Join('；', words);
    }

    // Counters that overlap make one span.
    private static string Hours(IEnumerable<Opening> openings)
    {
        List<(TimeOnly From, TimeOnly To)> spans = [];
        foreach (var opening in openings.OrderBy(o => o.Opens))
        {
            if (spans is [.., var last] && opening.Opens <= last.To)
                spans[^1] = (last.From, opening.Closes > last.To ? opening.Closes : last.To);
            else
                spans.Add((opening.Opens, opening.Closes));
        }

        return string.Join('、', spans.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.From:HH:mm}-{s.To:HH:mm}")));
    }
}
