namespace Bot.Data.Appointments;

/// <summary>办事大厅.</summary>
/// <param name="Code">1 to 32 of <c>a-z 0-9 -</c>; in QR codes and choices, so it stays for ever.</param>
/// <param name="Latitude">Degrees; null with <paramref name="Longitude"/> when nobody entered them.</param>
public sealed record Branch(
    string Code, string Department, string Name, string Address, string Transport, string Phone, double? Latitude, double? Longitude, bool Active)
{
    /// <summary>Kilometres as the crow flies; null when the hall's place is not known.</summary>
    public double? KilometresFrom(double latitude, double longitude)
    {
        if (Latitude is not { } here || Longitude is not { } there)
            return null;
        const double EarthRadius = 6371;
        var (north, east) = (double.DegreesToRadians(here - latitude), double.DegreesToRadians(there - longitude));
        var half = Math.Pow(Math.Sin(north / 2), 2)
            + Math.Cos(double.DegreesToRadians(latitude)) * Math.Cos(double.DegreesToRadians(here)) * Math.Pow(Math.Sin(east / 2), 2);
        return 2 * EarthRadius * Math.Asin(Math.Sqrt(half));
    }
}

/// <summary>事项: what citizens come for.</summary>
/// <param name="Aliases">How citizens call it.</param>
/// <param name="Guide">Id of its guide among the policies; empty for none.</param>
/// <param name="Minutes">How long it takes at the counter.</param>
public sealed record ServiceItem(
    string Code, string Department, string Name, IReadOnlyList<string> Aliases, string Guide, int Minutes, int Position, bool Active);

/// <summary>窗口组: counters of one hall that do the same work and share one schedule.</summary>
/// <param name="Letter">Begins its queue's numbers.</param>
/// <param name="PerCounter">What one counter takes in one slot.</param>
/// <param name="Version">Raised with every change of what is open.</param>
public sealed record CounterGroup(int Id, string Branch, string Name, string Letter, int SlotMinutes, int PerCounter, int Version, bool Active)
{
    public IReadOnlyList<Opening> Openings { get; init; } = [];

    /// <summary>优先号: of each slot so many places are kept for the old, the disabled and soldiers.</summary>
    public int Reserved { get; init; }

    /// <summary>Codes of what is done there.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Names of its counters.</summary>
    public IReadOnlyList<string> Counters { get; init; } = [];
}

/// <summary>One span of a weekday, and how many counters are open in it.</summary>
public sealed record Opening(DayOfWeek Weekday, TimeOnly Opens, TimeOnly Closes, int Counters);

/// <summary>停办.</summary>
/// <param name="Group">Null: the whole hall.</param>
/// <param name="FromTime">Null with <paramref name="ToTime"/>: all day.</param>
/// <param name="Counters">How many are away; null: all of them.</param>
public sealed record Closure(
    long Id, string Branch, int? Group, DateOnly FromDay, DateOnly ToDay, TimeOnly? FromTime, TimeOnly? ToTime, int? Counters, string Reason);

/// <summary>What the office decided about bookings.</summary>
public sealed record BookingRules
{
    /// <summary>Bookings of one person for one day, and for one week from Monday to Sunday.</summary>
    public int PerDay { get; init; } = 1;
    public int PerWeek { get; init; } = 2;

    /// <summary>One open booking of a person for each service.</summary>
    public bool OnePerService { get; init; } = true;

    /// <summary>Open bookings, and waits, of one account, whoever they are for.</summary>
    public int PerAccount { get; init; } = 8;
    public int WaitsPerAccount { get; init; } = 3;
    public int DaysAhead { get; init; } = 14;

    /// <summary>Minutes before the slot begins until which it can be booked.</summary>
    public int BookMinutes { get; init; } = 30;

    /// <summary>Minutes before the slot begins until which it can be changed or cancelled.</summary>
    public int ChangeMinutes { get; init; } = 120;
    public int HoldMinutes { get; init; } = 5;

    /// <summary>How long a freed place is kept for the first of the waiting list.</summary>
    public int OfferMinutes { get; init; } = 10;

    /// <summary>The hours of the day in which freed places are offered.</summary>
    public TimeOnly OffersFrom { get; init; } = new(8, 0);
    public TimeOnly OffersUntil { get; init; } = new(21, 0);

    /// <summary>For so many different people an account may ask in a day.</summary>
    public int PeoplePerDay { get; init; } = 10;

    /// <summary>Checked in from so many minutes before the slot begins until so many after that.</summary>
    public int EarlyMinutes { get; init; } = 60;
    public int LateMinutes { get; init; } = 30;

    /// <summary>So many no-shows within <see cref="BanDays"/> close booking for <see cref="BanDays"/>; 0: never.</summary>
    public int NoShows { get; init; } = 2;
    public int BanDays { get; init; } = 90;

    /// <summary>When the second reminder comes: so early that its answers can still change something, where the rules let them do so at all.</summary>
    public TimeSpan RemindedSoon => TimeSpan.FromMinutes(Math.Max(120, Math.Min(ChangeMinutes, 180) + 30));

    /// <summary>When freed places are offered again; null: now.</summary>
    public DateTimeOffset? QuietUntil(DateTimeOffset now)
    {
        var (today, time) = (Place.DateOf(now), TimeOnly.FromTimeSpan(now.ToOffset(TimeSpan.FromHours(8)).TimeOfDay));
        return time < OffersFrom ? new Place(0, today, OffersFrom).StartsAt : time < OffersUntil ? null : new Place(0, today.AddDays(1), OffersFrom).StartsAt;
    }

    /// <summary>Whether its citizen may still change or cancel a booking; what was closed may always be.</summary>
    public bool MayChange(Booking booking, DateTimeOffset now) =>
        booking.Status is not BookingStatus.Booked || now <= booking.Place.StartsAt.AddMinutes(-ChangeMinutes);
}
