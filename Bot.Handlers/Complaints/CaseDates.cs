using System.Globalization;
using Bot.Data.Cases;

namespace Bot.Handlers.Complaints;

/// <summary>Times as citizens and staff read them.</summary>
public static class CaseDates
{
    /// <summary>A deadline: the day, or for one within a day the hour.</summary>
    public static string By(DateTimeOffset deadline) => deadline.ToOffset(Beijing.Offset) is { TimeOfDay: { Ticks: > 0 } } exact
        ? exact.ToString("M月d日 HH:mm", CultureInfo.InvariantCulture)
        : CaseClock.LastDayOf(deadline).ToString("yyyy年M月d日", CultureInfo.InvariantCulture);

    /// <summary>An amount of fen.</summary>
    public static string Yuan(int? fen) => ((fen ?? 0) / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    public static string At(DateTimeOffset at) => at.ToOffset(Beijing.Offset).ToString("M月d日 HH:mm", CultureInfo.InvariantCulture);
}
