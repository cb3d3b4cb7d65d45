namespace Bot.Data.Calendar;

/// <summary>Days that the office orders beyond those that the program knows.</summary>
public interface ICalendarDays
{
    Task<IReadOnlyList<SpecialDay>> AllAsync(CancellationToken ct);

    /// <summary>All or nothing; a day that was there is replaced. Every host takes them over.</summary>
    Task ImportAsync(IReadOnlyCollection<SpecialDay> days, CancellationToken ct);
}

/// <summary>The calendar in force; replaced whole when content changes.</summary>
public sealed class CalendarLibrary
{
    public WorkingCalendar Current { get; private set; } = WorkingCalendar.Statutory;

    public void Replace(IEnumerable<SpecialDay> own) => Current = WorkingCalendar.Statutory.With(own);
}
