using Bot.Data.Appointments;
using Bot.Data.Calendar;
using Npgsql;

namespace Bot.Data.Postgres;

/// <summary>What a change of the plan concerns.</summary>
/// <param name="Plan">As it is now.</param>
/// <param name="Reason">As told to citizens.</param>
internal sealed record RefitScope(
    AppointmentPlan Plan, WorkingCalendar Calendar, IReadOnlyCollection<int> Groups, DateOnly From, DateOnly To, string Reason, DateTimeOffset Now)
{
    /// <summary>What the counters give has changed, too.</summary>
    public bool Services { get; init; }

    public DateOnly Today => Place.DateOf(Now);

    /// <summary>Who is on the way to a slot that has begun may still check in for a while, and would find the hall closed: until then it is not over.</summary>
    public DateTimeOffset Over => Now.AddMinutes(-Plan.Rules.LateMinutes);
}

/// <summary>A slot whose row has not what the plan gives.</summary>
/// <param name="Capacity">As planned.</param>
/// <param name="Wakes">Something may come of it for those who wait: a place, or that there is nothing to wait for.</param>
internal readonly record struct SlotFit(Place Place, int Capacity, int Reserved, bool Wakes)
{
    /// <remarks>Without a lock: capacities are changed by whoever has locked the group.</remarks>
    public static async Task<IReadOnlyList<SlotFit>> ReadAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, RefitScope scope, CancellationToken ct)
    {
        var slots = await connection.ReadAsync(transaction,
            "select counter_group, day, start, capacity, reserved from slot where counter_group = any(@groups) and day between @From and @To order by counter_group, day, start",
            new { groups = scope.Groups.ToArray(), scope.From, scope.To },
            r => (Place: new Place(r.GetInt32(0), r.GetFieldValue<DateOnly>(1), r.GetFieldValue<TimeOnly>(2)), Capacity: r.GetInt32(3), Reserved: r.GetInt32(4)), ct);
        List<SlotFit> fits = [];
        foreach (var day in slots.GroupBy(s => (s.Place.Group, s.Place.Day)))
        {
            var group = scope.Plan.Group(day.Key.Group);
            var scheduled = group is null ? [] : scope.Plan.SlotsOn(group, day.Key.Day, scope.Calendar);
            foreach (var slot in day)
            {
                var capacity = scheduled.FirstOrDefault(s => s.Start == slot.Place.Start).Capacity;
                var reserved = Math.Min(group?.Reserved ?? 0, capacity);
                // One that runs with fewer counters receives whom it has, later.
                if (capacity == slot.Capacity && reserved == slot.Reserved || slot.Place.StartsAt <= scope.Over || slot.Place.StartsAt <= scope.Now && capacity > 0)
                    continue;
                fits.Add(new(slot.Place, capacity, reserved, capacity > slot.Capacity || reserved < slot.Reserved || capacity == 0));
            }
        }

        return fits;
    }
}
