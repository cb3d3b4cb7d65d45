using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Bot.Data.Appointments;

/// <summary>A slot of a group of counters; written <c>3/2026-11-28/09:00</c> in choices.</summary>
public readonly record struct Place(int Group, DateOnly Day, TimeOnly Start) : IParsable<Place>
{
    private static readonly TimeSpan s_beijing = TimeSpan.FromHours(8);

    public DateTimeOffset StartsAt => new(Day, Start, s_beijing);

    public static DateOnly DateOf(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(s_beijing).DateTime);

    public static Place Parse(string s, IFormatProvider? provider) => TryParse(s, provider, out var place) ? place : throw new FormatException($"“{s}” is no place");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Place result)
    {
        result = default;
        if (s?.Split('/') is not [var group, var day, var start]
            || !int.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            || !TimeOnly.TryParseExact(start, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return false;
        result = new(id, date, time);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Group}/{Day:yyyy-MM-dd}/{Start:HH:mm}");
}

/// <summary>A slot as the schedule gives it.</summary>
public readonly record struct ScheduledSlot(TimeOnly Start, TimeOnly Finish, int Capacity);

/// <summary>A slot with what is left of it.</summary>
/// <param name="Free">For anybody.</param>
/// <param name="Reserved">Beyond that, for people with priority.</param>
public readonly record struct FreeSlot(Place Place, TimeOnly Finish, int Free, int Reserved = 0);

/// <summary>A day on which a service is given somewhere, and the places left in all its slots.</summary>
public readonly record struct FreeDay(DateOnly Day, int Free, int Reserved);
