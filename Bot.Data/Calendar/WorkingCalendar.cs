using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Bot.Data.Calendar;

/// <summary>Which days the office works: Monday to Friday, less statutory holidays, plus make-up working days (调休). Beijing dates.</summary>
public sealed class WorkingCalendar
{
    // Each year has seven statutory festivals: with fewer days only some of it has been entered.
    private const int HolidaysOfAYear = 7;

    private readonly FrozenDictionary<DateOnly, SpecialDay> _special;

    public WorkingCalendar(IEnumerable<SpecialDay> special)
    {
        _special = special.GroupBy(day => day.Day).ToFrozenDictionary(days => days.Key, days => days.Last());
        LastKnownYear = _special.Values.Where(day => !day.Works).GroupBy(day => day.Day.Year).Where(year => year.Count() >= HolidaysOfAYear).Select(year => year.Key).DefaultIfEmpty().Max();
    }

    /// <summary>The days that the State Council has ordered, as far as this program knows.</summary>
    public static WorkingCalendar Statutory { get; } = new(ReadStatutory());

    /// <summary>Beyond this year only weekends are known to be free.</summary>
    public int LastKnownYear { get; }

    public IEnumerable<SpecialDay> SpecialDays => _special.Values;

    /// <summary>Tells one release's days from another's.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n', _special.Values.OrderBy(d => d.Day).Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Day:O} {d.Works}"))))))[..16];

    /// <summary>The same with the office's own days, which win.</summary>
    public WorkingCalendar With(IEnumerable<SpecialDay> own) => new([.. _special.Values, .. own]);

    public bool IsWorkingDay(DateOnly day) =>
        _special.TryGetValue(day, out var special) ? special.Works : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    /// <summary>The name of a holiday or of what a make-up day makes up for; null for an ordinary day.</summary>
    public string? NameOf(DateOnly day) => _special.GetValueOrDefault(day)?.Name;

    /// <summary>The <paramref name="count"/>th working day after <paramref name="from"/>, which itself does not count; with 0 that day itself.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 0 or above 1000.</exception>
    public DateOnly AddWorkingDays(DateOnly from, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 1000);
        var day = from;
        while (count > 0)
        {
            day = day.AddDays(1);
            if (IsWorkingDay(day))
                count--;
        }

        return day;
    }

    /// <summary>Working days after <paramref name="from"/> up to and including <paramref name="to"/>; 0 when it lies before.</summary>
    public int WorkingDaysBetween(DateOnly from, DateOnly to)
    {
        var count = 0;
        for (var day = from.AddDays(1); day <= to; day = day.AddDays(1))
        {
            if (IsWorkingDay(day))
                count++;
        }

        return count;
    }

    private static IEnumerable<SpecialDay> ReadStatutory()
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("Calendar/holidays.tsv")!);
        while (reader.ReadLine() is { } line)
        {
            if (line.Split('\t') is [var day, var kind, var name] && !line.StartsWith('#'))
                yield return new(DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture), kind == "workday", name);
        }
    }
}

/// <param name="Works">True for a make-up working day, false for a holiday.</param>
/// <param name="Name">Of the holiday, such as 春节.</param>
public sealed record SpecialDay(DateOnly Day, bool Works, string Name);
