using Bot.Data.Articles;
using Bot.Data.Calendar;
using Bot.Handlers;

namespace Bot.Host.Pages.Console;

/// <summary>How current a column is kept.</summary>
/// <param name="Counted">Articles that tell when they came about.</param>
/// <param name="InTime">Of these, published within the column's working days.</param>
public sealed record ColumnHealth(ColumnPulse Pulse, bool IsSilent, int Counted, int InTime)
{
    public static ColumnHealth Of(ColumnPulse pulse, WorkingCalendar calendar, DateTimeOffset now) => new(
        pulse, pulse.LastAt is not { } last || now - last > TimeSpan.FromDays(pulse.Column.LongestSilence), pulse.Dates.Count,
        pulse.Dates.Count(d => calendar.WorkingDaysBetween(d.MadeOn, Beijing.DateOf(d.FirstAt)) <= pulse.Column.PublishWithin));
}
