using Bot.Data.Appointments;

namespace Bot.Handlers.Appointments;

/// <summary>Finds places as good as one that was closed: the same hall and day first, then the nearest days, then other halls.</summary>
public sealed class OtherPlaces(AppointmentPlans plans, IPlaces places, IBookingLimits limits, BookingWords words)
{
    private const int Most = 3;
    private const int DaysAround = 10;

    /// <param name="nth">Those hit together are spread: the second is offered what the first leaves.</param>
    /// <param name="but">A closure that is not in force yet: nothing of it is offered.</param>
    public async Task<IReadOnlyList<Place>> ForAsync(Booking booking, int nth, Closure? but, CancellationToken ct)
    {
        var (plan, today, from, to) = (plans.Current, words.Today, booking.Place.Day.AddDays(-DaysAround), booking.Place.Day.AddDays(DaysAround));
        var last = today.AddDays(plan.Rules.DaysAhead);
        var theirs = await limits.OtherDaysAsync(booking.Number, ct);
        List<FreeSlot> free = [];
        if (plan.Service(booking.Service) is not { Active: true })
            return [];
        foreach (var group in plan.Groups.Where(g => g.Active && g.Services.Contains(booking.Service)))
        {
            free.AddRange((await places.FreeAsync(group.Id, from > today ? from : today, to < last ? to : last, booking.Run, ct))
                .Where(s => Room(booking, s) > 0 && !IsFull(theirs, s.Place.Day, plan.Rules) && (but is null || !Covers(plan, but, s))));
        }

        var best = free.OrderBy(s => Cost(booking.Place, s.Place)).ThenBy(s => s.Place.Start).ToArray();
        // One seat is one turn: each of those hit begins where the one before ended.
        var seats = best.SelectMany(s => Enumerable.Repeat(s.Place, Room(booking, s))).ToArray();
        if (seats.Length == 0)
            return [];
        var first = nth % seats.Length;
        return [.. seats[first..].Concat(seats[..first]).Distinct().Take(Most)];
    }

    private static int Room(Booking booking, FreeSlot slot) => slot.Free + (booking.Priority ? slot.Reserved : 0);

    // The rules count the person's other bookings, and would refuse.
    private static bool IsFull(IReadOnlyList<DateOnly> theirs, DateOnly day, BookingRules rules) =>
        theirs.Count(d => d == day) >= rules.PerDay || theirs.Count(d => Monday(d) == Monday(day)) >= rules.PerWeek;

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    // In minutes that somebody would rather not be moved by: another day costs half a day, another hall two days.
    private static double Cost(Place from, Place to) =>
        Math.Abs((to.Start - from.Start).TotalMinutes) % 1440 * 0.5
        + Math.Abs(to.Day.DayNumber - from.Day.DayNumber) * 720
        + (to.Day < from.Day ? 360 : 0)
        + (to.Group == from.Group ? 0 : 2880);

    private static bool Covers(AppointmentPlan plan, Closure closure, FreeSlot slot) =>
        plan.BranchOf(slot.Place.Group).Code == closure.Branch && (closure.Group ?? slot.Place.Group) == slot.Place.Group
        && slot.Place.Day >= closure.FromDay && slot.Place.Day <= closure.ToDay
        && (closure.FromTime is not { } begins || closure.ToTime is not { } ends || slot.Finish > begins && slot.Place.Start < ends);
}
