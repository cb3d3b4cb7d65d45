using System.Collections.Frozen;
using Bot.Data.Calendar;

namespace Bot.Data.Appointments;

/// <summary>All that is offered: halls, services, hours, closures, rules. Slots are derived from it, never stored for days to come.</summary>
public sealed class AppointmentPlan
{
    // A make-up working day falls on a weekend, for which there may be no hours: it is worked like this.
    private const DayOfWeek MakeUpDay = DayOfWeek.Friday;

    private readonly FrozenDictionary<string, Branch> _branches;
    private readonly FrozenDictionary<string, ServiceItem> _services;
    private readonly FrozenDictionary<int, CounterGroup> _groups;
    private readonly ILookup<string, Closure> _closures;

    public AppointmentPlan(
        IEnumerable<Branch> branches, IEnumerable<ServiceItem> services, IEnumerable<CounterGroup> groups, IEnumerable<Closure> closures, BookingRules rules)
    {
        _branches = branches.ToFrozenDictionary(b => b.Code, StringComparer.Ordinal);
        _services = services.ToFrozenDictionary(s => s.Code, StringComparer.Ordinal);
        _groups = groups.ToFrozenDictionary(g => g.Id);
        _closures = closures.ToLookup(c => c.Branch, StringComparer.Ordinal);
        Rules = rules;
        Branches = [.. _branches.Values.OrderBy(b => b.Code, StringComparer.Ordinal)];
        Services = [.. _services.Values.OrderBy(s => s.Position).ThenBy(s => s.Code, StringComparer.Ordinal)];
        Groups = [.. _groups.Values.OrderBy(g => g.Id)];
    }

    public static AppointmentPlan Empty { get; } = new([], [], [], [], new());

    public BookingRules Rules { get; }

    public IReadOnlyList<Branch> Branches { get; }

    /// <summary>In the order in which they are offered.</summary>
    public IReadOnlyList<ServiceItem> Services { get; }

    public IReadOnlyList<CounterGroup> Groups { get; }

    public Branch? Branch(string code) => _branches.GetValueOrDefault(code);

    public ServiceItem? Service(string code) => _services.GetValueOrDefault(code);

    public CounterGroup? Group(int id) => _groups.GetValueOrDefault(id);

    public Branch BranchOf(int group) => _branches[_groups[group].Branch];

    /// <summary>The counters that give a service in a hall; null for none.</summary>
    public CounterGroup? GroupFor(string service, string branch) =>
        Groups.FirstOrDefault(g => g.Active && g.Branch == branch && g.Services.Contains(service));

    /// <summary>None for a service that is switched off.</summary>
    public IEnumerable<Branch> BranchesFor(string service) =>
        Service(service) is { Active: true } ? Branches.Where(b => b.Active && GroupFor(service, b.Code) is not null) : [];

    /// <summary>What can be had in a hall, or anywhere when <paramref name="branch"/> is empty.</summary>
    public IEnumerable<ServiceItem> ServicesAt(string branch) => Services.Where(s => s.Active
        && (branch.Length == 0 ? BranchesFor(s.Code).Any() : GroupFor(s.Code, branch) is not null));

    /// <summary>The slots of a day, in order; those with no counter open have a capacity of 0, and outside the hours there are none.</summary>
    public IReadOnlyList<ScheduledSlot> SlotsOn(CounterGroup group, DateOnly day, WorkingCalendar calendar)
    {
        if (!group.Active || !_branches[group.Branch].Active || HoursOf(day, calendar) is not { } weekday)
            return [];
        List<ScheduledSlot> slots = [];
        foreach (var opening in group.Openings.Where(o => o.Weekday == weekday).OrderBy(o => o.Opens))
        {
            var length = TimeSpan.FromMinutes(group.SlotMinutes);
            // In ticks of the day: a time of day would wrap at midnight.
            for (var start = opening.Opens.ToTimeSpan(); start + length <= opening.Closes.ToTimeSpan(); start += length)
            {
                var (begins, ends) = (TimeOnly.FromTimeSpan(start), TimeOnly.FromTimeSpan(start + length));
                slots.Add(new(begins, ends, (opening.Counters - Away(group, opening.Counters, day, begins, ends)) * group.PerCounter));
            }
        }

        return slots;
    }

    /// <summary>Counters that are closed at this time of today; null while they are open, in a break that the hours give, and once the day is over.</summary>
    public Pause? PauseAt(int group, WorkingCalendar calendar, DateTimeOffset now)
    {
        var (today, time) = (Place.DateOf(now), TimeOnly.FromDateTime(now.ToOffset(TimeSpan.FromHours(8)).DateTime));
        var slots = Group(group) is { } counters ? SlotsOn(counters, today, calendar) : [];
        if (slots.Count == 0)
            return new(null);
        var left = slots.Where(s => s.Finish > time).OrderBy(s => s.Start).ToArray();
        if (left.Length == 0 || left[0].Capacity > 0)
            return null;
        if (left.FirstOrDefault(s => s.Capacity > 0) is not { Capacity: > 0 } next)
            return new(null);
        return left[0].Start <= time ? new(next.Start) : null;
    }

    private static DayOfWeek? HoursOf(DateOnly day, WorkingCalendar calendar)
    {
        var weekend = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        if (calendar.IsWorkingDay(day))
            return weekend ? MakeUpDay : day.DayOfWeek;
        // A weekend has the hours that the hall gives it; a holiday has none.
        return weekend && calendar.NameOf(day) is null ? day.DayOfWeek : null;
    }

    private int Away(CounterGroup group, int open, DateOnly day, TimeOnly begins, TimeOnly ends)
    {
        var away = 0;
        foreach (var closure in _closures[group.Branch])
        {
            if ((closure.Group ?? group.Id) != group.Id || day < closure.FromDay || day > closure.ToDay)
                continue;
            if (closure.FromTime is { } from && closure.ToTime is { } to && (ends <= from || begins >= to))
                continue;
            away += closure.Counters ?? open;
        }

        return Math.Min(away, open);
    }
}

/// <param name="Resumes">When the counters open again today; null: not today.</param>
public readonly record struct Pause(TimeOnly? Resumes);

/// <summary>The plan in force; replaced whole when content changes.</summary>
public sealed class AppointmentPlans
{
    private volatile AppointmentPlan _current = AppointmentPlan.Empty;

    public AppointmentPlan Current => _current;

    public void Replace(AppointmentPlan plan) => _current = plan;
}
