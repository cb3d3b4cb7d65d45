using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Bot.Handlers.Notices;

/// <summary>When the office's own bulk notices wait, such as <c>21:00-08:00</c>; Beijing time.</summary>
public sealed class QuietHours
{
    /// <summary>No hour is quiet.</summary>
    public static readonly QuietHours None = new(default, default);

    private readonly TimeOnly _from;
    private readonly TimeOnly _to;

    private QuietHours(TimeOnly from, TimeOnly to) => (_from, _to) = (from, to);

    // TimeOnly.IsBetween goes over midnight.
    public bool IsQuiet(DateTimeOffset at) => _from != _to && TimeOnly.FromTimeSpan(at.ToOffset(Beijing.Offset).TimeOfDay).IsBetween(_from, _to);

    /// <summary>Reads <c>HH:mm-HH:mm</c>; empty is <see cref="None"/>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out QuietHours? hours)
    {
        hours = null;
        if (text.Length == 0)
            hours = None;
        else if (text.Split('-') is [var from, var to] && Time(from, out var begin) && Time(to, out var end) && begin != end)
            hours = new(begin, end);
        return hours is not null;
    }

    private static bool Time(string text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text.Trim(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}
