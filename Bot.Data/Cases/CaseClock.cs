using Bot.Data.Calendar;

namespace Bot.Data.Cases;

/// <summary>By when things are due. Days are working days in Beijing, and end at midnight; hours run round the clock.</summary>
public static class CaseClock
{
    private static readonly TimeSpan s_beijing = TimeSpan.FromHours(8);
    private static readonly TimeSpan s_morning = TimeSpan.FromHours(9);

    public static DateTimeOffset AcceptBy(WorkingCalendar calendar, DateTimeOffset filed, CaseTerm term) =>
        term.AnswerHours is { } hours ? filed + TimeSpan.FromHours(hours) / 4 : EndOf(calendar.AddWorkingDays(DayOf(filed), term.AcceptDays));

    public static DateTimeOffset AnswerBy(WorkingCalendar calendar, DateTimeOffset filed, CaseTerm term) =>
        term.AnswerHours is { } hours ? filed + TimeSpan.FromHours(hours) : EndOf(calendar.AddWorkingDays(DayOf(filed), term.AnswerDays));

    /// <summary>The deadline after the clock stood still: as much time is left as was left then.</summary>
    public static DateTimeOffset Resumed(WorkingCalendar calendar, DateTimeOffset deadline, DateTimeOffset pausedAt, DateTimeOffset now, CaseTerm term)
    {
        if (deadline <= pausedAt || now <= pausedAt)
            return deadline;
        if (term.AnswerHours is not null)
            return deadline + (now - pausedAt);
        var left = calendar.WorkingDaysBetween(DayOf(pausedAt), LastDayOf(deadline));
        var shifted = EndOf(calendar.AddWorkingDays(DayOf(now), left));
        return shifted > deadline ? shifted : deadline;
    }

    /// <summary>The deadline, put off by working days.</summary>
    public static DateTimeOffset Extended(WorkingCalendar calendar, DateTimeOffset deadline, int days) =>
        EndOf(calendar.AddWorkingDays(LastDayOf(deadline), days));

    /// <summary>When whoever handles it is reminded: the morning of the last day, or when a quarter of the hours is left.</summary>
    public static DateTimeOffset WarnAt(DateTimeOffset filed, DateTimeOffset deadline, CaseTerm term) => term.AnswerHours is null
        ? new DateTimeOffset(LastDayOf(deadline).ToDateTime(TimeOnly.MinValue), s_beijing) + s_morning
        : deadline - (deadline - filed) / 4;

    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(s_beijing).DateTime);

    /// <summary>The last day on which a deadline is kept: one at midnight belongs to the day that ends.</summary>
    public static DateOnly LastDayOf(DateTimeOffset deadline) => DayOf(deadline - TimeSpan.FromTicks(1));

    /// <summary>Midnight, at which a day ends in Beijing.</summary>
    public static DateTimeOffset EndOf(DateOnly day) => new(day.AddDays(1).ToDateTime(TimeOnly.MinValue), s_beijing);
}
