using Bot.Data.Staff;
using Bot.WeChat;

namespace Bot.Data.Appointments;

/// <summary>Bookings as staff look for them.</summary>
public interface IBookingDesk
{
    /// <summary>By number, ID number or phone, whole; the newest day first.</summary>
    /// <param name="halls">Codes of the halls to look in.</param>
    Task<IReadOnlyList<Booking>> SearchAsync(string words, IReadOnlyCollection<string> halls, int limit, CancellationToken ct);

    /// <summary>All of a hall's day that were not cancelled, in their order.</summary>
    Task<IReadOnlyList<Booking>> RosterAsync(string branch, DateOnly day, int limit, CancellationToken ct);

    /// <summary>How full the days of a month are: places taken and offered for each group and day that somebody booked.</summary>
    Task<IReadOnlyList<DayLoad>> MonthAsync(string branch, DateOnly first, DateOnly last, CancellationToken ct);

    /// <summary>How full the slots of a day are.</summary>
    Task<IReadOnlyList<SlotLoad>> DayAsync(string branch, DateOnly day, CancellationToken ct);

    /// <summary>How many citizens are booked for each hall and day to come, and for each service of those.</summary>
    Task<IReadOnlyList<BookedDay>> BookedDaysAsync(CancellationToken ct);

    /// <param name="service">Null: whatever they come for.</param>
    /// <returns>Each citizen once.</returns>
    Task<IReadOnlyList<OpenId>> BookedAsync(string branch, DateOnly day, string? service, CancellationToken ct);

    /// <summary>Citizens who were served there.</summary>
    /// <param name="only">Looks for this one alone; null: all.</param>
    Task<IReadOnlyList<OpenId>> VisitedAsync(string branch, DateOnly since, OpenId? only, CancellationToken ct);

    /// <summary>Who comes with each, for lists that show them masked.</summary>
    Task<IReadOnlyDictionary<string, Visitor>> VisitorsAsync(IReadOnlyCollection<string> numbers, CancellationToken ct);

    /// <summary>The person's data in clear, for a reason that is kept in the audit log.</summary>
    Task<Visitor?> RevealAsync(string number, string reason, StaffMember actor, CancellationToken ct);
}

/// <param name="Service">Null: all of the day.</param>
public sealed record BookedDay(string Branch, DateOnly Day, string? Service, int Citizens);

public sealed record DayLoad(int Group, DateOnly Day, int Taken);

/// <param name="Reserved">Of the capacity, for people with priority.</param>
public sealed record SlotLoad(int Group, TimeOnly Start, TimeOnly Finish, int Taken, int Capacity, int Reserved);
