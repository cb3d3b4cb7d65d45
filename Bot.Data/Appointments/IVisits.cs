using Bot.Data.Staff;
using Bot.WeChat;

namespace Bot.Data.Appointments;

/// <summary>The halls' queues of today: who comes, waits, and says afterwards how it was.</summary>
public interface IVisits
{
    /// <summary>The kind of job that tells one who waits that the counters closed; its data is <see cref="QueueClosed"/>.</summary>
    const string ClosedJobKind = "visit.closed";

    /// <summary>签到: from the booking to a number in the queue. Repeating it gives the same number.</summary>
    /// <param name="desk">Staff check in whom they see, whatever the time, also who counts as a no-show already; null for a citizen.</param>
    Task<CheckInResult> CheckInAsync(string number, StaffMember? desk, CancellationToken ct);

    /// <summary>Who comes too late to check in takes a number like anybody else; the booking is no no-show. Null when it is none of today's that is waited for.</summary>
    Task<QueuePlace?> ComeLateAsync(OpenId citizen, string number, CancellationToken ct);

    /// <summary>现场取号. A citizen who waits already keeps the number.</summary>
    /// <param name="citizen">Null for a paper ticket, which <paramref name="desk"/> gave out.</param>
    Task<QueuePlace> WalkInAsync(OpenId? citizen, int group, string service, bool priority, StaffMember? desk, CancellationToken ct);

    Task<Visit?> FindAsync(long visit, CancellationToken ct);

    /// <summary>The number that the citizen has today and that is not over, or else the one that was missed, with those before it; null for none.</summary>
    /// <param name="branch">In that hall; null for any.</param>
    Task<QueuePlace?> MineAsync(OpenId citizen, string? branch, CancellationToken ct);

    /// <summary>Visits of the last two weeks that the citizen did not rate, the newest first.</summary>
    Task<IReadOnlyList<Visit>> UnratedAsync(OpenId citizen, CancellationToken ct);

    /// <summary>Today's visits of a hall: those called first, then those waiting in their order, then the others.</summary>
    Task<IReadOnlyList<Visit>> TodayAsync(string branch, CancellationToken ct);

    Task<RateResult> RateAsync(OpenId citizen, long visit, int level, CancellationToken ct);

    /// <summary>Calls <paramref name="ring"/> whenever a queue changed somewhere; ends when <paramref name="ct"/> is cancelled.</summary>
    Task ListenAsync(Action ring, CancellationToken ct);
}

/// <param name="Ticket">A012.</param>
/// <param name="Citizen">Null for a paper ticket.</param>
public sealed record Visit(
    long Id, int Group, string Ticket, string? Booking, OpenId? Citizen, string Service, bool Priority, VisitStatus Status, string? Counter, int Calls,
    DateTimeOffset CameAt, DateTimeOffset? CalledAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt);

public enum VisitStatus
{
    Waiting,
    Called,
    Serving,
    Served,

    /// <summary>过号: did not come when called. A booking is a no-show then, until they come to the desk and wait again.</summary>
    Missed,
}

/// <param name="Ahead">How many are called before.</param>
/// <param name="Minutes">What those, and those at the counters, take one counter.</param>
public sealed record QueuePlace(Visit Visit, int Ahead, int Minutes);

/// <param name="Resumes">When the counters open again today; null: not today.</param>
public sealed record QueueClosed(long Visit, string Reason, TimeOnly? Resumes);

public abstract record CheckInResult
{
    private CheckInResult()
    {
    }

    /// <param name="Again">They had been checked in before.</param>
    public sealed record In(QueuePlace Place, bool Again) : CheckInResult;

    public sealed record TooEarly(DateTimeOffset From) : CheckInResult;

    public sealed record TooLate : CheckInResult;

    /// <summary>No such booking, or not one that can be checked in.</summary>
    public sealed record NotFound : CheckInResult;
}

public enum RateResult { Rated, Already, NotFound }
