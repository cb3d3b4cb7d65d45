using Bot.Data.Calendar;
using Bot.Data.Staff;

namespace Bot.Data.Appointments;

/// <summary>What staff decide about halls, hours and rules. A change of what is open moves the slots along, in the same transaction.</summary>
public interface IAppointmentSetup
{
    /// <summary>The kind of job that finds other places for a booking whose slot was closed; its key is number and moves, its data <see cref="HealJob"/>.</summary>
    const string HealJobKind = "booking.heal";

    /// <summary>The kind of job that fits the slots to the holidays of a release; its key begins with <see cref="Calendar.WorkingCalendar.Digest"/>, its data is when it was due.</summary>
    const string RefitJobKind = "booking.refit";

    /// <summary>So many days after its slot one who lost the place may still choose another.</summary>
    const int UnsolvedDays = 30;

    /// <summary>So many of them are listed at the most.</summary>
    const int MostUnsolved = 500;

    /// <summary>Reads what is offered; the holidays in force are read along.</summary>
    Task<AppointmentPlan> LoadAsync(CancellationToken ct);

    /// <summary>Adds what is not there yet, all or nothing; what is there stays as it is.</summary>
    Task ImportAsync(AppointmentImport import, CancellationToken ct);

    Task<SetupSaved> SaveBranchAsync(Branch branch, StaffMember actor, CancellationToken ct);

    Task<SetupSaved> SaveServiceAsync(ServiceItem service, StaffMember actor, CancellationToken ct);

    /// <summary>Hours, counters and services of a group; 0 as its id makes a new one.</summary>
    Task<SetupSaved> SaveGroupAsync(CounterGroup group, StaffMember actor, CancellationToken ct);

    Task<SetupSaved> SaveRulesAsync(BookingRules rules, StaffMember actor, CancellationToken ct);

    /// <summary>Whom a closure would hit, without closing anything.</summary>
    Task<IReadOnlyList<Booking>> PreviewAsync(Closure closure, CancellationToken ct);

    /// <summary>Closes; everyone hit loses the place now and is offered others by a job each.</summary>
    Task<IReadOnlyList<Booking>> CloseAsync(Closure closure, StaffMember actor, CancellationToken ct);

    /// <summary>Those in force and to come, the next one first.</summary>
    Task<IReadOnlyList<Closure>> ClosuresAsync(CancellationToken ct);

    /// <summary>False when it is lifted already. Those who were moved stay where they are.</summary>
    Task<bool> LiftAsync(long closure, StaffMember actor, CancellationToken ct);

    /// <summary>Adds or replaces days of the office's calendar; everyone booked on one that is none any more is offered others, as after a closure.</summary>
    Task<IReadOnlyList<Booking>> ImportHolidaysAsync(IReadOnlyCollection<SpecialDay> days, StaffMember actor, CancellationToken ct);

    /// <summary>Fits the slots of all halls to what is planned, a day at a time, as for holidays that a release brings. Repeatable.</summary>
    /// <returns>How many lost their place.</returns>
    Task<int> RefitAsync(CancellationToken ct);

    /// <summary>Those who lost their place and have no other yet, the nearest day first; <see cref="MostUnsolved"/> at the most.</summary>
    /// <param name="halls">Codes of the halls to look in.</param>
    Task<IReadOnlyList<Booking>> UnsolvedAsync(IReadOnlyCollection<string> halls, CancellationToken ct);
}

/// <param name="Nth">Which of those hit at once: they are offered different places.</param>
/// <param name="Reason">Of the closure, as told to citizens.</param>
/// <param name="Batch">Of those hit at once.</param>
public sealed record HealJob(string Number, int Moves, int Nth, string Reason, string? Batch = null);

public enum SetupSaved
{
    Saved,

    /// <summary>Name, letter or code belongs to another one.</summary>
    Taken,

    /// <summary>A value that the database does not accept, or something named that does not exist.</summary>
    Wrong,

    /// <summary>Changed by somebody else meanwhile.</summary>
    Stale,

    /// <summary>Other counters of the hall give one of the services already.</summary>
    Given,
}

/// <summary>Halls, services and hours from a file.</summary>
public sealed record AppointmentImport(
    IReadOnlyList<Department> Departments, IReadOnlyList<Branch> Branches, IReadOnlyList<ServiceItem> Services, IReadOnlyList<CounterGroup> Groups);
