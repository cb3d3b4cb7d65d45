namespace Bot.Handlers;

/// <summary>The one time zone of the office and its citizens: UTC+8 all the year.</summary>
public static class Beijing
{
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    public static DateOnly DateOf(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(Offset).DateTime);

    /// <summary>When the work of the next night begins: 3:00 of the next day.</summary>
    public static DateTimeOffset NightAfter(DateTimeOffset now) => new(DateOf(now).AddDays(1).ToDateTime(new TimeOnly(3, 0)), Offset);
}
