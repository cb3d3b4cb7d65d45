using System.Globalization;

namespace Bot.Handlers;

/// <summary>The one time zone of the office and its citizens: UTC+8 all the year.</summary>
public static class Beijing
{
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>The years in which anything of ours happens.</summary>
    public const int FirstYear = 2000, LastYear = 2100;

    /// <summary>Documents that hold may be as old.</summary>
    public const int OldestDocument = 1949;

    /// <summary>Null for a day that nobody means (outside these years): a slip of the keyboard, and whatever is added to it may lie beyond the calendar.</summary>
    public static DateOnly? Meant(DateOnly? day) => day is { Year: >= FirstYear and <= LastYear } ? day : null;

    /// <param name="wall">As a clock on the office's wall shows it.</param>
    public static DateTimeOffset? Meant(DateTime? wall) =>
        wall is { Year: >= FirstYear and <= LastYear } time ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Unspecified), Offset) : null;

    public static DateTimeOffset? Meant(DateTimeOffset? at) => at is { Year: >= FirstYear and <= LastYear } ? at : null;

    public static DateOnly DateOf(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(Offset).DateTime);

    /// <summary>As a browser's field for date and time holds it.</summary>
    public static string FieldOf(DateTimeOffset at) => at.ToOffset(Offset).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    /// <summary>For people to read: 2026年11月28日 10:00.</summary>
    public static string Written(DateTimeOffset at) => at.ToOffset(Offset).ToString("yyyy年M月d日 HH:mm", CultureInfo.InvariantCulture);

    /// <summary>When the work of the next night begins: 3:00 of the next day.</summary>
    public static DateTimeOffset NightAfter(DateTimeOffset now) => new(DateOf(now).AddDays(1).ToDateTime(new TimeOnly(3, 0)), Offset);
}
