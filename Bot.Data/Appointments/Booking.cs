using System.Globalization;
using Bot.WeChat;

namespace Bot.Data.Appointments;

/// <summary>One place of one person, without what is sealed.</summary>
/// <param name="Number">What the citizen shows: <c>YY20261128-0007-3</c>.</param>
/// <param name="Run">The row of its sealed fields.</param>
/// <param name="Moves">Counts changes of time.</param>
public sealed record Booking(
    string Number, Guid Run, OpenId Citizen, string Service, Place Place, BookingStatus Status, bool Family, bool Priority, int Moves, DateTimeOffset BookedAt)
{
    /// <summary>What the citizen says to have priority by, beside age: to be seen at the counter.</summary>
    public PriorityClaim Claim { get; init; }

    /// <summary>When the citizen said that they will come; null: not yet.</summary>
    public DateTimeOffset? AssuredAt { get; init; }

    /// <summary>What may wait to be told of its present time, and is called off with that time.</summary>
    public IReadOnlyList<string> ToldKeys => [ReminderKey(ReminderStage.DayBefore), ReminderKey(ReminderStage.Soon), DisplacedKey];

    public string DisplacedKey => string.Create(CultureInfo.InvariantCulture, $"displaced:{Number}:{Moves}");

    public string ReminderKey(ReminderStage stage) => string.Create(CultureInfo.InvariantCulture, $"remind:{Number}:{Moves}:{(int)stage}");
}

public enum PriorityClaim
{
    None,
    Disabled,

    /// <summary>In service or retired.</summary>
    Soldier,
}

public enum BookingStatus
{
    Booked,
    Arrived,
    Served,

    /// <summary>爽约.</summary>
    Missed,
    Cancelled,

    /// <summary>The office closed the slot: the citizen is offered others.</summary>
    Displaced,
}

/// <summary>Who comes.</summary>
/// <param name="IdNumber">18 characters, checked.</param>
/// <param name="Phone">11 digits.</param>
public sealed record Visitor(string Name, string IdNumber, string Phone, bool Family);

/// <summary>One that agreed to be remembered.</summary>
public sealed record KnownVisitor(Guid Id, Visitor Visitor);

/// <param name="Run">The form's run; the same one books once.</param>
public sealed record NewBooking(Guid Run, OpenId Citizen, string Service, Place Place, Visitor Visitor, PriorityClaim Claim = PriorityClaim.None)
{
    private const int PriorityAge = 60;

    /// <summary>By what was claimed, or by age on the day.</summary>
    public bool HasPriority
    {
        get
        {
            var (born, day) = (DateOnly.ParseExact(Visitor.IdNumber.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture), Place.Day);
            var age = day.Year - born.Year;
            return Claim is not PriorityClaim.None || (born.AddYears(age) > day ? age - 1 : age) >= PriorityAge;
        }
    }
}

/// <summary>What came of a wish for a place.</summary>
public abstract record BookingResult
{
    private BookingResult()
    {
    }

    public sealed record Booked(Booking Booking) : BookingResult;

    /// <summary>约满, or the slot is not open any more.</summary>
    public sealed record SlotFull : BookingResult;

    /// <summary>The person has as many bookings on that day, or in that week, as the rules give.</summary>
    public sealed record DayLimit(int Most) : BookingResult;

    public sealed record WeekLimit(int Most) : BookingResult;

    /// <summary>The person has an open booking for the same service.</summary>
    public sealed record SameService : BookingResult;

    /// <summary>Something stands against it that another account has to do with: what that is, is nobody else's business.</summary>
    public sealed record Elsewhere : BookingResult;

    /// <summary>The account asked for as many different people today as the rules give.</summary>
    public sealed record PeopleLimit : BookingResult;

    /// <summary>The account has as many open bookings, or as many waits, as the rules give, whoever they are for.</summary>
    public sealed record AccountLimit(int Most, bool Waits) : BookingResult;

    /// <summary>The counters do not give this service any more.</summary>
    public sealed record NotOffered : BookingResult;

    /// <param name="Ban">To appeal against.</param>
    public sealed record Banned(DateTimeOffset Until, long Ban) : BookingResult;

    /// <summary>It begins too soon, or did so already.</summary>
    /// <param name="ToChange">What the citizen has, not what they wish for.</param>
    public sealed record TooLate(int Minutes, bool ToChange = false) : BookingResult;

    /// <summary>Nobody can book so far ahead.</summary>
    public sealed record TooFar(int Days) : BookingResult;

    /// <summary>Not this citizen's, or not in a state to be changed.</summary>
    public sealed record NotFound : BookingResult;
}

public enum HoldResult
{
    Held,

    /// <summary>Full, closed, or too soon.</summary>
    Gone,
}

/// <summary>What came of a wish to wait.</summary>
/// <param name="Place">From 1: how many are offered a freed place no later. Of <see cref="WaitingStatus.TooMany"/>: how many an account may have.</param>
public readonly record struct Waiting(WaitingStatus Status, int Place = 0);

public enum WaitingStatus
{
    Waiting,

    /// <summary>The person waits for this slot already.</summary>
    Already,

    /// <summary>There are places: nobody has to wait.</summary>
    NotFull,

    /// <summary>The account waits for as many slots as the rules give.</summary>
    TooMany,

    /// <summary>The slot is closed: there is nothing to wait for.</summary>
    Gone,
}
